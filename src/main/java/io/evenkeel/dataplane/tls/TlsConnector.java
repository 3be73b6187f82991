package io.evenkeel.dataplane.tls;

import io.evenkeel.dataplane.tls.boringssl.ClientContext;
import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.EventLoop;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Connects with TLS. Any thread may ask; everything happens on the loop. */
public final class TlsConnector {

    private TlsConnector() {}

    /**
     * Like {@link EventLoop#connect}: the handler hears that it is connected when the handshake is complete, and that it
     * failed also where only the handshake did.
     *
     * @param timeout for the connection, and once more for the handshake
     * @param preamble goes out unencrypted, ahead of everything; not changed any more
     */
    public static void connect(
            EventLoop loop,
            InetSocketAddress target,
            Duration timeout,
            ClientContext context,
            @Nullable MemorySegment preamble,
            ConnectionHandler handler) {
        loop.connect(target, timeout, new Opening(timeout, context, preamble, handler));
    }

    /** Waits for the connection and passes all that happens then to its TLS. */
    private static final class Opening implements ConnectionHandler, TlsConnection.Role {

        private final Duration timeout;
        private final ClientContext context;
        private final @Nullable MemorySegment preamble;
        private final ConnectionHandler handler;
        private @Nullable TlsConnection connection;

        private Opening(
                Duration timeout, ClientContext context, @Nullable MemorySegment preamble, ConnectionHandler handler) {
            this.timeout = timeout;
            this.context = context;
            this.preamble = preamble;
            this.handler = handler;
        }

        @Override
        public void onConnected(Connection raw) {
            if (preamble != null) {
                raw.write(preamble);
            }
            connection = new TlsConnection(raw, context.newEngine(), this, timeout);
            connection.begin();
        }

        @Override
        public void onConnectFailed(IOException cause) {
            handler.onConnectFailed(cause);
        }

        @Override
        public void onData(Connection from, MemorySegment bytes) {
            if (connection != null) {
                connection.onData(from, bytes);
            }
        }

        @Override
        public void onEndOfInput(Connection from) {
            if (connection != null) {
                connection.onEndOfInput(from);
            }
        }

        @Override
        public void onWritable(Connection to) {
            if (connection != null) {
                connection.onWritable(to);
            }
        }

        @Override
        public void onClosed(Connection closed, @Nullable IOException cause) {
            if (connection != null) {
                connection.onClosed(closed, cause);
            } else {
                handler.onConnectFailed(cause == null ? new IOException("The connection was lost") : cause);
            }
        }

        @Override
        public ConnectionHandler onEstablished(Connection established) {
            handler.onConnected(established);
            return handler;
        }

        @Override
        public void onFailed(IOException cause) {
            handler.onConnectFailed(cause);
        }
    }
}
