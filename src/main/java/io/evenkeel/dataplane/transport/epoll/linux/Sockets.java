package io.evenkeel.dataplane.transport.epoll.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/** TCP sockets by {@link Libc}, with Java's kinds of arguments. Errors as there. For one thread at a time. */
public final class Sockets {

    private final Libc libc;
    private final MemorySegment address;
    private final MemorySegment number;
    private final MemorySegment lingerZero;

    public Sockets(Libc libc, Arena arena) {
        this.libc = libc;
        address = arena.allocate(SocketAddresses.MAX_BYTES, 8);
        number = arena.allocate(JAVA_INT);
        lingerZero = arena.allocateFrom(JAVA_INT, 1, 0);
    }

    public Libc libc() {
        return libc;
    }

    /** A socket of the address's family. */
    public int open(InetSocketAddress forAddress) {
        return libc.socket(SocketAddresses.familyOf(forAddress));
    }

    /** A UDP socket of the address's family. */
    public int openDatagrams(InetSocketAddress forAddress) {
        return libc.datagramSocket(SocketAddresses.familyOf(forAddress));
    }

    public int bind(int fd, InetSocketAddress local) {
        return libc.bind(fd, SocketAddresses.encode(local, address));
    }

    public int connect(int fd, InetSocketAddress remote) {
        return libc.connect(fd, SocketAddresses.encode(remote, address));
    }

    /** See {@link #acceptedFrom} for the other side. */
    public int accept(int fd) {
        return libc.accept(fd, address);
    }

    /** The remote address of what {@link #accept} just returned. */
    public InetSocketAddress acceptedFrom() {
        return SocketAddresses.decode(address);
    }

    /** {@link SocketAddresses#UNKNOWN} when the socket does not know any more. */
    public InetSocketAddress localAddress(int fd) {
        return libc.localAddress(fd, address) < 0 ? SocketAddresses.UNKNOWN : SocketAddresses.decode(address);
    }

    public int set(int fd, SocketOption option, int value) {
        number.set(JAVA_INT, 0, value);
        return libc.setOption(fd, option, number);
    }

    /** Closing the socket will send RST. */
    public int resetOnClose(int fd) {
        return libc.setOption(fd, SocketOption.LINGER, lingerZero);
    }

    /** The errno(3) with which the socket broke, 0 if it did not; told once. */
    public int takeError(int fd) {
        number.set(JAVA_INT, 0, 0);
        int result = libc.getOption(fd, SocketOption.ERROR, number);
        return result < 0 ? -result : number.get(JAVA_INT, 0);
    }

    /** @throws IOException saying what, when the result is an error */
    public static int require(int result, String what) throws IOException {
        if (Errno.isError(result)) {
            throw Errno.toException(-result, what);
        }
        return result;
    }
}
