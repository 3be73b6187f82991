package io.evenkeel.dataplane.listening;

import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.EventLoop;
import io.evenkeel.dataplane.transport.Transport;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The connections a port took, so that they can be cut. Each loop keeps its own and is the only one to touch them. */
final class OpenConnections {

    private final List<EventLoop> loops;
    private final List<Set<Tracked>> byLoop = new ArrayList<>();
    private volatile boolean isCut;

    /** @param loops by their index */
    OpenConnections(List<EventLoop> loops) {
        this.loops = loops;
        loops.forEach(loop -> byLoop.add(new HashSet<>()));
    }

    /** The acceptor, with every connection it takes kept here while it is open. */
    Transport.Acceptor tracking(Transport.Acceptor acceptor) {
        return new Tracking(acceptor);
    }

    /** Closes all of them with RST, and those that come late. May be called from any thread. */
    void cut() {
        isCut = true;
        for (EventLoop loop : loops) {
            loop.execute(() -> List.copyOf(byLoop.get(loop.index())).forEach(tracked -> tracked.connection.reset()));
        }
    }

    private final class Tracking implements Transport.Acceptor {
        private final Transport.Acceptor acceptor;

        private Tracking(Transport.Acceptor acceptor) {
            this.acceptor = acceptor;
        }

        @Override
        public ConnectionHandler accept(Connection connection) {
            var tracked = new Tracked(connection, acceptor.accept(connection));
            byLoop.get(connection.loop().index()).add(tracked);
            if (isCut) {
                connection.loop().execute(connection::reset);
            }
            return tracked;
        }

        @Override
        public boolean clientSpeaksFirst() {
            return acceptor.clientSpeaksFirst();
        }
    }

    private final class Tracked implements ConnectionHandler {
        private final Connection connection;
        private final ConnectionHandler handler;

        private Tracked(Connection connection, ConnectionHandler handler) {
            this.connection = connection;
            this.handler = handler;
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
            byLoop.get(closed.loop().index()).remove(this);
            handler.onClosed(closed, cause);
        }
    }
}
