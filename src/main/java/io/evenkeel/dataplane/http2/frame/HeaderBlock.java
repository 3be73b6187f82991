package io.evenkeel.dataplane.http2.frame;

import io.evenkeel.dataplane.http.memory.Block;
import io.evenkeel.dataplane.http.memory.BlockPool;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A block of fields in several frames (RFC 9113 §4.3), bounded in bytes and in frames. */
final class HeaderBlock {

    /** Compressed. What it says is bounded when it is decoded. */
    static final int MAX_BYTES = 64 << 10;

    static final int MAX_CONTINUATIONS = 32;

    private final BlockPool blocks;
    private @Nullable Block gathered;
    private int streamId;
    private int continuations;
    private boolean isEnd;
    private boolean isOpen;

    HeaderBlock(BlockPool blocks) {
        this.blocks = blocks;
    }

    boolean isOpen() {
        return isOpen;
    }

    int streamId() {
        return streamId;
    }

    void begin(int streamId, boolean isEnd, MemorySegment bytes, int from, int to) throws ConnectionException {
        this.streamId = streamId;
        this.isEnd = isEnd;
        isOpen = true;
        continuations = -1;
        add(bytes, from, to);
    }

    void add(MemorySegment bytes, int from, int to) throws ConnectionException {
        int size = gathered == null ? 0 : gathered.size();
        if (++continuations > MAX_CONTINUATIONS || size + to - from > MAX_BYTES) {
            throw new ConnectionException(ErrorCode.ENHANCE_YOUR_CALM, "block of fields without end");
        }
        if (gathered == null) {
            gathered = blocks.take(to - from);
        } else if (gathered.room() < to - from) {
            gathered = blocks.grow(gathered, size + to - from);
        }
        gathered.append(bytes, from, to);
    }

    void end(FrameHandler handler) throws ConnectionException {
        var whole = gathered;
        gathered = null;
        isOpen = false;
        if (whole != null) {
            try {
                handler.onHeaders(streamId, whole.segment(), 0, whole.size(), isEnd);
            } finally {
                blocks.give(whole);
            }
        }
    }

    void clear() {
        blocks.give(gathered);
        gathered = null;
        isOpen = false;
    }
}
