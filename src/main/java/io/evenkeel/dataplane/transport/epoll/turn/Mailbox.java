package io.evenkeel.dataplane.transport.epoll.turn;

import io.evenkeel.dataplane.transport.epoll.linux.Libc;
import io.evenkeel.dataplane.transport.epoll.linux.Sockets;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Tasks for a loop from any thread, in order. A loop that is awake is not woken, which would cost a system call. */
public final class Mailbox {

    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isAsleep = new AtomicBoolean();
    // For those who wake; under the lock, as is the descriptor: a number that was closed is soon someone else's.
    private final Libc libc = new Libc(Arena.ofAuto());
    private final int eventFd;
    private boolean isClosed;

    public Mailbox() throws IOException {
        eventFd = Sockets.require(libc.eventFd(), "eventfd");
    }

    /** Becomes readable when a sleeping loop is to wake. */
    public int eventFd() {
        return eventFd;
    }

    public void post(Runnable task) {
        tasks.add(task);
        if (isAsleep.get() && isAsleep.compareAndSet(true, false)) {
            wake();
        }
    }

    @Nullable
    public Runnable take() {
        return tasks.poll();
    }

    public boolean isEmpty() {
        return tasks.isEmpty();
    }

    /** False when there is a task, and the loop must not sleep. */
    public boolean fallAsleep() {
        isAsleep.set(true);
        if (tasks.isEmpty()) {
            return true;
        }
        isAsleep.set(false);
        return false;
    }

    public void wakeUp() {
        isAsleep.set(false);
    }

    public synchronized void close() {
        isClosed = true;
        libc.close(eventFd);
    }

    private synchronized void wake() {
        if (!isClosed) {
            libc.signal(eventFd);
        }
    }
}
