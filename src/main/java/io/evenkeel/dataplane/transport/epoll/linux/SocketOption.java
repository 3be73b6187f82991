package io.evenkeel.dataplane.transport.epoll.linux;

/** Options of sockets: level and number, the same on x86-64 and aarch64. All but {@link #LINGER} are one int. */
public enum SocketOption {
    REUSE_ADDRESS(1, 2),
    /** Why the socket broke; reading it forgets it. */
    ERROR(1, 4),
    /** Two ints: on or off, and the seconds to wait. */
    LINGER(1, 13),
    REUSE_PORT(1, 15),
    TCP_NODELAY(6, 1),
    /** Of a listening socket: the seconds that a connection may wait for its first bytes before it is told of. */
    TCP_DEFER_ACCEPT(6, 9),
    /** So many bytes that were never sent are room enough. */
    TCP_NOTSENT_LOWAT(6, 25);

    private final int level;
    private final int number;

    SocketOption(int level, int number) {
        this.level = level;
        this.number = number;
    }

    int level() {
        return level;
    }

    int number() {
        return number;
    }
}
