package io.evenkeel.dataplane.health.socket;

import io.evenkeel.dataplane.transport.epoll.linux.Libc;
import io.evenkeel.dataplane.transport.epoll.linux.Sockets;
import io.evenkeel.dataplane.transport.epoll.turn.Mailbox;
import io.evenkeel.dataplane.transport.epoll.turn.Poller;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/** By epoll(7). A check over TCP needs six system calls, and a part of a wait. */
final class EpollSockets implements CheckSockets {

    /** What is read and written at a time. */
    private static final int SCRATCH_BYTES = 16 << 10;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Sockets sockets;
    private final Poller poller;
    private final Mailbox mailbox = new Mailbox();
    private final MemorySegment scratch;
    private int ready;

    EpollSockets() throws IOException {
        var arena = Arena.ofAuto();
        var libc = new Libc(arena);
        sockets = new Sockets(libc, arena);
        scratch = arena.allocate(SCRATCH_BYTES, 64);
        poller = new Poller(libc, arena);
        poller.addWakeUps(mailbox.eventFd());
    }

    Sockets sockets() {
        return sockets;
    }

    Poller poller() {
        return poller;
    }

    MemorySegment scratch() {
        return scratch;
    }

    @Override
    public CheckSocket stream(InetSocketAddress peer, Watcher watcher) throws IOException {
        return new EpollSocket(this, Sockets.require(sockets.open(peer), "socket"), peer, true, watcher);
    }

    @Override
    public CheckSocket datagrams(InetSocketAddress peer, Watcher watcher) throws IOException {
        return new EpollSocket(this, Sockets.require(sockets.openDatagrams(peer), "socket"), peer, false, watcher);
    }

    @Override
    public void await(long nanos) {
        long millis = Math.clamp((nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI, 0, Integer.MAX_VALUE);
        ready = poller.poll(millis > 0 && mailbox.fallAsleep() ? (int) millis : 0);
        mailbox.wakeUp();
        while (!mailbox.isEmpty()) {
            mailbox.take();
        }
    }

    @Override
    public void tell() {
        poller.dispatch(ready);
        ready = 0;
    }

    @Override
    public void wakeUp() {
        mailbox.post(() -> {});
    }

    @Override
    public void close() {
        mailbox.close();
        poller.close();
    }
}
