package io.evenkeel.dataplane.transport.epoll;

import io.evenkeel.dataplane.transport.epoll.linux.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;

/** Copies of what a socket did not take yet, or may not have yet. There only while there is something. */
final class Overflow {

    private static final int CHUNK_BYTES = 32 << 10;

    private final Pool pool;
    private final Runnable whenTooSlow;
    private final ArrayDeque<Chunk> chunks = new ArrayDeque<>(4);
    private long size;
    private long heldBack;

    /** @param whenTooSlow told that the memory is needed by others; to call {@link #clear} */
    Overflow(Pool pool, Runnable whenTooSlow) {
        this.pool = pool;
        this.whenTooSlow = whenTooSlow;
    }

    /** Copies the bytes; they are held back until {@link #release}. */
    void append(MemorySegment bytes) {
        long count = bytes.byteSize();
        for (long at = 0; at < count; ) {
            if (chunks.isEmpty() || chunks.getLast().end == CHUNK_BYTES) {
                chunks.addLast(new Chunk(pool.take(this)));
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
            pool.moved(this);
            size -= sent;
            first.start += (int) sent;
            if (first.size() == 0) {
                pool.give(chunks.removeFirst().memory);
            }
            if (size == 0) {
                pool.forget(this);
            }
        }
        return sent;
    }

    void clear() {
        chunks.forEach(chunk -> pool.give(chunk.memory));
        chunks.clear();
        size = 0;
        heldBack = 0;
        pool.forget(this);
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

    /**
     * The chunks of a loop, never more than a limit. When all are in use, the one to whom nothing could be sent for
     * longest loses his.
     */
    static final class Pool {

        private final long maxChunks;
        private final ArrayDeque<MemorySegment> kept = new ArrayDeque<>();
        private final LinkedHashSet<Overflow> bySending = new LinkedHashSet<>();
        private int made;

        /** @param maxBytes of all chunks together, one at least */
        Pool(long maxBytes) {
            maxChunks = Math.max(1, maxBytes / CHUNK_BYTES);
        }

        private MemorySegment take(Overflow asking) {
            if (kept.isEmpty() && made >= maxChunks) {
                takeFromSlowest(asking);
            }
            var memory = kept.pollLast();
            if (memory == null) {
                if (made >= maxChunks) {
                    throw new OutOfMemoryError("All memory for what clients do not take is in use");
                }
                memory = Arena.ofAuto().allocate(CHUNK_BYTES);
                made++;
            }
            bySending.add(asking);
            return memory;
        }

        private void takeFromSlowest(Overflow asking) {
            var slowest =
                    bySending.stream().filter(other -> !other.equals(asking)).findFirst();
            slowest.ifPresent(other -> other.whenTooSlow.run());
        }

        private void give(MemorySegment memory) {
            kept.addLast(memory);
        }

        private void moved(Overflow sending) {
            if (bySending.size() > 1) {
                bySending.addLast(sending);
            }
        }

        private void forget(Overflow empty) {
            bySending.remove(empty);
        }
    }
}
