package io.evenkeel.dataplane.tls;

import io.evenkeel.dataplane.tls.boringssl.ServerContext;
import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.traffic.ListenerTraffic;
import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Takes connections of TLS clients, and passes each on when its handshake is complete, which takes at most 15 seconds.
 * Safe to share between loops.
 */
public final class TlsAcceptor implements Transport.Acceptor {

    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(15);

    private final Supplier<ServerContext> context;
    private final Transport.Acceptor acceptor;
    private final ListenerTraffic traffic;
    private final Duration handshakeTimeout;

    /**
     * @param context asked once for each connection; what it says later is for later ones
     * @param traffic where handshakes are counted
     */
    public TlsAcceptor(Supplier<ServerContext> context, Transport.Acceptor acceptor, ListenerTraffic traffic) {
        this(context, acceptor, traffic, HANDSHAKE_TIMEOUT);
    }

    TlsAcceptor(
            Supplier<ServerContext> context,
            Transport.Acceptor acceptor,
            ListenerTraffic traffic,
            Duration handshakeTimeout) {
        this.traffic = traffic;
        this.context = context;
        this.acceptor = acceptor;
        this.handshakeTimeout = handshakeTimeout;
    }

    @Override
    public ConnectionHandler accept(Connection connection) {
        return new TlsConnection(
                connection,
                context.get().newEngine(),
                new Server(connection.loop().index()),
                handshakeTimeout);
    }

    /** With its ClientHello. */
    @Override
    public boolean clientSpeaksFirst() {
        return true;
    }

    private final class Server implements TlsConnection.Role {

        private final int loop;

        private Server(int loop) {
            this.loop = loop;
        }

        @Override
        public ConnectionHandler onEstablished(Connection connection) {
            var agreed = connection.tls();
            traffic.own(loop).count(agreed != null && agreed.isResumed() ? Count.TLS_RESUMED : Count.TLS_FULL);
            return acceptor.accept(connection);
        }

        /** Nobody else knows of it yet. */
        @Override
        public void onFailed(IOException cause) {
            traffic.own(loop).count(Count.TLS_FAILED);
        }
    }
}
