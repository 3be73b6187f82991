package io.evenkeel.dataplane.http2.frame;

import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http.memory.BlockPool;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what comes into frames, however it is split. A frame that comes in one piece is passed on where it lies; one that
 * does not waits in a block, so an idle connection has none.
 */
public final class FrameReader {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final BlockPool blocks;
    private final FrameSink sink;
    private @Nullable Block gathered;
    private boolean awaitsPreface;
    private long count;

    /** @param hasPreface whether the peer is a client, which begins with RFC 9113 §3.4 */
    public FrameReader(BlockPool blocks, FrameRules sink, boolean hasPreface) {
        this(blocks, (FrameSink) sink, hasPreface);
    }

    FrameReader(BlockPool blocks, FrameSink sink, boolean hasPreface) {
        this.blocks = blocks;
        this.sink = sink;
        this.awaitsPreface = hasPreface;
    }

    /** Reads on; after an exception nothing may be read any more. */
    public void read(MemorySegment bytes) throws ConnectionException {
        int size = (int) bytes.byteSize();
        int at = readGathered(bytes, size);
        while (at < size) {
            int needed = needed(bytes, at, size - at);
            if (needed > size - at) {
                gather(bytes, at, size);
                return;
            }
            deliver(bytes, at, at + needed);
            at += needed;
        }
    }

    private int readGathered(MemorySegment bytes, int size) throws ConnectionException {
        int at = 0;
        while (gathered != null && at < size) {
            int missing = needed(gathered.segment(), 0, gathered.size()) - gathered.size();
            int more = Math.min(missing, size - at);
            gather(bytes, at, at + more);
            at += more;
            if (needed(gathered.segment(), 0, gathered.size()) == gathered.size()) {
                deliverGathered();
            }
        }
        return at;
    }

    private void deliverGathered() throws ConnectionException {
        var whole = gathered;
        if (whole != null) {
            gathered = null;
            try {
                deliver(whole.segment(), 0, whole.size());
            } finally {
                blocks.give(whole);
            }
        }
    }

    private void gather(MemorySegment bytes, int from, int to) {
        if (gathered == null) {
            gathered = blocks.take(to - from);
        } else if (gathered.room() < to - from) {
            gathered = blocks.grow(gathered, gathered.size() + to - from);
        }
        gathered.append(bytes, from, to);
    }

    /** How many bytes the next piece has, so far as those that are there tell. */
    private int needed(MemorySegment bytes, int at, int available) throws ConnectionException {
        if (awaitsPreface) {
            requirePreface(bytes, at, Math.min(available, PREFACE.length));
            return PREFACE.length;
        }
        if (available < Frame.HEADER_BYTES) {
            return Frame.HEADER_BYTES;
        }
        int payload = Frame.int24(bytes, at);
        if (payload > Frame.MAX_PAYLOAD) {
            throw ConnectionException.size("frame too large");
        }
        return Frame.HEADER_BYTES + payload;
    }

    private static void requirePreface(MemorySegment bytes, int at, int length) throws ConnectionException {
        for (int i = 0; i < length; i++) {
            if (Frame.int8(bytes, at + i) != PREFACE[i]) {
                throw ConnectionException.protocol("bad connection preface");
            }
        }
    }

    private void deliver(MemorySegment bytes, int from, int to) throws ConnectionException {
        count++;
        if (awaitsPreface) {
            awaitsPreface = false;
            return;
        }
        sink.onFrame(
                Frame.int8(bytes, from + 3),
                Frame.int8(bytes, from + 4),
                Frame.int31(bytes, from + 5),
                bytes,
                from + Frame.HEADER_BYTES,
                to);
    }

    /** Whether a frame has begun and its rest is to come. */
    public boolean isPartial() {
        return gathered != null;
    }

    /** How many pieces came whole. */
    public long count() {
        return count;
    }

    /** Gives back what is held. */
    public void clear() {
        blocks.give(gathered);
        gathered = null;
    }
}
