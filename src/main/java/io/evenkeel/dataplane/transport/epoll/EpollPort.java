package io.evenkeel.dataplane.transport.epoll;

import io.evenkeel.dataplane.transport.CannotListenException;
import io.evenkeel.dataplane.transport.CannotListenException.Reason;
import io.evenkeel.dataplane.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A listening address: one socket on each loop. */
final class EpollPort implements Transport.ListeningPort {

    private final List<EpollLoop> loops;
    private final Transport.Acceptor acceptor;
    private final Consumer<EpollPort> onClose;
    private final List<ListeningSocket> sockets = new ArrayList<>();
    private InetSocketAddress localAddress = new InetSocketAddress(0);

    EpollPort(List<EpollLoop> loops, Transport.Acceptor acceptor, Consumer<EpollPort> onClose) {
        this.loops = loops;
        this.acceptor = acceptor;
        this.onClose = onClose;
    }

    /**
     * The first socket is bound, and listens, as the only one there may be: this fails when anyone, another process of
     * ours included, has the address. Only then it lets the sockets of the other loops in.
     */
    void open(InetSocketAddress address) throws CannotListenException {
        try {
            openAll(address);
        } catch (CannotListenException failure) {
            closeAll();
            throw failure;
        } catch (IOException failure) {
            closeAll();
            throw new CannotListenException(address, Reason.OTHER, failure);
        }
        // Nobody is accepted before every loop listens.
        sockets.forEach(socket -> socket.loop().execute(socket::startAccepting));
    }

    @Override
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    @Override
    public void close() {
        onClose.accept(this);
        closeAll();
    }

    private void openAll(InetSocketAddress address) throws IOException {
        var firstLoop = loops.getFirst();
        var first = firstLoop.calls().call(() -> new ListeningSocket(firstLoop, address, false, acceptor));
        sockets.add(first);
        localAddress = firstLoop.calls().call(first::localAddress);
        if (loops.size() > 1) {
            firstLoop.calls().call(first::share);
        }
        for (var loop : loops.subList(1, loops.size())) {
            sockets.add(loop.calls().call(() -> new ListeningSocket(loop, localAddress, true, acceptor)));
        }
    }

    private void closeAll() {
        sockets.forEach(socket -> socket.loop().execute(socket::close));
        if (loops.stream().noneMatch(EpollLoop::isCurrentThread)) {
            loops.forEach(loop -> loop.calls().awaitTasks());
        }
    }
}
