package io.evenkeel.dataplane.tls;

import io.evenkeel.dataplane.tls.boringssl.ServerContext;
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
    private final Duration handshakeTimeout;

    /** @param context asked once for each connection; what it says later is for later ones */
    public TlsAcceptor(Supplier<ServerContext> context, Transport.Acceptor acceptor) {
        this(context, acceptor, HANDSHAKE_TIMEOUT);
    }

    TlsAcceptor(Supplier<ServerContext> context, Transport.Acceptor acceptor, Duration handshakeTimeout) {
        this.context = context;
        this.acceptor = acceptor;
        this.handshakeTimeout = handshakeTimeout;
    }

    @Override
    public ConnectionHandler accept(Connection connection) {
        return new TlsConnection(connection, context.get().newEngine(), new Server(), handshakeTimeout);
    }

    private final class Server implements TlsConnection.Role {

        @Override
        public ConnectionHandler onEstablished(Connection connection) {
            return acceptor.accept(connection);
        }

        /** Nobody knows of it yet. */
        @Override
        public void onFailed(IOException cause) {}
    }
}
