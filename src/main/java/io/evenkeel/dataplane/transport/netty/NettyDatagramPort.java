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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bound UDP address: one socket on each loop where sockets can share it, else one socket on one of the loops. */
final class NettyDatagramPort implements Transport.ListeningPort {

    private static final Logger log = LoggerFactory.getLogger(NettyDatagramPort.class);

    private final List<NettyLoop> loops;
    private final Sockets sockets;
    private final DatagramPort.Opener opener;
    private final Consumer<NettyDatagramPort> onClose;
    private final List<Side> sides = new ArrayList<>();

    NettyDatagramPort(
            List<NettyLoop> loops, Sockets sockets, DatagramPort.Opener opener, Consumer<NettyDatagramPort> onClose) {
        this.loops = loops;
        this.sockets = sockets;
        this.opener = opener;
        this.onClose = onClose;
    }

    /** Like {@link NettyPort#open}: the first socket must be the only one of the address. */
    void open(InetSocketAddress address) throws CannotListenException {
        try {
            if (sockets.canShare()) {
                bind(loops.getFirst(), address, false);
                sockets.share(sides.getFirst().channel);
                for (var loop : loops.subList(1, loops.size())) {
                    bind(loop, localAddress(), true);
                }
            } else {
                bind(loops.get(Math.floorMod(address.hashCode(), loops.size())), address, false);
            }
        } catch (IOException | RuntimeException failure) {
            sides.forEach(side -> side.channel.close().awaitUninterruptibly());
            throw new CannotListenException(address, sockets.reasonOf(failure), failure);
        }
        sides.forEach(side -> side.loop.execute(side::start));
    }

    @Override
    public InetSocketAddress localAddress() {
        return sides.getFirst().channel.localAddress();
    }

    @Override
    public void close() {
        onClose.accept(this);
        for (var side : sides) {
            var _ = side.channel.close();
        }
        if (loops.stream().noneMatch(NettyLoop::isCurrentThread)) {
            sides.forEach(side -> side.channel.closeFuture().awaitUninterruptibly());
            // The JDK's selector lets go of a closed socket in its next turn only.
            sides.forEach(side -> side.loop.awaitTurn());
        }
    }

    private void bind(NettyLoop loop, InetSocketAddress address, boolean isShared) throws IOException {
        var channel = loop.newDatagrams(address);
        if (isShared) {
            sockets.share(channel);
        }
        // Nothing is read before every loop has its socket: a client's datagrams are to come to one loop.
        channel.config().setAutoRead(false);
        var side = new Side(loop, channel);
        channel.pipeline().addLast(side);
        loop.register(channel);
        var binding = channel.bind(address).awaitUninterruptibly();
        if (!binding.isSuccess()) {
            channel.close().awaitUninterruptibly();
            throw NettyLoop.asIo(binding.cause());
        }
        sides.add(side);
    }

    /** One loop's socket, and the only handler in its pipeline. */
    private final class Side extends ChannelInboundHandlerAdapter implements DatagramPort {

        private final NettyLoop loop;
        private final DatagramChannel channel;
        private DatagramPort.@Nullable Handler handler;

        private Side(NettyLoop loop, DatagramChannel channel) {
            this.loop = loop;
            this.channel = channel;
        }

        private void start() {
            if (channel.isActive()) {
                handler = opener.open(this);
                channel.config().setAutoRead(true);
            }
        }

        @Override
        public EventLoop loop() {
            return loop;
        }

        @Override
        public InetSocketAddress localAddress() {
            return channel.localAddress();
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
}
