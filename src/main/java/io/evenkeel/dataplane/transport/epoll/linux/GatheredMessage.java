package io.evenkeel.dataplane.transport.epoll.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Pieces of memory to be sent by one call: a {@code msghdr} of sendmsg(2) and its {@code iovec}s, 64-bit layout. It
 * holds the pieces, so that their memory is there for as long as their addresses are.
 */
public final class GatheredMessage {

    private static final int HEADER_BYTES = 56;
    private static final int PIECES_AT = 16;
    private static final int COUNT_AT = 24;
    private static final int PIECE_BYTES = 16;

    private final MemorySegment header;
    private final MemorySegment table;
    private final MemorySegment[] pieces;
    private int count;

    public GatheredMessage(Arena arena, int capacity) {
        header = arena.allocate(HEADER_BYTES, 8);
        table = arena.allocate((long) capacity * PIECE_BYTES, 8);
        pieces = new MemorySegment[capacity];
        header.set(ADDRESS, PIECES_AT, table);
    }

    public boolean isFull() {
        return count == pieces.length;
    }

    public int count() {
        return count;
    }

    public MemorySegment piece(int index) {
        return pieces[Objects.checkIndex(index, count)];
    }

    /** @param piece native memory that is never freed while it is reachable */
    public void add(MemorySegment piece) {
        if (!piece.isNative()) {
            throw new IllegalArgumentException("Heap memory has no address");
        }
        table.set(ADDRESS, (long) count * PIECE_BYTES, piece);
        table.set(JAVA_LONG, (long) count * PIECE_BYTES + 8, piece.byteSize());
        pieces[count++] = piece;
    }

    /** Forgets the pieces. */
    public void clear() {
        count = 0;
    }

    MemorySegment header() {
        header.set(JAVA_LONG, COUNT_AT, count);
        return header;
    }
}
