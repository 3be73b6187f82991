package io.evenkeel.dataplane.proof;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The local addresses of this process's own sockets that ask a port, and have not been answered. Nobody else can have
 * such an address while the socket is bound, so that whoever comes from it is ours. Each is taken once. For any thread.
 */
public final class Outstanding {

    /** A socket that was given up may be accepted still: it must not be taken for a client's. */
    private static final long REMEMBERED_NANOS = Duration.ofMinutes(1).toNanos();

    private record Asked(Question question, long untilNanos) {}

    private final Map<InetSocketAddress, Asked> connections = new ConcurrentHashMap<>();
    private final Map<InetSocketAddress, Asked> datagrams = new ConcurrentHashMap<>();

    /** Before the socket, which is bound to the address, connects or sends. */
    void expect(boolean isDatagram, InetSocketAddress from, Question question) {
        long now = System.nanoTime();
        var asked = of(isDatagram);
        asked.values().removeIf(old -> now - old.untilNanos() >= 0);
        asked.put(from, new Asked(question, now + REMEMBERED_NANOS));
    }

    /** The socket never came through. */
    void forget(boolean isDatagram, InetSocketAddress from) {
        of(isDatagram).remove(from);
    }

    /** What a connection from there asks; null, nearly always, when it is a client's. */
    @Nullable
    Question takeConnection(InetSocketAddress from) {
        return take(connections, from);
    }

    /** What a datagram from there asks; null when it is a client's. */
    @Nullable
    Question takeDatagram(InetSocketAddress from) {
        return take(datagrams, from);
    }

    private static @Nullable Question take(Map<InetSocketAddress, Asked> asked, InetSocketAddress from) {
        if (asked.isEmpty()) {
            return null;
        }
        var taken = asked.remove(from);
        return taken == null ? null : taken.question();
    }

    private Map<InetSocketAddress, Asked> of(boolean isDatagram) {
        return isDatagram ? datagrams : connections;
    }
}
