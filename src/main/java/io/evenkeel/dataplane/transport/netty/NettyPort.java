package io.evenkeel.dataplane.transport.netty;

import io.evenkeel.dataplane.transport.CannotListenException;
import io.evenkeel.dataplane.transport.Transport;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening address: one socket, on one of the loops, that hands its connections to all loops in turn. */
final class NettyPort implements Transport.ListeningPort {

    private static final Logger log = LoggerFactory.getLogger(NettyPort.class);

    private final List<NettyLoop> loops;
    private final Transport.Acceptor acceptor;
    private final Consumer<NettyPort> onClose;
    private final NettyLoop listeningLoop;
    private final Sockets.Server socket;
    private final AtomicInteger nextLoop = new AtomicInteger();

    private NettyPort(
            List<NettyLoop> loops,
            Transport.Acceptor acceptor,
            Consumer<NettyPort> onClose,
            NettyLoop listeningLoop,
            Sockets.Server socket) {
        this.loops = loops;
        this.acceptor = acceptor;
        this.onClose = onClose;
        this.listeningLoop = listeningLoop;
        this.socket = socket;
    }

    static NettyPort open(
            InetSocketAddress address, List<NettyLoop> loops, Transport.Acceptor acceptor, Consumer<NettyPort> onClose)
            throws CannotListenException {
        var listeningLoop = NettyLoop.forSocketOf(address, loops);
        try {
            var socket = Sockets.newServer();
            var port = new NettyPort(loops, acceptor, onClose, listeningLoop, socket);
            socket.pipeline().addLast(new Acceptance(port::adopt));
            listeningLoop.bind(socket, address);
            return port;
        } catch (IOException | RuntimeException failure) {
            throw new CannotListenException(address, Sockets.reasonOf(failure), failure);
        }
    }

    @Override
    public InetSocketAddress localAddress() {
        return socket.localAddress();
    }

    @Override
    public void close() {
        onClose.accept(this);
        listeningLoop.execute(this::drainAndClose);
        if (loops.stream().noneMatch(NettyLoop::isCurrentThread)) {
            socket.closeFuture().awaitUninterruptibly();
            // The JDK's selector lets go of a closed socket in its next turn only.
            listeningLoop.awaitTurn();
        }
    }

    private void adopt(SocketChannel child) {
        loops.get(Math.floorMod(nextLoop.getAndIncrement(), loops.size())).adopt(child, acceptor::accept);
    }

    // Closing a socket resets what still waits in its queue.
    private void drainAndClose() {
        try {
            if (socket.isOpen()) {
                socket.drain(this::adopt);
            }
        } catch (IOException failure) {
            log.atWarn().setCause(failure).log("Connections that waited on a closed port are lost");
        }
        var _ = socket.close();
    }
}
