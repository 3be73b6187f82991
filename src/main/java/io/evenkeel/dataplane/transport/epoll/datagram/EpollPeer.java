package io.evenkeel.dataplane.transport.epoll.datagram;

import io.evenkeel.dataplane.transport.DatagramPeer;
import io.evenkeel.dataplane.transport.epoll.linux.EpollEvents;
import io.evenkeel.dataplane.transport.epoll.linux.Errno;
import io.evenkeel.dataplane.transport.epoll.linux.Libc;
import io.evenkeel.dataplane.transport.epoll.linux.Sockets;
import io.evenkeel.dataplane.transport.epoll.turn.Poller;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/** A connected UDP socket. */
final class EpollPeer implements DatagramPeer, Poller.Pollable {

    private final LoopDatagrams datagrams;
    private final Libc libc;
    private final int fd;
    private final InetSocketAddress remoteAddress;
    private final DatagramPeer.Handler handler;
    private final long key;
    private boolean isClosed;

    private EpollPeer(LoopDatagrams datagrams, int fd, InetSocketAddress remoteAddress, DatagramPeer.Handler handler)
            throws IOException {
        this.datagrams = datagrams;
        this.libc = datagrams.sockets().libc();
        this.fd = fd;
        this.remoteAddress = remoteAddress;
        this.handler = handler;
        key = datagrams.poller().add(fd, EpollEvents.IN, this);
    }

    static EpollPeer open(LoopDatagrams datagrams, InetSocketAddress target, DatagramPeer.Handler handler)
            throws IOException {
        var sockets = datagrams.sockets();
        int fd = Sockets.require(sockets.openDatagrams(target), "socket");
        try {
            Sockets.require(sockets.connect(fd, target), "connect to " + target);
            return new EpollPeer(datagrams, fd, target, handler);
        } catch (IOException | RuntimeException failure) {
            sockets.libc().close(fd);
            throw failure;
        }
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    @Override
    public boolean send(MemorySegment bytes) {
        if (isClosed) {
            return false;
        }
        var sendable = datagrams.sendable(bytes);
        long sent = libc.send(fd, sendable);
        if (Errno.isUnreachable((int) -sent)) {
            // That was said of an earlier datagram, and this one has not left yet.
            tellLater((int) -sent);
            sent = libc.send(fd, sendable);
        }
        return sent >= 0;
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            datagrams.poller().remove(key);
            libc.close(fd);
        }
    }

    /** Takes one datagram. If more are there, that is told again; looking for them costs as much. */
    @Override
    public void onEvents(int events) {
        long count = libc.receive(fd, datagrams.readBuffer());
        if (count >= 0) {
            var bytes = datagrams.read(count);
            LoopDatagrams.runLogged(() -> handler.onDatagram(bytes));
        } else {
            tellLater((int) -count);
        }
    }

    @Override
    public void end() {
        close();
    }

    private void tellLater(int errno) {
        if (Errno.isUnreachable(errno)) {
            datagrams.loop().execute(() -> {
                if (!isClosed) {
                    handler.onUnreachable(Errno.toException(errno, "datagram to " + remoteAddress));
                }
            });
        }
    }
}
