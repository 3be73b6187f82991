package io.evenkeel.dataplane.tcp;

import io.evenkeel.dataplane.settings.ListenerSettings;
import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.Transport;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Serves a TCP listener: each client connection gets a member for its life, and what either side sends, its end of
 * input and its reset, goes to the other as it is.
 *
 * <p>A connect takes at most 5 seconds. One that fails before any byte was sent goes to another member, at most twice.
 * Without a member the client's connection is closed. A session in which no byte moved either way for
 * {@link ListenerSettings#keepaliveTimeout} is closed. A member that leaves keeps its sessions, one that was stopped
 * loses them by RST on both sides. Where the settings say so, a member is told of its client by a header of the PROXY
 * protocol before anything else.
 */
public final class TcpProxy implements Transport.Acceptor {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final Supplier<ListenerSettings> settings;
    private final Duration connectTimeout;

    /** @param settings asked once for each accepted connection, on its loop */
    public TcpProxy(Supplier<ListenerSettings> settings) {
        this(settings, CONNECT_TIMEOUT);
    }

    TcpProxy(Supplier<ListenerSettings> settings, Duration connectTimeout) {
        this.settings = settings;
        this.connectTimeout = connectTimeout;
    }

    @Override
    public ConnectionHandler accept(Connection client) {
        var session = new TcpSession(settings.get(), connectTimeout, client);
        session.start();
        return session;
    }
}
