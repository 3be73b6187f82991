package io.evenkeel.dataplane.http2;

import io.evenkeel.dataplane.http.Deadline;
import io.evenkeel.dataplane.http.NotTakenException;
import io.evenkeel.dataplane.http.memory.BlockPool;
import io.evenkeel.dataplane.http2.frame.ConnectionException;
import io.evenkeel.dataplane.http2.frame.ErrorCode;
import io.evenkeel.dataplane.http2.text.ResponseText;
import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A connection to a member, shared by requests. It lives a little longer than the last lane. */
final class MemberSession extends Session {

    private static final int MAX_LANES = 128;
    private static final int LAST_STREAM = 1 << 30;
    /** Without a lane: a lane that is idle has a time of its own. */
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    /** Is told when lanes can be had, or never will. */
    interface Owner {
        void onReady(MemberSession session);

        void onGone(MemberSession session, IOException cause);
    }

    private final Owner owner;
    private final Deadline deadline;
    private final Set<Lane> lanes = new LinkedHashSet<>();
    private int nextStreamId = 1;
    private boolean isReady;
    private boolean isLeaving;

    /** @param timeout for the member's first words */
    MemberSession(Connection raw, BlockPool blocks, Duration timeout, Owner owner) {
        super(raw, blocks, false);
        this.owner = owner;
        this.deadline = new Deadline(raw.loop(), this::onDeadline);
        deadline.set(timeout);
        frames().preface();
        frames().clientSettings(LoopScratch.MAX_HEADER_LIST);
        enlargeWindow();
    }

    boolean isReady() {
        return isReady;
    }

    boolean hasRoom() {
        return isReady && !isLeaving && !isEnding() && lanes.size() < Math.min(MAX_LANES, peer().maxStreams());
    }

    /** To be asked only while there is room. */
    Connection newLane(ConnectionHandler handler) {
        var lane = new MemberLane(this);
        lane.serveBy(handler);
        lanes.add(lane);
        deadline.clear();
        return lane;
    }

    int nextStreamId() {
        int next = nextStreamId;
        nextStreamId += 2;
        isLeaving |= nextStreamId >= LAST_STREAM;
        return next;
    }

    @Override
    void onSettings() {
        if (!isReady) {
            isReady = true;
            deadline.clear();
            owner.onReady(this);
        }
    }

    @Override
    void onHeaders(int streamId, MemorySegment bytes, int from, int to, boolean isEnd) throws ConnectionException {
        var lane = (MemberLane) streams().find(streamId);
        boolean areTrailers = lane != null && lane.hasHead();
        var text = scratch().responses();
        text.begin(areTrailers);
        decode(bytes, from, to, text);
        if (lane == null) {
            if (!hasBegun(streamId)) {
                throw new ConnectionException(ErrorCode.PROTOCOL_ERROR, "answer that nobody asked for");
            }
            return;
        }
        text.end(!isEnd, lane.isHeadRequest());
        if (lane.inbox().isEnded()) {
            refuse(lane, ErrorCode.STREAM_CLOSED);
        } else if (text.isMalformed()
                || decoder().isTooLarge()
                || !(areTrailers ? isEnd && lane.inbox().trailers(text.text()) : takesHead(lane, text, isEnd))) {
            refuse(lane, ErrorCode.PROTOCOL_ERROR);
        } else {
            lane.settle();
        }
    }

    private static boolean takesHead(MemberLane lane, ResponseText text, boolean isEnd) {
        if (text.isInterim() && isEnd) {
            return false;
        }
        lane.head(text, isEnd);
        return true;
    }

    @Override
    void free(Lane lane) {}

    @Override
    void forget(Lane lane) {
        lanes.remove(lane);
        flushSoon();
    }

    @Override
    ErrorCode whenGivenUp() {
        return ErrorCode.CANCEL;
    }

    @Override
    boolean mayHaveContent(Lane lane) {
        return ((MemberLane) lane).hasHead();
    }

    @Override
    boolean hasBegun(int streamId) {
        return (streamId & 1) == 1 && streamId < nextStreamId;
    }

    /** The member never begins a stream. */
    @Override
    int lastStreamId() {
        return 0;
    }

    @Override
    void onGoAway(int lastOfOurs) {
        isLeaving = true;
        for (var lane : List.copyOf(lanes)) {
            if (lane.streamId() == 0 || lane.streamId() > lastOfOurs) {
                lane.lost(new NotTakenException("The member takes no more requests on this connection"));
            }
        }
        flushSoon();
    }

    @Override
    void onPong() {}

    @Override
    void onRead() {}

    @Override
    void onTurnEnded() {
        if (isReady && lanes.isEmpty() && !isEnding()) {
            if (isLeaving) {
                end(ErrorCode.NO_ERROR, null);
            } else {
                deadline.set(IDLE_TIMEOUT);
            }
        }
    }

    private void onDeadline() {
        if (isReady && !isEnding()) {
            end(ErrorCode.NO_ERROR, null);
        } else {
            raw().reset();
        }
    }

    @Override
    void onFailed(ErrorCode code) {}

    @Override
    void onLastWords() {
        deadline.set(LAST_WORDS);
    }

    @Override
    public void onEndOfInput(Connection from) {
        raw().close();
    }

    @Override
    void lose(IOException cause) {
        isLeaving = true;
        List.copyOf(lanes).forEach(lane -> lane.lost(cause));
        owner.onGone(this, cause);
    }

    @Override
    public void onClosed(Connection closed, @Nullable IOException cause) {
        super.onClosed(closed, cause);
        deadline.cancel();
    }
}
