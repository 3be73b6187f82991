package io.evenkeel.dataplane.transport.epoll;

import io.evenkeel.dataplane.transport.CannotListenException;
import io.evenkeel.dataplane.transport.Transport;
import io.evenkeel.dataplane.transport.epoll.linux.EpollEvents;
import io.evenkeel.dataplane.transport.epoll.linux.Errno;
import io.evenkeel.dataplane.transport.epoll.linux.SocketOption;
import io.evenkeel.dataplane.transport.epoll.linux.Sockets;
import io.evenkeel.dataplane.transport.epoll.turn.Poller;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One loop's socket of a listening address. For the loop's thread alone. */
final class ListeningSocket implements Poller.Pollable {

    private static final Logger log = LoggerFactory.getLogger(ListeningSocket.class);

    // The system cuts it down to net.core.somaxconn.
    private static final int BACKLOG = 65_535;
    // Some 250 µs, where each brings its first request.
    private static final int ACCEPTS_PER_TURN = 16;
    // The least that the system knows; silent clients are accepted after the first SYN-ACK that is sent again.
    private static final int SILENT_SECONDS = 1;
    private static final int FIRST_UNSENT_BYTES = 128 << 10;
    private static final Duration REST = Duration.ofMillis(100);

    private final EpollLoop loop;
    private final Sockets sockets;
    private final int fd;
    private final Transport.Acceptor acceptor;
    private long key;
    private boolean isAccepting;
    private boolean isClosed;

    /** @param isShared whether other sockets of ours listen on the address already */
    ListeningSocket(EpollLoop loop, InetSocketAddress address, boolean isShared, Transport.Acceptor acceptor)
            throws IOException {
        this.loop = loop;
        this.sockets = loop.resources().sockets();
        this.acceptor = acceptor;
        fd = Sockets.require(sockets.open(address), "socket");
        try {
            // As everyone does: connections of before, in TIME_WAIT, do not keep the address.
            Sockets.require(sockets.set(fd, SocketOption.REUSE_ADDRESS, 1), "SO_REUSEADDR");
            // What it accepts inherits it.
            Sockets.require(sockets.set(fd, SocketOption.TCP_NODELAY, 1), "TCP_NODELAY");
            // That too, until the client has shown that it reads: else megabytes are copied for one that never does.
            Sockets.require(sockets.set(fd, SocketOption.TCP_NOTSENT_LOWAT, FIRST_UNSENT_BYTES), "TCP_NOTSENT_LOWAT");
            if (acceptor.clientSpeaksFirst()) {
                // The first request is there on accepting, which saves a turn of the loop for each connection.
                Sockets.require(sockets.set(fd, SocketOption.TCP_DEFER_ACCEPT, SILENT_SECONDS), "TCP_DEFER_ACCEPT");
            }
            if (isShared) {
                share();
            }
            requireAddress(sockets.bind(fd, address), address, "bind");
            requireAddress(sockets.libc().listen(fd, BACKLOG), address, "listen");
        } catch (IOException failure) {
            sockets.libc().close(fd);
            throw failure;
        }
    }

    EpollLoop loop() {
        return loop;
    }

    /** Lets further sockets of ours listen on the same address. */
    int share() throws IOException {
        return Sockets.require(sockets.set(fd, SocketOption.REUSE_PORT, 1), "SO_REUSEPORT");
    }

    InetSocketAddress localAddress() {
        return sockets.localAddress(fd);
    }

    void startAccepting() {
        try {
            // By level: what is left after a turn is told again.
            key = loop.poller().add(fd, EpollEvents.IN, this);
            isAccepting = true;
        } catch (IOException failure) {
            rest(failure);
        }
    }

    @Override
    public void onEvents(int events) {
        for (int i = 0; i < ACCEPTS_PER_TURN && isAccepting; i++) {
            int accepted = sockets.accept(fd);
            if (accepted == -Errno.EAGAIN) {
                return;
            }
            if (accepted >= 0) {
                EpollConnection.accepted(loop, accepted, sockets.acceptedFrom(), acceptor);
            } else if (Errno.isExhaustion(-accepted)) {
                stopAccepting();
                rest(Errno.toException(-accepted, "accept"));
            }
            // Anything else is the trouble of a single connection that is gone already.
        }
    }

    /** Serves what had connected and frees the address. */
    void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        // Closing a socket resets what still waits in its queue.
        for (int i = 0; i < BACKLOG; i++) {
            int accepted = sockets.accept(fd);
            if (accepted >= 0) {
                EpollConnection.accepted(loop, accepted, sockets.acceptedFrom(), acceptor);
            } else if (accepted == -Errno.EAGAIN || Errno.isExhaustion(-accepted)) {
                break;
            }
        }
        stopAccepting();
        sockets.libc().close(fd);
    }

    @Override
    public void end() {
        close();
    }

    private void stopAccepting() {
        if (isAccepting) {
            isAccepting = false;
            loop.poller().removeOpen(key, fd);
        }
    }

    /** Mostly: no file descriptors left. Trying again at once would only burn the processor. */
    private void rest(IOException cause) {
        loop.schedule(REST, () -> {
            if (!isClosed) {
                startAccepting();
            }
        });
        log.atWarn().setCause(cause).log("Cannot accept connections, resting for {} ms", REST.toMillis());
    }

    private static void requireAddress(int result, InetSocketAddress address, String call)
            throws CannotListenException {
        if (result < 0) {
            throw new CannotListenException(address, Errno.bindReason(-result), Errno.toException(-result, call));
        }
    }
}
