package io.evenkeel.dataplane.transport.epoll.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The system calls of the epoll transport. Each answers as the kernel does: not negative on success, else the negated
 * errno(3), see {@link Errno}. For one thread at a time.
 *
 * <p>Every buffer is a segment that goes to the kernel with its own size, so that no call can reach beyond it; the only
 * addresses that travel as numbers are those which {@link GatheredMessage} takes from segments it holds.
 */
public final class Libc {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option KEEP_ERRNO = Linker.Option.captureCallState("errno");
    static final long ERRNO_AT =
            Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle EPOLL_CREATE = call("epoll_create1", JAVA_INT, JAVA_INT);
    private static final MethodHandle EPOLL_CTL = call("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle EPOLL_WAIT = call("epoll_wait", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle EVENTFD = call("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle WRITE = call("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle SOCKET = call("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = call("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle LISTEN = call("listen", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle ACCEPT = call("accept4", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    private static final MethodHandle CONNECT = call("connect", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle RECV = call("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SEND = call("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SENDMSG = call("sendmsg", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SHUTDOWN = call("shutdown", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle CLOSE = call("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle SETSOCKOPT =
            call("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle GETSOCKOPT =
            call("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle GETSOCKNAME = call("getsockname", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);

    // The same on x86-64 and aarch64.
    private static final int CLOEXEC = 0x80000;
    private static final int NONBLOCK = 0x800;
    private static final int STREAM = 1;
    private static final int DATAGRAM = 2;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MSG_MORE = 0x8000;
    private static final int SHUT_WR = 1;

    private static final MemorySegment ONE = Arena.global().allocateFrom(JAVA_LONG, 1);

    private final MemorySegment state;
    private final MemorySegment length;

    public Libc(Arena arena) {
        state = arena.allocate(Linker.Option.captureStateLayout());
        length = arena.allocate(JAVA_INT);
    }

    public int epollCreate() {
        try {
            return result((int) EPOLL_CREATE.invokeExact(state, CLOEXEC));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    /** Adds the descriptor for as long as it is open. */
    public int epollAdd(int epoll, int fd, EpollEvents event) {
        try {
            return result((int) EPOLL_CTL.invokeExact(state, epoll, 1, fd, event.segment()));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    public int epollRemove(int epoll, int fd) {
        try {
            return result((int) EPOLL_CTL.invokeExact(state, epoll, 2, fd, MemorySegment.NULL));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    /** @param timeoutMillis -1: for ever */
    public int epollWait(int epoll, EpollEvents events, int timeoutMillis) {
        try {
            return result((int) EPOLL_WAIT.invokeExact(state, epoll, events.segment(), events.count(), timeoutMillis));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    public int eventFd() {
        try {
            return result((int) EVENTFD.invokeExact(state, 0, CLOEXEC | NONBLOCK));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    /** Adds one to an event counter. */
    public long signal(int eventFd) {
        try {
            return result((long) WRITE.invokeExact(state, eventFd, ONE, 8L));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    /** A TCP socket that does not block. */
    public int socket(int family) {
        try {
            return result((int) SOCKET.invokeExact(state, family, STREAM | CLOEXEC | NONBLOCK, 0));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    /** A UDP socket that does not block. */
    public int datagramSocket(int family) {
        try {
            return result((int) SOCKET.invokeExact(state, family, DATAGRAM | CLOEXEC | NONBLOCK, 0));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    public int bind(int fd, MemorySegment address) {
        try {
            return result((int) BIND.invokeExact(state, fd, address, (int) address.byteSize()));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    public int listen(int fd, int backlog) {
        try {
            return result((int) LISTEN.invokeExact(state, fd, backlog));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    /** Accepts a connection that does not block, and writes its remote address. */
    public int accept(int fd, MemorySegment address) {
        try {
            length.set(JAVA_INT, 0, (int) address.byteSize());
            return result((int) ACCEPT.invokeExact(state, fd, address, length, CLOEXEC | NONBLOCK));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    public int connect(int fd, MemorySegment address) {
        try {
            return result((int) CONNECT.invokeExact(state, fd, address, (int) address.byteSize()));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    public long receive(int fd, MemorySegment into) {
        try {
            return result((long) RECV.invokeExact(state, fd, into, into.byteSize(), 0));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    public long send(int fd, MemorySegment bytes) {
        return send(fd, bytes, false);
    }

    /** @param isLast whether the socket's output ends now, so that FIN can go with the bytes */
    public long send(int fd, MemorySegment bytes, boolean isLast) {
        try {
            return result((long) SEND.invokeExact(state, fd, bytes, bytes.byteSize(), flags(isLast)));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    /** @param isLast as for {@link #send(int, MemorySegment, boolean)} */
    public long send(int fd, GatheredMessage message, boolean isLast) {
        try {
            return result((long) SENDMSG.invokeExact(state, fd, message.header(), flags(isLast)));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    private static int flags(boolean isLast) {
        return isLast ? MSG_NOSIGNAL | MSG_MORE : MSG_NOSIGNAL;
    }

    public int shutdownOutput(int fd) {
        try {
            return result((int) SHUTDOWN.invokeExact(state, fd, SHUT_WR));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    public int close(int fd) {
        try {
            return result((int) CLOSE.invokeExact(state, fd));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    public int setOption(int fd, SocketOption option, MemorySegment value) {
        try {
            return result((int)
                    SETSOCKOPT.invokeExact(state, fd, option.level(), option.number(), value, (int) value.byteSize()));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    public int getOption(int fd, SocketOption option, MemorySegment value) {
        try {
            length.set(JAVA_INT, 0, (int) value.byteSize());
            return result((int) GETSOCKOPT.invokeExact(state, fd, option.level(), option.number(), value, length));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    /** Writes the address that the socket is bound to. */
    public int localAddress(int fd, MemorySegment address) {
        try {
            length.set(JAVA_INT, 0, (int) address.byteSize());
            return result((int) GETSOCKNAME.invokeExact(state, fd, address, length));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    private int result(int returned) {
        return returned >= 0 ? returned : -state.get(JAVA_INT, ERRNO_AT);
    }

    private long result(long returned) {
        return returned >= 0 ? returned : -state.get(JAVA_INT, ERRNO_AT);
    }

    @SuppressWarnings("restricted") // What makes a call of native code possible at all.
    static MethodHandle call(String name, ValueLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments), KEEP_ERRNO);
    }

    /** As {@link #call}, of a function whose arguments from this one on are variadic. */
    @SuppressWarnings("restricted") // See there.
    static MethodHandle callVariadic(int from, String name, ValueLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, arguments),
                KEEP_ERRNO,
                Linker.Option.firstVariadicArg(from));
    }

    static RuntimeException unexpected(Throwable failure) {
        return switch (failure) {
            case Error error -> throw error;
            case RuntimeException wrongArgument -> wrongArgument;
            default -> new IllegalStateException("A system call threw", failure);
        };
    }
}
