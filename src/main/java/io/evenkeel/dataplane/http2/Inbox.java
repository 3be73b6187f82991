package io.evenkeel.dataplane.http2;

import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http.memory.BlockPool;
import io.evenkeel.dataplane.http2.frame.FlowWindow;
import io.evenkeel.dataplane.http2.frame.FrameWriter;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What comes on one stream on its way to a reader of HTTP/1.1: content as it is where its length was said before, else
 * in chunks. While the reader wants nothing it is kept, content at most as much as the stream's window, which is not
 * renewed then.
 */
final class Inbox implements BlockPool.Holder {

    static final int WINDOW = FlowWindow.INITIAL;

    /** As much as the reader of HTTP/1.1 takes of them. */
    private static final int MAX_TRAILER_BYTES = 8 << 10;

    private static final byte[] LINE_END = "\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST_CHUNK = "0\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Lane lane;
    private final Session session;
    private @Nullable Block heads;
    private @Nullable Block kept;
    private @Nullable Block trailers;
    private int keptFrom;
    private int window;
    private int consumed;
    private long contentLength;
    private long received;
    private boolean isChunked;
    private boolean isEnded;
    private boolean isDelivered;
    private boolean isPaused;

    Inbox(Lane lane, Session session) {
        this.lane = lane;
        this.session = session;
    }

    /** A stream begins. */
    void begin() {
        window = WINDOW;
        consumed = 0;
        isEnded = false;
        isDelivered = false;
    }

    /**
     * A head came.
     *
     * @param isEnd whether nothing else is to come
     * @param contentLength how much content is to come; -1 if that is not known
     * @param isChunked whether the head says that content comes in chunks
     */
    void head(Block text, boolean isEnd, long contentLength, boolean isChunked) {
        this.contentLength = contentLength;
        this.isChunked = isChunked;
        received = 0;
        isEnded = isEnd;
        isDelivered = isEnd;
        if (isPaused || !isEmpty()) {
            heads = append(heads, text.segment(), 0, text.size());
            hold();
        } else {
            lane.deliver(text.filled());
        }
    }

    private boolean isEmpty() {
        return heads == null && kept == null;
    }

    private Block append(@Nullable Block block, MemorySegment bytes, int from, int to) {
        int size = to - from;
        var room = block == null ? session.blocks().take(Math.max(size, 1)) : block;
        if (room.room() < size) {
            room = session.blocks().grow(room, room.size() + size);
        }
        return room.append(bytes, from, to);
    }

    private void hold() {
        session.blocks().hold(this);
    }

    /** Forgets what is kept; the connection's window is as large as before. */
    void clear() {
        session.blocks().release(this);
        if (kept != null) {
            session.consumed(kept.size() - keptFrom);
        }
        session.blocks().give(heads);
        session.blocks().give(kept);
        session.blocks().give(trailers);
        heads = null;
        kept = null;
        trailers = null;
        keptFrom = 0;
    }

    /** Whether END_STREAM came. */
    boolean isEnded() {
        return isEnded;
    }

    /** False when the peer sends more than the window has. */
    boolean takes(int flowBytes) {
        window -= flowBytes;
        return window >= 0;
    }

    /** False when there is more or less of it than was said before. */
    boolean data(MemorySegment bytes, int from, int to, boolean isEnd) {
        received += to - from;
        boolean isRight = contentLength < 0 || (isEnd ? received == contentLength : received <= contentLength);
        if (!isRight) {
            return false;
        }
        isEnded = isEnd;
        if (isPaused || !isEmpty()) {
            // Else it could be asked to give up in order to get more.
            session.blocks().release(this);
            kept = append(kept, bytes, from, to);
            hold();
        } else {
            used(to - from);
            deliver(bytes, from, to, isEnd);
        }
        return true;
    }

    /** The end, with these lines of text; false when they, or the content before them, are not as they should be. */
    boolean trailers(Block lines) {
        if ((contentLength >= 0 && received != contentLength) || lines.size() > MAX_TRAILER_BYTES) {
            return false;
        }
        isEnded = true;
        trailers = append(null, lines.segment(), 0, lines.size());
        proceed();
        return true;
    }

    void pause() {
        isPaused = true;
    }

    /** Whether there is something to be delivered. */
    boolean resume() {
        isPaused = false;
        return !isEmpty() || isDelivered != isEnded;
    }

    /** Delivers what is kept, until the reader wants no more. */
    void proceed() {
        if (heads != null && !isPaused) {
            var text = heads;
            heads = null;
            lane.deliver(text.filled());
            session.blocks().give(text);
        }
        while (kept != null && !isPaused && keptFrom < kept.size()) {
            int from = keptFrom;
            keptFrom = Math.min(from + FrameWriter.MAX_PAYLOAD, kept.size());
            used(keptFrom - from);
            deliver(kept.segment(), from, keptFrom, isEnded && keptFrom == kept.size());
        }
        if (kept != null && keptFrom == kept.size()) {
            session.blocks().release(this);
            session.blocks().give(kept);
            kept = null;
            keptFrom = 0;
        }
        if (isDelivered != isEnded && !isPaused && isEmpty()) {
            deliver(MemorySegment.NULL, 0, 0, true);
        }
    }

    private void deliver(MemorySegment bytes, int from, int to, boolean isEnd) {
        isDelivered = isEnd;
        if (!isChunked) {
            if (from < to) {
                lane.deliver(bytes.asSlice(from, to - from));
            }
            return;
        }
        var out = session.scratch().chunk();
        if (from < to) {
            appendHex(to - from, out);
            out.append(LINE_END).append(bytes, from, to).append(LINE_END);
        }
        if (isEnd) {
            out.append(LAST_CHUNK);
            if (trailers != null) {
                out.append(trailers.segment(), 0, trailers.size());
            }
            out.append(LINE_END);
        }
        if (out.size() > 0) {
            lane.deliver(out.filled());
        }
    }

    private static void appendHex(int value, Block out) {
        int shift = (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(value)) / 4 * 4;
        for (; shift >= 0; shift -= 4) {
            out.append(Character.forDigit((value >> shift) & 0xf, 16));
        }
    }

    /** So much of the windows is free again. */
    private void used(int bytes) {
        session.consumed(bytes);
        renew(bytes);
    }

    /** The stream's window is renewed when half of it was used. */
    void renew(int bytes) {
        consumed += bytes;
        if (consumed >= WINDOW / 2 && !isEnded) {
            session.frames().windowUpdate(lane.streamId(), consumed);
            session.flushSoon();
            window += consumed;
            consumed = 0;
        }
    }

    /** Others need the memory of one whose reader has not wanted it for longest. */
    @Override
    public void giveUp() {
        lane.reset();
    }
}
