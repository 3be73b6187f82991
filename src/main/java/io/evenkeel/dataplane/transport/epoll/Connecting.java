package io.evenkeel.dataplane.transport.epoll;

import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.EventLoop;
import io.evenkeel.dataplane.transport.epoll.linux.EpollEvents;
import io.evenkeel.dataplane.transport.epoll.linux.Errno;
import io.evenkeel.dataplane.transport.epoll.linux.Sockets;
import io.evenkeel.dataplane.transport.epoll.turn.Poller;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Duration;

/** An outgoing connection on its way. Once it is there, an {@link EpollConnection} takes its place in the epoll. */
final class Connecting implements Poller.Pollable {

    private static final int BROKEN = EpollEvents.ERROR | EpollEvents.HANGUP;

    private final EpollLoop loop;
    private final int fd;
    private final InetSocketAddress target;
    private final Duration timeout;
    private final ConnectionHandler handler;
    private final long key;
    private final EventLoop.Timer timer;

    private Connecting(EpollLoop loop, int fd, InetSocketAddress target, Duration timeout, ConnectionHandler handler)
            throws IOException {
        this.loop = loop;
        this.fd = fd;
        this.target = target;
        this.timeout = timeout;
        this.handler = handler;
        key = loop.poller().add(fd, Poller.ALL_BY_EDGE, this);
        timer = loop.schedule(timeout, this::onTimeout);
    }

    /** @throws IOException when it failed at once; the handler has heard nothing then */
    static void start(EpollLoop loop, InetSocketAddress target, Duration timeout, ConnectionHandler handler)
            throws IOException {
        var sockets = loop.resources().sockets();
        var what = "connect to " + target;
        int fd = Sockets.require(sockets.open(target), what);
        try {
            int result = sockets.connect(fd, target);
            if (result != -Errno.EINPROGRESS) {
                Sockets.require(result, what);
            }
            var _ = new Connecting(loop, fd, target, timeout, handler);
        } catch (IOException | RuntimeException failure) {
            loop.resources().libc().close(fd);
            throw failure;
        }
    }

    @Override
    public void onEvents(int events) {
        int errno = (events & BROKEN) == 0 ? 0 : loop.resources().sockets().takeError(fd);
        if (errno != 0) {
            fail(Errno.toException(errno, "connect to " + target));
        } else if ((events & EpollEvents.OUT) != 0) {
            timer.cancel();
            EpollConnection.connected(loop, fd, key, target, handler).onEvents(events & ~EpollEvents.OUT);
        }
    }

    @Override
    public void end() {
        fail(new IOException("The transport was closed"));
    }

    private void onTimeout() {
        fail(new ConnectException("Connection timed out after " + timeout.toMillis() + " ms: connect to " + target));
    }

    private void fail(IOException cause) {
        timer.cancel();
        loop.poller().remove(key);
        loop.resources().libc().close(fd);
        loop.runLogged(() -> handler.onConnectFailed(cause));
    }
}
