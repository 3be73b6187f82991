package io.evenkeel.dataplane.transport.epoll;

import io.evenkeel.dataplane.transport.epoll.linux.GatheredMessage;
import io.evenkeel.dataplane.transport.epoll.linux.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Where what was written waits for its flush, one connection's at a time: small pieces side by side, large ones from
 * inside the read buffer where they lie. Most writes are flushed within the same call and leave from here by one
 * system call; {@link #settle}, due after each call of a handler, moves the others to their connection.
 */
final class Stage {

    private static final int BUFFER_BYTES = 64 << 10;
    private static final int MAX_PIECES = 16;
    // Copying less than this costs less than a further piece.
    private static final int MIN_PIECE_BYTES = 2 << 10;

    private final MemorySegment readBuffer;
    private final MemorySegment buffer;
    private final GatheredMessage pieces;
    private @Nullable Output owner;
    private int filled;
    // Where the part of the buffer begins that is no piece yet.
    private int pieceStart;

    Stage(Arena arena, MemorySegment readBuffer) {
        this.readBuffer = readBuffer;
        buffer = arena.allocate(BUFFER_BYTES, 64);
        pieces = new GatheredMessage(arena, MAX_PIECES);
    }

    boolean isOf(Output output) {
        return owner == output;
    }

    /** False when there is no room, and nothing of this output is here any more. */
    boolean add(Output output, MemorySegment bytes) {
        if (owner != output) {
            settle();
            owner = output;
        }
        long size = bytes.byteSize();
        if (size >= MIN_PIECE_BYTES && isInReadBuffer(bytes) && pieces.count() + 2 < MAX_PIECES) {
            endPiece();
            pieces.add(bytes);
            return true;
        }
        if (size > BUFFER_BYTES - filled) {
            settle();
            return false;
        }
        MemorySegment.copy(bytes, 0, buffer, filled, size);
        filled += (int) size;
        return true;
    }

    /**
     * Sends what the owner has here; returns how much went, or the negated errno.
     *
     * @param isLast whether the socket's output ends right after it
     */
    long send(Libc libc, int fd, boolean isLast) {
        if (pieces.count() == 0) {
            return libc.send(fd, buffer.asSlice(0, filled), isLast);
        }
        endPiece();
        return pieces.count() == 1 ? libc.send(fd, pieces.piece(0), isLast) : libc.send(fd, pieces, isLast);
    }

    /** Gives the owner what is here after the first bytes, and forgets all. */
    void moveTo(Overflow overflow, long skip) {
        endPiece();
        long left = skip;
        for (int i = 0; i < pieces.count(); i++) {
            var piece = pieces.piece(i);
            long from = Math.min(left, piece.byteSize());
            overflow.append(piece.asSlice(from));
            left -= from;
        }
        clear();
    }

    void clear() {
        owner = null;
        filled = 0;
        pieceStart = 0;
        pieces.clear();
    }

    /** What was not flushed goes to its connection, because the read buffer is about to be used again. */
    void settle() {
        if (owner != null) {
            owner.takeUnflushed(this);
        }
    }

    private void endPiece() {
        if (filled > pieceStart) {
            pieces.add(buffer.asSlice(pieceStart, filled - pieceStart));
            pieceStart = filled;
        }
    }

    private boolean isInReadBuffer(MemorySegment bytes) {
        return bytes.isNative()
                && bytes.isReadOnly()
                && bytes.address() >= readBuffer.address()
                && bytes.address() + bytes.byteSize() <= readBuffer.address() + readBuffer.byteSize();
    }
}
