package io.evenkeel.dataplane.transport.epoll.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.InetSocketAddress;

/** The system calls that only UDP needs. Results and rules as in {@link Libc}. For one thread at a time. */
public final class DatagramCalls {

    private static final MethodHandle SENDTO =
            Libc.call("sendto", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);

    private static final int MSG_NOSIGNAL = 0x4000;

    private final MemorySegment state;
    private final MemorySegment to;

    public DatagramCalls(Arena arena) {
        state = arena.allocate(Linker.Option.captureStateLayout());
        to = arena.allocate(SocketAddresses.MAX_BYTES, 8);
    }

    /** Sends one datagram from a socket that is not connected. */
    public long send(int fd, MemorySegment bytes, InetSocketAddress remote) {
        var address = SocketAddresses.encode(remote, to);
        try {
            return result((long) SENDTO.invokeExact(
                    state, fd, bytes, bytes.byteSize(), MSG_NOSIGNAL, address, (int) address.byteSize()));
        } catch (Throwable failure) {
            throw Libc.unexpected(failure);
        }
    }

    private long result(long returned) {
        return returned >= 0 ? returned : -state.get(JAVA_INT, Libc.ERRNO_AT);
    }
}
