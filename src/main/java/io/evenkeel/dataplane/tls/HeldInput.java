package io.evenkeel.dataplane.tls;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** What came and cannot be used yet, copied to memory of the loop that is lent for that time alone. */
final class HeldInput {

    private final LoopBuffers buffers;
    private @Nullable MemorySegment block;
    private long from;
    private long to;

    HeldInput(LoopBuffers buffers) {
        this.buffers = buffers;
    }

    boolean isEmpty() {
        return block == null;
    }

    void add(MemorySegment bytes) {
        long size = bytes.byteSize();
        var room = block;
        if (room == null || room.byteSize() - to < size) {
            long waiting = to - from;
            room = buffers.take(waiting + size);
            if (block != null) {
                MemorySegment.copy(block, from, room, 0, waiting);
                buffers.give(block);
            }
            block = room;
            from = 0;
            to = waiting;
        }
        MemorySegment.copy(bytes, 0, room, to, size);
        to += size;
    }

    /** What is left; empty when nothing is. */
    MemorySegment rest() {
        return block == null ? MemorySegment.NULL : block.asSlice(from, to - from);
    }

    /** So much of the rest is done with. */
    void drop(long bytes) {
        from += bytes;
        if (from >= to) {
            clear();
        }
    }

    void clear() {
        if (block != null) {
            buffers.give(block);
            block = null;
        }
        from = 0;
        to = 0;
    }
}
