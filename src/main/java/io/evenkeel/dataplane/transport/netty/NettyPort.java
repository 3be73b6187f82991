package io.evenkeel.dataplane.transport.netty;

import io.evenkeel.dataplane.transport.CannotListenException;
import io.evenkeel.dataplane.transport.Transport;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening address: one socket on each loop where sockets can share it, else one socket that deals out. */
final class NettyPort implements Transport.ListeningPort {

    private static final Logger log = LoggerFactory.getLogger(NettyPort.class);

    private final List<NettyLoop> loops;
    private final Sockets sockets;
    private final Transport.Acceptor acceptor;
    private final Consumer<NettyPort> onClose;
    private final List<Bound> bound = new ArrayList<>();
    private final AtomicInteger nextLoop = new AtomicInteger();

    NettyPort(List<NettyLoop> loops, Sockets sockets, Transport.Acceptor acceptor, Consumer<NettyPort> onClose) {
        this.loops = loops;
        this.sockets = sockets;
        this.acceptor = acceptor;
        this.onClose = onClose;
    }

    /**
     * The first socket is bound, and listens, as the only one there may be: this fails when anyone, another process of
     * ours included, has the address. Only then it lets the sockets of the other loops in.
     */
    void open(InetSocketAddress address) throws CannotListenException {
        try {
            bind(loops.getFirst(), address, false);
            if (sockets.canShare() && loops.size() > 1) {
                sockets.share(bound.getFirst().channel());
                for (var loop : loops.subList(1, loops.size())) {
                    bind(loop, localAddress(), true);
                }
            }
        } catch (IOException | RuntimeException failure) {
            bound.forEach(socket -> socket.channel().close().awaitUninterruptibly());
            throw new CannotListenException(address, sockets.reasonOf(failure), failure);
        }
        bound.forEach(socket -> socket.channel().config().setAutoRead(true));
    }

    @Override
    public InetSocketAddress localAddress() {
        return bound.getFirst().channel().localAddress();
    }

    @Override
    public void close() {
        onClose.accept(this);
        bound.forEach(socket -> socket.loop().execute(() -> drainAndClose(socket)));
        if (loops.stream().noneMatch(NettyLoop::isCurrentThread)) {
            bound.forEach(socket -> socket.channel().closeFuture().awaitUninterruptibly());
            // The JDK's selector lets go of a closed socket in its next turn only.
            bound.forEach(socket -> socket.loop().awaitTurn());
        }
    }

    private void bind(NettyLoop loop, InetSocketAddress address, boolean isShared) throws IOException {
        var channel = sockets.newServer(address);
        if (isShared) {
            sockets.share(channel);
        }
        // Nobody is accepted before every loop listens.
        channel.config().setAutoRead(false);
        channel.pipeline().addLast(new Acceptance(child -> adopt(loop, child)));
        loop.register(channel);
        var binding = channel.bind(address).awaitUninterruptibly();
        if (!binding.isSuccess()) {
            channel.close().awaitUninterruptibly();
            throw NettyLoop.asIo(binding.cause());
        }
        bound.add(new Bound(loop, channel));
    }

    private void adopt(NettyLoop acceptingLoop, SocketChannel child) {
        var loop =
                sockets.canShare() ? acceptingLoop : loops.get(Math.floorMod(nextLoop.getAndIncrement(), loops.size()));
        loop.adopt(child, acceptor::accept);
    }

    // Closing a socket resets what still waits in its queue.
    private void drainAndClose(Bound socket) {
        try {
            if (socket.channel().isOpen()) {
                sockets.drain(socket.channel(), child -> adopt(socket.loop(), child));
            }
        } catch (IOException failure) {
            log.atWarn().setCause(failure).log("Connections that waited on a closed port are lost");
        }
        var _ = socket.channel().close();
    }

    private record Bound(NettyLoop loop, ServerSocketChannel channel) {}
}
