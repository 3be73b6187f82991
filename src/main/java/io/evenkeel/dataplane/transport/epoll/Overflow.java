package io.evenkeel.dataplane.transport.epoll;

import io.evenkeel.dataplane.transport.epoll.linux.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;

/** Copies of what a socket did not take yet, or may not have yet. There only while there is something. */
final class Overflow {

    private static final int CHUNK_BYTES = 32 << 10;

    private final Pool pool;
    private final ArrayDeque<Chunk> chunks = new ArrayDeque<>(4);
    private long size;
    private long heldBack;

    Overflow(Pool pool) {
        this.pool = pool;
    }

    /** Copies the bytes; they are held back until {@link #release}. */
    void append(MemorySegment bytes) {
        long count = bytes.byteSize();
        for (long at = 0; at < count; ) {
            if (chunks.isEmpty() || chunks.getLast().end == CHUNK_BYTES) {
                chunks.addLast(new Chunk(pool.take()));
            }
            at += chunks.getLast().append(bytes, at);
        }
        size += count;
        heldBack += count;
    }

    /** All of it may be sent now. */
    void release() {
        heldBack = 0;
    }

    /** How much the next {@link #send} will try to send; 0: nothing may be sent. */
    long nextSize() {
        return Math.min(
                size - heldBack, chunks.isEmpty() ? 0 : chunks.getFirst().size());
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Sends one piece; returns how much of it went, or the negated errno. */
    long send(Libc libc, int fd) {
        var first = chunks.getFirst();
        long sent = libc.send(fd, first.memory.asSlice(first.start, nextSize()));
        if (sent > 0) {
            size -= sent;
            first.start += (int) sent;
            if (first.size() == 0) {
                pool.give(chunks.removeFirst().memory);
            }
        }
        return sent;
    }

    void clear() {
        chunks.forEach(chunk -> pool.give(chunk.memory));
        chunks.clear();
        size = 0;
        heldBack = 0;
    }

    private static final class Chunk {

        private final MemorySegment memory;
        private int start;
        private int end;

        private Chunk(MemorySegment memory) {
            this.memory = memory;
        }

        private int size() {
            return end - start;
        }

        private long append(MemorySegment bytes, long from) {
            long count = Math.min(bytes.byteSize() - from, CHUNK_BYTES - end);
            MemorySegment.copy(bytes, from, memory, end, count);
            end += (int) count;
            return count;
        }
    }

    /** The chunks of a loop that nobody needs at the moment. */
    static final class Pool {

        private static final int MAX_KEPT = 64;

        private final ArrayDeque<MemorySegment> kept = new ArrayDeque<>();

        private MemorySegment take() {
            var memory = kept.pollLast();
            return memory == null ? Arena.ofAuto().allocate(CHUNK_BYTES) : memory;
        }

        private void give(MemorySegment memory) {
            if (kept.size() < MAX_KEPT) {
                kept.addLast(memory);
            }
        }
    }
}
