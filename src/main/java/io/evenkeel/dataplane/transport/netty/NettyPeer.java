package io.evenkeel.dataplane.transport.netty;

import io.evenkeel.dataplane.transport.DatagramPeer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connected datagram channel and the only handler in its pipeline. */
final class NettyPeer extends ChannelInboundHandlerAdapter implements DatagramPeer {

    private static final Logger log = LoggerFactory.getLogger(NettyPeer.class);

    private final NettyLoop loop;
    private final DatagramChannel channel;
    private final InetSocketAddress remoteAddress;
    private final DatagramPeer.Handler handler;
    private boolean isClosed;

    private NettyPeer(
            NettyLoop loop, DatagramChannel channel, InetSocketAddress remoteAddress, DatagramPeer.Handler handler) {
        this.loop = loop;
        this.channel = channel;
        this.remoteAddress = remoteAddress;
        this.handler = handler;
    }

    /** On the loop, where Netty registers and connects a datagram channel at once. */
    static NettyPeer open(
            NettyLoop loop, DatagramChannel channel, InetSocketAddress target, DatagramPeer.Handler handler)
            throws IOException {
        var peer = new NettyPeer(loop, channel, target, handler);
        channel.pipeline().addLast(peer);
        requireDone(loop.registerNow(channel), channel);
        requireDone(channel.connect(target), channel);
        return peer;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    @Override
    public boolean send(MemorySegment bytes) {
        if (isClosed || !channel.isWritable()) {
            return false;
        }
        var _ = channel.writeAndFlush(loop.readWindow().toBuffer(bytes, channel.alloc()), channel.voidPromise());
        return true;
    }

    @Override
    public void close() {
        isClosed = true;
        var _ = channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = message instanceof DatagramPacket packet ? packet.content() : (ByteBuf) message;
        try {
            if (!isClosed) {
                handler.onDatagram(loop.readWindow().open(bytes));
            }
        } catch (RuntimeException | Error failure) {
            log.atError().setCause(failure).log("The handler of a datagram failed");
        } finally {
            loop.readWindow().close();
            bytes.release();
        }
    }

    /** Also comes out of {@link #send}: a socket is told with the next use of it what became of the last. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (isUnreachable(cause)) {
            loop.execute(() -> {
                if (!isClosed) {
                    handler.onUnreachable(NettyLoop.asIo(cause));
                }
            });
        } else {
            log.atDebug().setCause(cause).log("A datagram could not be sent or received");
        }
    }

    /** The JDK tells some cases apart by its text alone. */
    private static boolean isUnreachable(Throwable cause) {
        var text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return cause instanceof PortUnreachableException
                || cause instanceof NoRouteToHostException
                || cause instanceof ConnectException
                || text.contains("refused")
                || text.contains("unreachable")
                || text.contains("no route");
    }

    private static void requireDone(ChannelFuture step, DatagramChannel channel) throws IOException {
        if (!step.isSuccess()) {
            channel.unsafe().closeForcibly();
            throw step.cause() == null
                    ? new IOException("The event loop does not take sockets")
                    : NettyLoop.asIo(step.cause());
        }
    }
}
