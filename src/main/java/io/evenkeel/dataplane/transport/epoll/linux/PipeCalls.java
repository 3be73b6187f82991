package io.evenkeel.dataplane.transport.epoll.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The system calls that only pipes need. Results and rules as in {@link Libc}. For one thread at a time. */
public final class PipeCalls {

    private static final MethodHandle PIPE = Libc.call("pipe2", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SPLICE =
            Libc.call("splice", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle FCNTL = Libc.callVariadic(2, "fcntl", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);

    // The same on x86-64 and aarch64.
    private static final int CLOEXEC = 0x80000;
    private static final int NONBLOCK = 0x800;
    private static final int F_SETPIPE_SZ = 1031;
    private static final int SPLICE_F_MOVE = 1;
    private static final int SPLICE_F_NONBLOCK = 2;

    private final MemorySegment state;
    private final MemorySegment ends;

    public PipeCalls(Arena arena) {
        state = arena.allocate(Linker.Option.captureStateLayout());
        ends = arena.allocate(JAVA_INT, 2);
    }

    /** Opens a pipe that does not block; see {@link #readEnd} and {@link #writeEnd}. */
    public int open() {
        try {
            return (int) result((int) PIPE.invokeExact(state, ends, CLOEXEC | NONBLOCK));
        } catch (Throwable failure) {
            throw Libc.unexpected(failure);
        }
    }

    /** Of the pipe that {@link #open} just opened. */
    public int readEnd() {
        return ends.getAtIndex(JAVA_INT, 0);
    }

    /** Of the pipe that {@link #open} just opened. */
    public int writeEnd() {
        return ends.getAtIndex(JAVA_INT, 1);
    }

    /** Lets the pipe hold so much, or more; returns how much, or why it may not. */
    public int resize(int pipe, int bytes) {
        try {
            return (int) result((int) FCNTL.invokeExact(state, pipe, F_SETPIPE_SZ, bytes));
        } catch (Throwable failure) {
            throw Libc.unexpected(failure);
        }
    }

    /** Moves bytes from one descriptor to the other, one of which is a pipe; 0: the input has ended. */
    public long splice(int from, int to, long atMost) {
        try {
            return result((long) SPLICE.invokeExact(
                    state,
                    from,
                    MemorySegment.NULL,
                    to,
                    MemorySegment.NULL,
                    atMost,
                    SPLICE_F_MOVE | SPLICE_F_NONBLOCK));
        } catch (Throwable failure) {
            throw Libc.unexpected(failure);
        }
    }

    private long result(long returned) {
        return returned >= 0 ? returned : -state.get(JAVA_INT, Libc.ERRNO_AT);
    }
}
