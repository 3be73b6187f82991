package io.evenkeel.dataplane.transport.epoll.datagram;

import static io.evenkeel.dataplane.transport.epoll.linux.ReceivedDatagrams.MAX;

import io.evenkeel.dataplane.transport.CannotListenException;
import io.evenkeel.dataplane.transport.DatagramPort;
import io.evenkeel.dataplane.transport.EventLoop;
import io.evenkeel.dataplane.transport.epoll.linux.EpollEvents;
import io.evenkeel.dataplane.transport.epoll.linux.Errno;
import io.evenkeel.dataplane.transport.epoll.linux.SentDatagrams;
import io.evenkeel.dataplane.transport.epoll.linux.SocketOption;
import io.evenkeel.dataplane.transport.epoll.linux.Sockets;
import io.evenkeel.dataplane.transport.epoll.turn.Poller;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** One loop's socket of a bound UDP address. For the loop's thread alone. */
final class PortSide implements DatagramPort, Poller.Pollable {

    // What is left is told again, after the others had their turn.
    private static final int READS_PER_TURN = 4;

    private final LoopDatagrams datagrams;
    private final Sockets sockets;
    private final int fd;
    private final InetSocketAddress localAddress;
    private DatagramPort.@Nullable Handler handler;
    private long key;
    private boolean isPolled;
    private boolean isClosed;

    /** @param isShared whether other sockets of ours have the address already */
    PortSide(LoopDatagrams datagrams, InetSocketAddress address, boolean isShared) throws IOException {
        this.datagrams = datagrams;
        this.sockets = datagrams.sockets();
        fd = Sockets.require(sockets.openDatagrams(address), "socket");
        try {
            if (isShared) {
                share();
            }
            int bound = sockets.bind(fd, address);
            if (bound < 0) {
                throw new CannotListenException(address, Errno.bindReason(-bound), Errno.toException(-bound, "bind"));
            }
        } catch (IOException failure) {
            sockets.libc().close(fd);
            throw failure;
        }
        localAddress = sockets.localAddress(fd);
    }

    /** Lets further sockets of ours have the same address. */
    int share() throws IOException {
        return Sockets.require(sockets.set(fd, SocketOption.REUSE_PORT, 1), "SO_REUSEPORT");
    }

    int start(DatagramPort.Opener opener) throws IOException {
        key = datagrams.poller().add(fd, EpollEvents.IN, this);
        isPolled = true;
        handler = opener.open(this);
        return fd;
    }

    @Override
    public EventLoop loop() {
        return datagrams.loop();
    }

    @Override
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    @Override
    public boolean send(MemorySegment bytes, InetSocketAddress to) {
        if (isClosed) {
            return false;
        }
        if (bytes.byteSize() <= SentDatagrams.MAX_BYTES) {
            datagrams.sendSoon(this, bytes, to);
            return true;
        }
        datagrams.flush();
        return datagrams.calls().send(fd, datagrams.sendable(bytes), to) >= 0;
    }

    void send(SentDatagrams waiting) {
        int refused = waiting.send(fd);
        if (refused > 0) {
            // Later, because this may be within a call of the handler.
            datagrams.loop().execute(() -> tellRefused(refused));
        }
    }

    private void tellRefused(int count) {
        var sender = handler;
        if (sender != null) {
            sender.onRefused(count);
        }
    }

    @Override
    public void onEvents(int events) {
        var received = datagrams.received();
        // An error tells of a datagram sent to a client that is gone; what is behind it is told again.
        for (int i = 0, count = MAX; i < READS_PER_TURN && count == MAX && !isClosed; i++) {
            count = received.receive(fd);
            for (int j = 0; j < count && !isClosed; j++) {
                tell(received.sender(j), received.bytes(j));
            }
        }
    }

    private void tell(InetSocketAddress from, MemorySegment bytes) {
        var receiver = handler;
        if (receiver != null) {
            LoopDatagrams.runLogged(() -> receiver.onDatagram(from, bytes));
        }
    }

    @Override
    public void end() {
        close();
    }

    void close() {
        if (isClosed) {
            return;
        }
        // Its number is soon another socket's.
        datagrams.flush();
        isClosed = true;
        var last = handler;
        handler = null;
        if (isPolled) {
            datagrams.poller().remove(key);
        }
        if (last != null) {
            LoopDatagrams.runLogged(last::onClosed);
        }
        sockets.libc().close(fd);
    }
}
