package io.evenkeel.dataplane.transport.epoll.datagram;

import io.evenkeel.dataplane.transport.CannotListenException;
import io.evenkeel.dataplane.transport.CannotListenException.Reason;
import io.evenkeel.dataplane.transport.DatagramPort;
import io.evenkeel.dataplane.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A bound UDP address: one socket on each loop. */
public final class EpollDatagramPort implements Transport.ListeningPort {

    private final List<LoopDatagrams> loops;
    private final Consumer<EpollDatagramPort> onClose;
    private final List<Side> sides = new ArrayList<>();
    private InetSocketAddress localAddress = new InetSocketAddress(0);

    private record Side(LoopDatagrams loop, PortSide socket) {}

    public EpollDatagramPort(List<LoopDatagrams> loops, Consumer<EpollDatagramPort> onClose) {
        this.loops = List.copyOf(loops);
        this.onClose = onClose;
    }

    /**
     * The first socket is bound as the only one there may be: this fails when anyone, another process of ours
     * included, has the address. Only then it lets the sockets of the other loops in. Off the loops.
     */
    public void open(InetSocketAddress address, DatagramPort.Opener opener) throws CannotListenException {
        try {
            var first = bind(loops.getFirst(), address, false);
            localAddress = first.localAddress();
            loops.getFirst().loopCalls().call(first::share);
            for (var loop : loops.subList(1, loops.size())) {
                bind(loop, localAddress, true);
            }
            // Nothing is read before every loop has its socket: a client's datagrams are to come to one loop.
            for (var side : sides) {
                side.loop.loopCalls().call(() -> side.socket.start(opener));
            }
        } catch (CannotListenException failure) {
            closeAll();
            throw failure;
        } catch (IOException failure) {
            closeAll();
            throw new CannotListenException(address, Reason.OTHER, failure);
        }
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

    private PortSide bind(LoopDatagrams loop, InetSocketAddress address, boolean isShared) throws IOException {
        var socket = loop.loopCalls().call(() -> new PortSide(loop, address, isShared));
        sides.add(new Side(loop, socket));
        return socket;
    }

    private void closeAll() {
        sides.forEach(side -> side.loop.loop().execute(side.socket::close));
        if (loops.stream().noneMatch(side -> side.loop().isCurrentThread())) {
            loops.forEach(side -> side.loopCalls().awaitTasks());
        }
    }
}
