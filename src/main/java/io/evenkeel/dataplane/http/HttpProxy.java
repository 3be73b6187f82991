package io.evenkeel.dataplane.http;

import io.evenkeel.dataplane.http.memory.BlockPool;
import io.evenkeel.dataplane.http.memory.BlockPools;
import io.evenkeel.dataplane.settings.ListenerSettings;
import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.EventLoop;
import io.evenkeel.dataplane.transport.Transport;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
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
    private final BiFunction<EventLoop, BlockPool, MemberDialer> dialers;
    private final Map<EventLoop, LoopContext> contexts = new ConcurrentHashMap<>();

    /**
     * @param settings asked on a loop, once for each request
     * @param blocks what is kept of messages in parts, of all listeners together
     */
    public HttpProxy(Supplier<ListenerSettings> settings, BlockPools blocks) {
        this(
                settings,
                blocks,
                (loop, pool) -> (member, target, timeout, handler) -> loop.execute(
                        () -> handler.onConnectFailed(new IOException("Members with HTTP/2 are not served here"))));
    }

    /** @param dialers for each loop who connects to members with HTTP/2 */
    public HttpProxy(
            Supplier<ListenerSettings> settings,
            BlockPools blocks,
            BiFunction<EventLoop, BlockPool, MemberDialer> dialers) {
        this.settings = settings;
        this.blocks = blocks;
        this.dialers = dialers;
    }

    @Override
    public ConnectionHandler accept(Connection connection) {
        return new ClientConnection(contextOf(connection), connection, settings, true);
    }

    /** One of many connections that are one below, and are counted as that one only. */
    public ConnectionHandler acceptStream(Connection stream) {
        return new ClientConnection(contextOf(stream), stream, settings, false);
    }

    private LoopContext contextOf(Connection connection) {
        return contexts.computeIfAbsent(connection.loop(), loop -> {
            var pool = blocks.of(loop.index());
            return new LoopContext(loop, pool, dialers.apply(loop, pool));
        });
    }

    @Override
    public boolean clientSpeaksFirst() {
        return true;
    }
}
