package io.evenkeel.dataplane.transport.netty;

import io.evenkeel.dataplane.transport.CannotListenException;
import io.evenkeel.dataplane.transport.DatagramPort;
import io.evenkeel.dataplane.transport.EventLoop;
import io.evenkeel.dataplane.transport.Transport;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bound UDP address: one socket on one of the loops, and the only handler in its pipeline. */
final class NettyDatagramPort extends ChannelInboundHandlerAdapter implements Transport.ListeningPort, DatagramPort {

    private static final Logger log = LoggerFactory.getLogger(NettyDatagramPort.class);

    private final NettyLoop loop;
    private final DatagramChannel channel;
    private final DatagramPort.Opener opener;
    private final Consumer<NettyDatagramPort> onClose;
    private DatagramPort.@Nullable Handler handler;

    private NettyDatagramPort(
            NettyLoop loop, DatagramChannel channel, DatagramPort.Opener opener, Consumer<NettyDatagramPort> onClose) {
        this.loop = loop;
        this.channel = channel;
        this.opener = opener;
        this.onClose = onClose;
    }

    static NettyDatagramPort open(
            InetSocketAddress address,
            List<NettyLoop> loops,
            DatagramPort.Opener opener,
            Consumer<NettyDatagramPort> onClose)
            throws CannotListenException {
        var loop = NettyLoop.forSocketOf(address, loops);
        try {
            var channel = loop.newDatagrams(address);
            // Nothing is read before there is someone to take it.
            channel.config().setAutoRead(false);
            var port = new NettyDatagramPort(loop, channel, opener, onClose);
            channel.pipeline().addLast(port);
            loop.bind(channel, address);
            loop.execute(port::start);
            return port;
        } catch (IOException | RuntimeException failure) {
            throw new CannotListenException(address, Sockets.reasonOf(failure), failure);
        }
    }

    private void start() {
        if (channel.isActive()) {
            handler = opener.open(this);
            channel.config().setAutoRead(true);
        }
    }

    @Override
    public InetSocketAddress localAddress() {
        return channel.localAddress();
    }

    @Override
    public void close() {
        onClose.accept(this);
        var _ = channel.close();
        if (!loop.isCurrentThread()) {
            channel.closeFuture().awaitUninterruptibly();
            // The JDK's selector lets go of a closed socket in its next turn only.
            loop.awaitTurn();
        }
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public boolean send(MemorySegment bytes, InetSocketAddress to) {
        if (!channel.isActive() || !channel.isWritable()) {
            return false;
        }
        var buffer = loop.readWindow().toBuffer(bytes, channel.alloc());
        var _ = channel.writeAndFlush(new DatagramPacket(buffer, to), channel.voidPromise());
        return true;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var packet = (DatagramPacket) message;
        try {
            if (handler != null) {
                handler.onDatagram(packet.sender(), loop.readWindow().open(packet.content()));
            }
        } catch (RuntimeException | Error failure) {
            log.atError().setCause(failure).log("The handler of a datagram failed");
        } finally {
            loop.readWindow().close();
            packet.release();
        }
    }

    /** A client that cannot be reached is no trouble of the port. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.atDebug().setCause(cause).log("A datagram could not be sent");
        // Later, because this may be within a call of the handler.
        loop.execute(this::tellRefused);
    }

    private void tellRefused() {
        if (handler != null) {
            handler.onRefused(1);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        var last = handler;
        handler = null;
        if (last != null) {
            NettyLoop.runLogged(last::onClosed);
        }
    }
}
