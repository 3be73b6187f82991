package io.evenkeel.dataplane.http2;

import io.evenkeel.dataplane.http.Deadline;
import io.evenkeel.dataplane.http.memory.BlockPool;
import io.evenkeel.dataplane.http2.frame.ConnectionException;
import io.evenkeel.dataplane.http2.frame.ErrorCode;
import io.evenkeel.dataplane.http2.text.RequestText;
import io.evenkeel.dataplane.settings.ListenerSettings;
import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.traffic.TrafficCell;
import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.Transport;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A client's connection. Its requests go, each on a lane, to whoever serves HTTP/1.1. */
final class ServerSession extends Session {

    /** At a time: what RFC 9113 §6.5.2 recommends at least, and a little more. */
    static final int MAX_STREAMS = 128;

    private static final Duration LAST_WORDS = Duration.ofSeconds(5);
    private static final long LEAVING = 0x6c65_6176_696e_6721L;

    private enum Stage {
        OPEN,
        /** The client knows that it shall begin nothing more here; what is on its way is served. */
        LEAVING,
        /** What the client begins now is not looked at. */
        LEFT
    }

    private final Supplier<ListenerSettings> settings;
    private final Transport.Acceptor acceptor;
    private final TrafficCell traffic;
    private final Deadline deadline;
    private final ArrayDeque<Lane> idle = new ArrayDeque<>();
    private Stage stage = Stage.OPEN;
    private int lastStreamId;
    private long partialSince;
    private boolean wasInBlock;
    private boolean isIdle;

    /** @param acceptor asked for a handler of each lane */
    ServerSession(Connection raw, BlockPool blocks, Supplier<ListenerSettings> settings, Transport.Acceptor acceptor) {
        super(raw, blocks, true);
        this.settings = settings;
        this.acceptor = acceptor;
        this.traffic = settings.get().traffic().own(raw.loop().index());
        this.deadline = new Deadline(raw.loop(), this::onDeadline);
        traffic.count(Count.ACCEPTED);
        traffic.count(Count.OPEN);
        frames().serverSettings(MAX_STREAMS, LoopScratch.MAX_HEADER_LIST);
        enlargeWindow();
        awaitRequest();
    }

    private void awaitRequest() {
        isIdle = true;
        var current = settings.get();
        deadline.set(current.keepaliveTimeout().isZero() ? current.clientTimeout() : current.keepaliveTimeout());
    }

    @Override
    void onHeaders(int streamId, MemorySegment bytes, int from, int to, boolean isEnd) throws ConnectionException {
        var lane = streams().find(streamId);
        var text = scratch().requests();
        text.begin(lane != null);
        decode(bytes, from, to, text);
        if (lane != null) {
            trailers(lane, text, isEnd);
        } else if ((streamId & 1) == 0) {
            throw new ConnectionException(ErrorCode.PROTOCOL_ERROR, "stream of a client with an even number");
        } else if (streamId <= lastStreamId) {
            headersOfEnded(streamId);
        } else {
            lastStreamId = streamId;
            open(streamId, text, isEnd);
        }
    }

    private void trailers(Lane lane, RequestText text, boolean isEnd) throws ConnectionException {
        text.end(false);
        if (lane.inbox().isEnded()) {
            refuse(lane, ErrorCode.STREAM_CLOSED);
        } else if (!isEnd
                || text.isMalformed()
                || decoder().isTooLarge()
                || !lane.inbox().trailers(text.text())) {
            refuse(lane, ErrorCode.PROTOCOL_ERROR);
        } else {
            lane.settle();
        }
    }

    private void headersOfEnded(int streamId) throws ConnectionException {
        if (!streams().mayEcho(streamId)) {
            throw streams().hasEnded(streamId)
                    ? new ConnectionException(ErrorCode.STREAM_CLOSED, "fields of a stream that ended")
                    : new ConnectionException(ErrorCode.PROTOCOL_ERROR, "stream with a number of the past");
        }
        spend(Patience.FRAME);
    }

    private void open(int streamId, RequestText text, boolean isEnd) throws ConnectionException {
        text.end(!isEnd);
        if (stage == Stage.LEFT) {
            streams().passOver(streamId);
            spend(Patience.FRAME);
        } else if (streams().count() >= MAX_STREAMS) {
            refuse(streamId, ErrorCode.REFUSED_STREAM);
        } else if (decoder().isTooLarge()) {
            answerTooLarge(streamId, isEnd);
        } else if (text.isMalformed()) {
            refuse(streamId, ErrorCode.PROTOCOL_ERROR);
        } else {
            serve(streamId, text, isEnd);
        }
    }

    private void refuse(int streamId, ErrorCode code) throws ConnectionException {
        streams().passOver(streamId);
        frames().reset(streamId, code);
        flushSoon();
        spend(Patience.STREAM);
    }

    /** RFC 9113 §10.5.1. */
    private void answerTooLarge(int streamId, boolean isEnd) throws ConnectionException {
        traffic.count(Count.ofStatus(431));
        var out = scratch().fields();
        encoder().begin(out);
        encoder().status(431, out);
        frames().headers(streamId, out, true);
        if (isEnd) {
            flushSoon();
            streams().passOver(streamId);
            spend(Patience.STREAM);
        } else {
            refuse(streamId, ErrorCode.NO_ERROR);
        }
    }

    private void serve(int streamId, RequestText text, boolean isEnd) {
        isIdle = false;
        if (settings.get().keepaliveTimeout().isZero()) {
            leave();
        }
        var lane = takeLane();
        lane.begin(streamId, text.isHead());
        streams().add(lane);
        boolean isChunked = !isEnd && text.contentLength() < 0;
        lane.inbox().head(text.text(), isEnd, text.contentLength(), isChunked);
    }

    private ServerLane takeLane() {
        var lane = (ServerLane) idle.pollLast();
        if (lane != null) {
            scratch().noLongerIdle();
            return lane;
        }
        var made = new ServerLane(this);
        made.serveBy(acceptor.accept(made));
        return made;
    }

    @Override
    void free(Lane lane) {
        if (scratch().keepIdle()) {
            idle.addLast(lane);
        } else {
            lane.close();
        }
    }

    @Override
    void forget(Lane lane) {
        if (idle.remove(lane)) {
            scratch().noLongerIdle();
        }
    }

    @Override
    ErrorCode whenGivenUp() {
        return ErrorCode.INTERNAL_ERROR;
    }

    @Override
    boolean mayHaveContent(Lane lane) {
        return true;
    }

    @Override
    boolean hasBegun(int streamId) {
        return (streamId & 1) == 1 && streamId <= lastStreamId;
    }

    @Override
    int lastStreamId() {
        return lastStreamId;
    }

    @Override
    void onGoAway(int lastOfOurs) {
        stage = Stage.LEFT;
        flushSoon();
    }

    /** No more requests are wanted; RFC 9113 §6.8 gives those that are on their way the time of a ping. */
    private void leave() {
        if (stage == Stage.OPEN && !isEnding()) {
            stage = Stage.LEAVING;
            frames().goAway(Integer.MAX_VALUE, ErrorCode.NO_ERROR);
            frames().ping(false, LEAVING);
            flushSoon();
        }
    }

    @Override
    void onSettings() {}

    @Override
    void onPong() {
        if (stage == Stage.LEAVING) {
            stage = Stage.LEFT;
            frames().goAway(lastStreamId, ErrorCode.NO_ERROR);
            flushSoon();
        }
    }

    @Override
    public void onPortClosed(Connection connection) {
        leave();
    }

    @Override
    void onRead() {
        if (isEnding()) {
            return;
        }
        boolean isInBlock = rules().isInBlock();
        boolean isNewPart = reader().isPartial() && reader().count() != partialSince;
        if (isInBlock ? !wasInBlock : isNewPart) {
            partialSince = reader().count();
            deadline.set(settings.get().clientTimeout());
        } else if (!isInBlock && !reader().isPartial() && streams().count() > 0) {
            deadline.clear();
        }
        wasInBlock = isInBlock;
    }

    @Override
    void onTurnEnded() {
        if (streams().count() > 0 || isEnding()) {
            return;
        }
        if (stage == Stage.LEFT) {
            end(ErrorCode.NO_ERROR, null);
        } else if (!isIdle && !rules().isInBlock() && !reader().isPartial()) {
            awaitRequest();
        }
    }

    private void onDeadline() {
        if (isEnding()) {
            raw().reset();
        } else {
            end(ErrorCode.NO_ERROR, null);
        }
    }

    /** Clients alone: a member at the address of one that was calmed is no client. */
    @Override
    boolean isMistrusted(long nowNanos) {
        return scratch().calmed().remembers(raw().remoteAddress().getAddress(), nowNanos);
    }

    @Override
    void onFailed(ErrorCode code) {
        if (code == ErrorCode.ENHANCE_YOUR_CALM) {
            traffic.count(Count.HTTP2_CALMED);
            scratch()
                    .calmed()
                    .remember(raw().remoteAddress().getAddress(), raw().loop().nanoTime());
        }
    }

    @Override
    void onLastWords() {
        deadline.set(LAST_WORDS);
    }

    /** Whoever speaks HTTP/2 has no use for answers once it can ask for nothing more, not even for their windows. */
    @Override
    public void onEndOfInput(Connection from) {
        if (!isEnding()) {
            end(ErrorCode.NO_ERROR, null);
        }
        raw().close();
    }

    @Override
    void lose(IOException cause) {
        streams().all().forEach(lane -> lane.lost(cause));
        List.copyOf(idle).forEach(lane -> lane.lost(cause));
    }

    @Override
    public void onClosed(Connection closed, @Nullable IOException cause) {
        super.onClosed(closed, cause);
        deadline.cancel();
        traffic.add(Count.OPEN, -1);
    }
}
