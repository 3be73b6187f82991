package io.evenkeel.dataplane.health.socket;

import io.evenkeel.dataplane.transport.epoll.linux.EpollEvents;
import io.evenkeel.dataplane.transport.epoll.linux.Errno;
import io.evenkeel.dataplane.transport.epoll.linux.SocketOption;
import io.evenkeel.dataplane.transport.epoll.linux.Sockets;
import io.evenkeel.dataplane.transport.epoll.turn.Poller;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Watched from its connect on, for every kind of event, so that no later call has to say what is waited for. */
final class EpollSocket implements CheckSocket, Poller.Pollable {

    private static final int BROKEN = EpollEvents.ERROR | EpollEvents.HANGUP;
    private static final long NOT_WATCHED = -1;

    private final EpollSockets owner;
    private final int fd;
    private final InetSocketAddress peer;
    private final boolean isStream;
    private final CheckSockets.Watcher watcher;
    private long key = NOT_WATCHED;
    private int events;

    EpollSocket(EpollSockets owner, int fd, InetSocketAddress peer, boolean isStream, CheckSockets.Watcher watcher) {
        this.owner = owner;
        this.fd = fd;
        this.peer = peer;
        this.isStream = isStream;
        this.watcher = watcher;
    }

    @Override
    public boolean connect() throws IOException {
        if (isStream) {
            owner.sockets().resetOnClose(fd);
        }
        int result = owner.sockets().connect(fd, peer);
        if (result != -Errno.EINPROGRESS) {
            Sockets.require(result, what());
        }
        key = owner.poller().add(fd, Poller.ALL_BY_EDGE, this);
        return result >= 0;
    }

    @Override
    public boolean finishConnect() throws IOException {
        int errno = (events & BROKEN) == 0 ? 0 : owner.sockets().takeError(fd);
        if (errno != 0) {
            throw Errno.toException(errno, what());
        }
        return (events & EpollEvents.OUT) != 0;
    }

    @Override
    public boolean isConnectedToItself() {
        return owner.sockets().localAddress(fd).equals(peer);
    }

    @Override
    public void setNoDelay() throws IOException {
        Sockets.require(owner.sockets().set(fd, SocketOption.TCP_NODELAY, 1), "TCP_NODELAY");
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        long most = Math.min(into.remaining(), owner.scratch().byteSize());
        var read = owner.scratch().asSlice(0, most);
        int count = count(owner.sockets().libc().receive(fd, read), "receive from");
        if (count > 0) {
            into.put(read.asSlice(0, count).asByteBuffer());
        }
        return count == 0 && isStream && most > 0 ? END : count;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int written = 0;
        while (bytes.hasRemaining()) {
            var next = owner.scratch()
                    .asSlice(0, Math.min(bytes.remaining(), owner.scratch().byteSize()));
            next.copyFrom(MemorySegment.ofBuffer(bytes).asSlice(0, next.byteSize()));
            int count = count(owner.sockets().libc().send(fd, next), "send to");
            if (count == NOT_YET) {
                return written;
            }
            bytes.position(bytes.position() + count);
            written += count;
        }
        return written;
    }

    private int count(long result, String what) throws IOException {
        if (result == -Errno.EAGAIN) {
            return NOT_YET;
        } else if (result < 0) {
            throw Errno.toException((int) -result, what + " " + peer);
        }
        return (int) result;
    }

    @Override
    public void awaitRoom(boolean isWanted) {
        // It is always told.
    }

    @Override
    public void close() {
        if (key != NOT_WATCHED) {
            owner.poller().remove(key);
        }
        owner.sockets().libc().close(fd);
    }

    @Override
    public void onEvents(int happened) {
        events |= happened;
        watcher.onReady();
    }

    @Override
    public void end() {
        // The owner's check closes it.
    }

    private String what() {
        return "connect to " + peer;
    }
}
