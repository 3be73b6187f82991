package io.evenkeel.dataplane.transport.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The only handler in a listening channel's pipeline: passes its connections on. */
final class Acceptance extends ChannelInboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger(Acceptance.class);
    private static final long REST_MILLIS = 100;

    private final Consumer<SocketChannel> accepted;

    Acceptance(Consumer<SocketChannel> accepted) {
        this.accepted = accepted;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        accepted.accept((SocketChannel) message);
    }

    /** Mostly: no file descriptors left. Trying again at once would only burn the processor. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.atWarn().setCause(cause).log("Cannot accept connections, resting for {} ms", REST_MILLIS);
        var config = context.channel().config();
        config.setAutoRead(false);
        var _ = context.executor().schedule(() -> config.setAutoRead(true), REST_MILLIS, TimeUnit.MILLISECONDS);
    }
}
