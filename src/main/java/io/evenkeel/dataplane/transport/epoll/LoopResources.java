package io.evenkeel.dataplane.transport.epoll;

import io.evenkeel.dataplane.transport.NativeMemory;
import io.evenkeel.dataplane.transport.TransportOptions;
import io.evenkeel.dataplane.transport.epoll.linux.Libc;
import io.evenkeel.dataplane.transport.epoll.linux.Sockets;
import io.evenkeel.dataplane.transport.epoll.pipe.PipePool;
import io.evenkeel.dataplane.transport.epoll.turn.EndOfTurn;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What the connections of a loop share. Its memory lives as long as anything refers to it. */
final class LoopResources {

    // Beyond 32 KiB a read falls out of the first-level cache and costs more for each byte.
    static final int READ_BYTES = 32 << 10;

    private final TransportOptions options;
    private final Libc libc;
    private final Sockets sockets;
    private final Stage stage;
    private final Overflow.Pool chunks;
    private final PipePool pipes;
    private final EndOfTurn endOfTurn = new EndOfTurn();
    private final MemorySegment readBuffer;
    private final MemorySegment readOnly;
    private MemorySegment lastRead;

    LoopResources(TransportOptions options, Arena arena) {
        this.options = options;
        // A quarter: the rest is for what the protocols keep, and for everything else.
        chunks = new Overflow.Pool(NativeMemory.limit() / 4 / options.loops());
        libc = new Libc(arena);
        sockets = new Sockets(libc, arena);
        pipes = new PipePool(libc, arena);
        readBuffer = arena.allocate(READ_BYTES, 64);
        readOnly = readBuffer.asReadOnly();
        lastRead = readOnly;
        stage = new Stage(arena, readBuffer);
    }

    TransportOptions options() {
        return options;
    }

    Libc libc() {
        return libc;
    }

    Sockets sockets() {
        return sockets;
    }

    Stage stage() {
        return stage;
    }

    Overflow.Pool chunks() {
        return chunks;
    }

    PipePool pipes() {
        return pipes;
    }

    EndOfTurn endOfTurn() {
        return endOfTurn;
    }

    MemorySegment readBuffer() {
        return readBuffer;
    }

    /** The first bytes of the read buffer, to be looked at only. Messages of one size share one segment. */
    MemorySegment read(long count) {
        if (lastRead.byteSize() != count) {
            lastRead = readOnly.asSlice(0, count);
        }
        return lastRead;
    }
}
