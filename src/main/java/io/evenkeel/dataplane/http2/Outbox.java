package io.evenkeel.dataplane.http2;

import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http.memory.BlockPool;
import io.evenkeel.dataplane.http2.frame.FlowWindow;
import io.evenkeel.dataplane.http2.frame.FrameWriter;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Content of one stream on its way out, within the windows of stream and connection (RFC 9113 §5.2). What they or the
 * socket do not take is kept, until others need the memory of those that have taken nothing for longest.
 */
final class Outbox implements BlockPool.Holder {

    private final Lane lane;
    private final Session session;
    private final FlowWindow window = new FlowWindow(0);
    private @Nullable Block kept;
    private @Nullable Block trailers;
    private int keptFrom;
    private boolean isEndKept;
    private boolean isEnded;
    private boolean isQueued;

    Outbox(Lane lane, Session session) {
        this.lane = lane;
        this.session = session;
    }

    void begin(int initialWindow) {
        clear();
        window.set(initialWindow);
        isEnded = false;
    }

    /** Forgets what is kept. */
    void clear() {
        stopHolding();
        session.blocks().give(kept);
        session.blocks().give(trailers);
        kept = null;
        trailers = null;
        keptFrom = 0;
        isEndKept = false;
    }

    /** Whether END_STREAM went out. */
    boolean isEnded() {
        return isEnded;
    }

    /** Whether nothing waits. */
    boolean isEmpty() {
        return kept == null && !isEndKept;
    }

    void data(MemorySegment bytes, int from, int to, boolean isEnd) {
        if (lane.isClosed()) {
            return;
        }
        int at = isEmpty() ? send(bytes, from, to, isEnd) : from;
        if (at < to) {
            // Else it could be asked to give up in order to get more.
            stopHolding();
            keep(bytes, at, to);
            isEndKept = isEnd;
            holdKept();
            queue();
        }
    }

    void stopHolding() {
        session.blocks().release(this);
    }

    /** From now on it may have to give up what it keeps; after all others that keep something by now. */
    void holdKept() {
        if (lane.isClosed()) {
            clear();
        } else if (kept != null) {
            session.blocks().hold(this);
        }
    }

    @Override
    public void giveUp() {
        lane.reset();
    }

    /** There is no more content. */
    void end() {
        if (lane.isClosed()) {
            return;
        }
        if (isEmpty()) {
            session.frames().data(lane.streamId(), MemorySegment.NULL, 0, 0, true);
            ended();
        } else {
            isEndKept = true;
        }
    }

    /** Likewise; these are to follow, as lines of text, and given back then. */
    void end(Block lines) {
        if (lane.isClosed()) {
            session.blocks().give(lines);
        } else if (isEmpty()) {
            try {
                lane.sendTrailers(lines);
            } finally {
                session.blocks().give(lines);
            }
            ended();
        } else {
            trailers = lines;
            isEndKept = true;
        }
    }

    /** END_STREAM went out with something else. */
    void ended() {
        isEnded = true;
        lane.settle();
    }

    private int send(MemorySegment bytes, int from, int to, boolean isEnd) {
        int at = from;
        while (at < to) {
            int length = Math.min(Math.min(to - at, FrameWriter.MAX_PAYLOAD), session.maySend(window));
            if (length == 0) {
                return at;
            }
            boolean isLast = isEnd && at + length == to;
            session.frames().data(lane.streamId(), bytes, at, at + length, isLast);
            session.sent(length, window);
            at += length;
            if (isLast) {
                ended();
            }
        }
        return at;
    }

    private void keep(MemorySegment bytes, int from, int to) {
        int size = to - from;
        if (kept == null) {
            kept = session.blocks().take(size);
        } else if (kept.room() < size) {
            kept.dropFirst(keptFrom);
            keptFrom = 0;
            kept = kept.room() < size ? session.blocks().grow(kept, kept.size() + size) : kept;
        }
        kept.append(bytes, from, to);
    }

    /** The stream may send so much more; false beyond what may be. */
    boolean enlarge(long bytes) {
        boolean isAllowed = window.enlarge(bytes);
        queue();
        return isAllowed;
    }

    private void queue() {
        if (!isQueued && kept != null && window.available() > 0) {
            isQueued = true;
            session.queue(this);
        }
    }

    /** One frame of what is kept, in its turn; goes back into line when there is more. */
    void takeTurn(Consumer<Lane> onEmpty) {
        isQueued = false;
        var block = kept;
        if (block == null) {
            return;
        }
        int to = Math.min(keptFrom + FrameWriter.MAX_PAYLOAD, block.size());
        boolean isAll = to == block.size();
        int before = keptFrom;
        keptFrom = send(block.segment(), keptFrom, to, isAll && isEndKept && trailers == null);
        if (kept == null || keptFrom < block.size()) {
            queue();
            holdAfter(before);
            return;
        }
        stopHolding();
        session.blocks().give(block);
        kept = null;
        keptFrom = 0;
        sendTrailers();
        onEmpty.accept(lane);
    }

    /** Whoever takes something goes behind those who take nothing. */
    private void holdAfter(int keptBefore) {
        if (kept != null && keptFrom > keptBefore) {
            stopHolding();
            holdKept();
        }
    }

    private void sendTrailers() {
        var lines = trailers;
        isEndKept = false;
        trailers = null;
        if (lines != null) {
            end(lines);
        }
    }
}
