package io.evenkeel.dataplane.http;

import io.evenkeel.dataplane.http.memory.BlockPools;
import io.evenkeel.dataplane.settings.ListenerSettings;
import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.EventLoop;
import io.evenkeel.dataplane.transport.Transport;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * An HTTP/1.1 listener: strict towards clients and members (RFC 9112), keep-alive on both sides, bodies streamed with
 * back-pressure. Takes the current settings at the start of each request. Answers of its own are 400, 408, 414, 431,
 * 501, 503, 502, 504 and 505; the 50x of a member's making carry {@code X-Evenkeel-Reason} and
 * {@code X-Evenkeel-Request-Sent: yes|no}. Safe to share between loops.
 */
public final class HttpProxy implements Transport.Acceptor {

    private final Supplier<ListenerSettings> settings;
    private final BlockPools blocks;
    private final Map<EventLoop, LoopContext> contexts = new ConcurrentHashMap<>();

    /**
     * @param settings asked on a loop, once for each request
     * @param blocks what is kept of messages in parts, of all listeners together
     */
    public HttpProxy(Supplier<ListenerSettings> settings, BlockPools blocks) {
        this.settings = settings;
        this.blocks = blocks;
    }

    @Override
    public ConnectionHandler accept(Connection connection) {
        var context =
                contexts.computeIfAbsent(connection.loop(), loop -> new LoopContext(loop, blocks.of(loop.index())));
        return new ClientConnection(context, connection, settings);
    }

    @Override
    public boolean clientSpeaksFirst() {
        return true;
    }
}
