package io.evenkeel.dataplane.listening;

import io.evenkeel.dataplane.access.ListenerGate;
import io.evenkeel.dataplane.accesslog.LogLine;
import io.evenkeel.dataplane.accesslog.LogStream;
import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.traffic.ListenerTraffic;
import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.EventLoop;
import io.evenkeel.dataplane.transport.Transport;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections a port took, as far as the listener's gate lets them in, so that they can be cut. Each loop keeps its own
 * and is the only one to touch them.
 */
final class OpenConnections {

    private static final ConnectionHandler REFUSED = new ConnectionHandler() {
        @Override
        public void onData(Connection connection, MemorySegment bytes) {}

        @Override
        public void onEndOfInput(Connection connection) {}

        @Override
        public void onClosed(Connection connection, @Nullable IOException cause) {}
    };

    private final List<EventLoop> loops;
    private final ListenerGate gate;
    private final ListenerTraffic traffic;
    private final Supplier<@Nullable LogStream> log;
    private final List<Set<Tracked>> byLoop = new ArrayList<>();
    private volatile boolean isCut;

    /**
     * @param loops by their index
     * @param log where refusals are told now, on any loop
     */
    OpenConnections(
            List<EventLoop> loops, ListenerGate gate, ListenerTraffic traffic, Supplier<@Nullable LogStream> log) {
        this.log = log;
        this.loops = loops;
        this.gate = gate;
        this.traffic = traffic;
        loops.forEach(loop -> byLoop.add(new HashSet<>()));
    }

    /** The acceptor for who is let in, with every connection it takes kept here while it is open. */
    Transport.Acceptor tracking(Transport.Acceptor acceptor) {
        return new Tracking(acceptor);
    }

    private Tracked track(Connection connection, Transport.Acceptor acceptor) {
        var loop = connection.loop();
        var tracked = new Tracked(connection);
        try {
            tracked.handler = acceptor.accept(connection);
        } catch (RuntimeException | Error failure) {
            gate.left(loop.index());
            throw failure;
        }
        byLoop.get(loop.index()).add(tracked);
        if (isCut) {
            loop.execute(connection::reset);
        }
        return tracked;
    }

    private static InetAddress clientOf(Connection connection) {
        return connection.remoteAddress().getAddress();
    }

    /** Closes all of them with RST, and those that come late. May be called from any thread. */
    void cut() {
        isCut = true;
        for (EventLoop loop : loops) {
            loop.execute(() -> List.copyOf(byLoop.get(loop.index())).forEach(tracked -> tracked.connection.reset()));
        }
    }

    /** Tells all of them that the port is closed. May be called from any thread. */
    void leave() {
        for (EventLoop loop : loops) {
            loop.execute(() -> List.copyOf(byLoop.get(loop.index()))
                    .forEach(tracked -> tracked.handler.onPortClosed(tracked.connection)));
        }
    }

    private final class Tracking implements Transport.Acceptor {
        private final Transport.Acceptor acceptor;

        private Tracking(Transport.Acceptor acceptor) {
            this.acceptor = acceptor;
        }

        @Override
        public ConnectionHandler accept(Connection connection) {
            var loop = connection.loop();
            var refusal = gate.enter(loop.index(), clientOf(connection), loop.nanoTime());
            if (refusal.isPresent()) {
                traffic.own(loop.index()).count(refusal.get());
                tell(connection, refusal.get());
                // Before a byte was read, and with nothing left behind of it.
                connection.reset();
                return REFUSED;
            }
            return track(connection, acceptor);
        }

        private void tell(Connection refused, Count why) {
            var stream = log.get();
            if (stream != null) {
                new LogLine(stream, refused.loop(), refused.remoteAddress(), null).end(0, reason(why));
            }
        }

        private static String reason(Count refusal) {
            return switch (refusal) {
                case REFUSED_CONNECTION -> "over-connections";
                case REFUSED_CPS -> "over-connection-rate";
                default -> "ip-group";
            };
        }

        @Override
        public boolean clientSpeaksFirst() {
            return acceptor.clientSpeaksFirst();
        }
    }

    /** Closes with RST those whose client may no longer come. May be called from any thread. */
    void cutRefused() {
        for (EventLoop loop : loops) {
            loop.execute(() -> cutRefused(loop.index()));
        }
    }

    private void cutRefused(int loop) {
        var clients = gate.clients();
        for (var tracked : List.copyOf(byLoop.get(loop))) {
            if (!clients.permits(clientOf(tracked.connection))) {
                traffic.own(loop).count(Count.REFUSED_IP_GROUP);
                tracked.handler.onRefused(tracked.connection);
            }
        }
    }

    private final class Tracked implements ConnectionHandler {
        private final Connection connection;
        private ConnectionHandler handler = REFUSED;

        private Tracked(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void onData(Connection from, MemorySegment bytes) {
            handler.onData(from, bytes);
        }

        @Override
        public void onSpliced(Connection from, long count) {
            handler.onSpliced(from, count);
        }

        @Override
        public void onEndOfInput(Connection from) {
            handler.onEndOfInput(from);
        }

        @Override
        public void onWritable(Connection to) {
            handler.onWritable(to);
        }

        @Override
        public void onClosed(Connection closed, @Nullable IOException cause) {
            int loop = closed.loop().index();
            byLoop.get(loop).remove(this);
            gate.left(loop);
            handler.onClosed(closed, cause);
        }
    }
}
