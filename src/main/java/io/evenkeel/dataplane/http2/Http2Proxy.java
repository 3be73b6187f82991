package io.evenkeel.dataplane.http2;

import io.evenkeel.dataplane.http.HttpProxy;
import io.evenkeel.dataplane.http.memory.BlockPools;
import io.evenkeel.dataplane.settings.ListenerSettings;
import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.Transport;
import java.util.function.Supplier;

/**
 * An HTTP listener behind TLS: connections that agreed on {@code h2} speak HTTP/2 (RFC 9113), the others HTTP/1.1. Each
 * request of the former is served as one of the latter. Safe to share between loops.
 */
public final class Http2Proxy implements Transport.Acceptor {

    /** By ALPN: RFC 9113 §3.2. */
    public static final String PROTOCOL = "h2";

    private final HttpProxy proxy;
    private final Supplier<ListenerSettings> settings;
    private final BlockPools blocks;

    /**
     * @param settings asked on a loop, once for each request
     * @param blocks what is kept of messages in parts, of all listeners together
     */
    public Http2Proxy(Supplier<ListenerSettings> settings, BlockPools blocks) {
        this.proxy = new HttpProxy(settings, blocks, MemberSessions::new);
        this.settings = settings;
        this.blocks = blocks;
    }

    @Override
    public ConnectionHandler accept(Connection connection) {
        var tls = connection.tls();
        return tls != null && PROTOCOL.equals(tls.applicationProtocol())
                ? new ServerSession(connection, blocks.of(connection.loop().index()), settings, proxy::acceptStream)
                : proxy.accept(connection);
    }

    @Override
    public boolean clientSpeaksFirst() {
        return proxy.clientSpeaksFirst();
    }
}
