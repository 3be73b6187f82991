package io.evenkeel.dataplane.transport.netty;

import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only handler in a channel's pipeline: turns Netty's events into calls of a {@link ConnectionHandler}, in order,
 * never from within a call, and none after {@code onClosed}.
 */
final class Inbound extends ChannelInboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger(Inbound.class);
    private static final InetSocketAddress UNKNOWN = new InetSocketAddress(0);

    private final NettyLoop loop;
    private final SocketChannel channel;
    private final Function<Connection, ConnectionHandler> handlers;
    // For an outgoing connection, where it goes to.
    private final @Nullable InetSocketAddress target;
    // Read although reading was paused meanwhile.
    private final ArrayDeque<ByteBuf> held = new ArrayDeque<>(0);
    private @Nullable Active active;
    private boolean isPaused;
    private boolean isEndSeen;
    private boolean isEndDelivered;
    private boolean isWritableCallDue;

    /** @param target null for an accepted connection */
    Inbound(
            NettyLoop loop,
            SocketChannel channel,
            @Nullable InetSocketAddress target,
            Function<Connection, ConnectionHandler> handlers) {
        this.loop = loop;
        this.channel = channel;
        this.target = target;
        this.handlers = handlers;
    }

    void pause() {
        isPaused = true;
        channel.config().setAutoRead(false);
    }

    void resume() {
        if (!isPaused) {
            return;
        }
        isPaused = false;
        if (held.isEmpty() && !isEndSeen) {
            channel.config().setAutoRead(true);
        } else {
            // Later, because a handler is never called from within one of its own calls.
            loop.execute(this::deliverHeld);
        }
    }

    /** The handler wants no more. Reading goes on, so that the peer's reset is noticed and its sending not blocked. */
    void discard() {
        isPaused = false;
        releaseHeld();
        channel.config().setAutoRead(true);
    }

    boolean isEndDelivered() {
        return isEndDelivered;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        var remoteAddress = target == null ? channel.remoteAddress() : target;
        if (remoteAddress == null) {
            // Accepted, and reset by the peer before anyone could look at it.
            var _ = channel.close();
            return;
        }
        var localAddress = channel.localAddress();
        activate(
                new NettyConnection(loop, channel, this, remoteAddress, localAddress == null ? UNKNOWN : localAddress));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var bytes = (ByteBuf) message;
        if (isPaused || !held.isEmpty()) {
            held.add(bytes);
        } else {
            deliver(bytes);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            isEndSeen = true;
            if (!isPaused && held.isEmpty()) {
                deliverEnd();
            }
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable() && !isWritableCallDue) {
            isWritableCallDue = true;
            loop.execute(this::tellWritable);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (active != null) {
            active.connection().fail(NettyLoop.asIo(cause));
        } else {
            var _ = context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        releaseHeld();
        var last = active;
        active = null;
        if (last == null) {
            return;
        }
        loop.closed(last.connection());
        try {
            last.handler().onClosed(last.connection(), last.connection().endedBecause());
        } catch (RuntimeException | Error failure) {
            log.atError().setCause(failure).log("The handler of a closed connection failed");
        }
    }

    private void activate(NettyConnection connection) {
        try {
            var handler = handlers.apply(connection);
            active = new Active(connection, handler);
            loop.opened(connection);
            if (target != null) {
                handler.onConnected(connection);
            }
        } catch (RuntimeException | Error failure) {
            onHandlerFailure(connection, failure);
        }
    }

    private void deliverHeld() {
        while (!isPaused && !held.isEmpty()) {
            deliver(held.remove());
        }
        if (isPaused) {
            return;
        }
        if (isEndSeen) {
            deliverEnd();
        } else if (channel.isOpen()) {
            channel.config().setAutoRead(true);
        }
    }

    private void deliver(ByteBuf bytes) {
        var to = listening();
        if (to == null) {
            bytes.release();
            return;
        }
        try {
            to.handler().onData(to.connection(), loop.readWindow().open(bytes));
        } catch (RuntimeException | Error failure) {
            onHandlerFailure(to.connection(), failure);
        } finally {
            loop.readWindow().close();
            bytes.release();
        }
    }

    private void deliverEnd() {
        var to = listening();
        if (to == null || isEndDelivered) {
            return;
        }
        isEndDelivered = true;
        try {
            to.handler().onEndOfInput(to.connection());
        } catch (RuntimeException | Error failure) {
            onHandlerFailure(to.connection(), failure);
        }
        to.connection().closeIfBothEnded();
    }

    private void tellWritable() {
        isWritableCallDue = false;
        var to = listening();
        if (to == null || !to.connection().isWritable()) {
            return;
        }
        try {
            to.handler().onWritable(to.connection());
        } catch (RuntimeException | Error failure) {
            onHandlerFailure(to.connection(), failure);
        }
    }

    /** Null before the handler is made and from when the handler, or anything else, ended the connection. */
    private @Nullable Active listening() {
        return active != null && active.connection().isOpen() ? active : null;
    }

    private static void onHandlerFailure(NettyConnection connection, Throwable failure) {
        log.atError().setCause(failure).log("The handler of a connection failed; the connection is reset");
        connection.fail(new IOException("The handler of the connection failed", failure));
    }

    private void releaseHeld() {
        for (var bytes = held.poll(); bytes != null; bytes = held.poll()) {
            bytes.release();
        }
    }

    private record Active(NettyConnection connection, ConnectionHandler handler) {}
}
