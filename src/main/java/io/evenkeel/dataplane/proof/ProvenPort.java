package io.evenkeel.dataplane.proof;

import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.DatagramPort;
import io.evenkeel.dataplane.transport.Transport;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Stands before everything else at a port: who comes from this process's own asking sockets is answered here, and never
 * seen by rules, TLS, proxies, counters or logs. Everybody else passes. Shared between loops.
 */
public final class ProvenPort {

    private final Outstanding outstanding;
    private final ToLongFunction<Question> held;

    /** @param held the generation that this port's loops hold of something; asked on the loop that answers */
    public ProvenPort(Outstanding outstanding, ToLongFunction<Question> held) {
        this.outstanding = outstanding;
        this.held = held;
    }

    /** The acceptor for everybody else. */
    public Transport.Acceptor before(Transport.Acceptor acceptor) {
        return new Gatekeeper(acceptor);
    }

    /** The opener for everybody else. */
    public DatagramPort.Opener before(Target target, DatagramPort.Opener opener) {
        return port -> {
            target.takenBy(port.loop().index());
            return new Sorter(port, opener.open(port));
        };
    }

    private Answer answer(int loop, Question question) {
        return new Answer(loop, held.applyAsLong(question));
    }

    private final class Gatekeeper implements Transport.Acceptor {
        private final Transport.Acceptor clients;

        private Gatekeeper(Transport.Acceptor clients) {
            this.clients = clients;
        }

        @Override
        public ConnectionHandler accept(Connection connection) {
            var question = outstanding.takeConnection(connection.remoteAddress());
            if (question == null) {
                return clients.accept(connection);
            }
            try (var arena = Arena.ofConfined()) {
                connection.write(answer(connection.loop().index(), question).encode(arena));
                connection.shutdownOutput();
            }
            return new Answered();
        }

        @Override
        public boolean clientSpeaksFirst() {
            return clients.clientSpeaksFirst();
        }
    }

    /** The asking side ends it, by RST. */
    private static final class Answered implements ConnectionHandler {

        @Override
        public void onData(Connection connection, MemorySegment bytes) {}

        @Override
        public void onEndOfInput(Connection connection) {}

        @Override
        public void onClosed(Connection connection, @Nullable IOException cause) {}
    }

    private final class Sorter implements DatagramPort.Handler {
        private final DatagramPort port;
        private final DatagramPort.Handler clients;

        private Sorter(DatagramPort port, DatagramPort.Handler clients) {
            this.port = port;
            this.clients = clients;
        }

        @Override
        public void onDatagram(InetSocketAddress from, MemorySegment bytes) {
            var question = outstanding.takeDatagram(from);
            if (question == null) {
                clients.onDatagram(from, bytes);
                return;
            }
            try (var arena = Arena.ofConfined()) {
                port.send(answer(port.loop().index(), question).encode(arena), from);
            }
        }

        @Override
        public void onRefused(int count) {
            clients.onRefused(count);
        }

        @Override
        public void onClosed() {
            clients.onClosed();
        }
    }
}
