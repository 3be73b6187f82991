package io.evenkeel.dataplane.transport.epoll;

import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.DatagramPeer;
import io.evenkeel.dataplane.transport.EventLoop;
import io.evenkeel.dataplane.transport.TransportOptions;
import io.evenkeel.dataplane.transport.epoll.datagram.LoopDatagrams;
import io.evenkeel.dataplane.transport.epoll.turn.LoopCalls;
import io.evenkeel.dataplane.transport.epoll.turn.Mailbox;
import io.evenkeel.dataplane.transport.epoll.turn.Poller;
import io.evenkeel.dataplane.transport.epoll.turn.TimerHeap;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that turns: it takes what its epoll reports, then what connections left for the end of the turn, then the
 * timers that are due, then the tasks from outside. It reads the clock once a turn.
 */
final class EpollLoop implements EventLoop {

    private static final Logger log = LoggerFactory.getLogger(EpollLoop.class);
    // Of those from outside, and of timers.
    private static final int TASKS_PER_TURN = 256;
    // How long a busy loop leaves a new connection without events.
    private static final long REGISTER_AFTER_NANOS = 1_000_000;
    // Enough for what the last calls of handlers leave behind.
    private static final int LAST_TURNS = 1_000;

    private final int index;
    private final LoopResources resources;
    private final Poller poller;
    private final Mailbox mailbox;
    private final LoopDatagrams datagrams;
    private final TimerHeap timers = new TimerHeap();
    private final ArrayDeque<EpollConnection> unregistered = new ArrayDeque<>();
    private final LoopCalls calls;
    private final Thread thread;
    private long nowNanos = System.nanoTime();
    private boolean isEnding;

    EpollLoop(int index, TransportOptions options) throws IOException {
        this.index = index;
        var arena = Arena.ofAuto();
        resources = new LoopResources(options, arena);
        poller = new Poller(resources.libc(), arena);
        mailbox = new Mailbox();
        calls = new LoopCalls(mailbox);
        datagrams = new LoopDatagrams(this, calls, poller, resources.sockets(), arena);
        poller.addWakeUps(mailbox.eventFd());
        thread = Thread.ofPlatform().daemon().name("evenkeel-loop-" + index).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public boolean isCurrentThread() {
        return Thread.currentThread().equals(thread);
    }

    @Override
    public void execute(Runnable task) {
        calls.post(task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        return timers.add(nowNanos + delay.toNanos(), task);
    }

    @Override
    public long nanoTime() {
        return nowNanos;
    }

    @Override
    public void connect(InetSocketAddress target, Duration timeout, ConnectionHandler handler) {
        if (!isCurrentThread()) {
            execute(() -> connect(target, timeout, handler));
            return;
        }
        try {
            if (isEnding) {
                throw new IOException("The transport was closed");
            }
            Connecting.start(this, target, timeout, handler);
        } catch (IOException failure) {
            execute(() -> handler.onConnectFailed(failure));
        }
    }

    @Override
    public DatagramPeer connectDatagrams(InetSocketAddress target, DatagramPeer.Handler handler) throws IOException {
        return datagrams.connect(target, handler);
    }

    LoopDatagrams datagrams() {
        return datagrams;
    }

    LoopResources resources() {
        return resources;
    }

    Poller poller() {
        return poller;
    }

    /** The connection gets events before this loop sleeps, or after a millisecond. */
    void registerSoon(EpollConnection connection) {
        unregistered.add(connection);
    }

    /** For other threads. */
    LoopCalls calls() {
        return calls;
    }

    /** Ends every connection and port, then the thread. */
    void stop() {
        execute(() -> isEnding = true);
    }

    void runLogged(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error failure) {
            logFailure(failure);
        } finally {
            resources.stage().settle();
        }
    }

    private static void logFailure(Throwable failure) {
        try {
            log.atError().setCause(failure).log("A task of an event loop failed");
        } catch (RuntimeException | Error nothingToBeDone) {
            // Without memory or descriptors even the log may fail: the loop turns on.
        }
    }

    private void run() {
        while (!isEnding) {
            try {
                turn();
            } catch (RuntimeException | Error failure) {
                logFailure(failure);
            }
        }
        try {
            runLogged(this::endAll);
            resources.pipes().close();
            mailbox.close();
            poller.close();
        } finally {
            calls.end();
        }
    }

    /** For the loop's thread, or the one that has it while it is not started. */
    void turn() {
        int count = awaitEvents();
        nowNanos = System.nanoTime();
        poller.dispatch(count);
        resources.endOfTurn().serve();
        runTimers();
        runTasks();
    }

    private int awaitEvents() {
        registerBornBefore(nowNanos - REGISTER_AFTER_NANOS);
        int timeoutMillis = resources.endOfTurn().isEmpty() ? millisToNextTimer() : 0;
        if (timeoutMillis == 0) {
            return poller.poll(0);
        }
        if (!unregistered.isEmpty()) {
            int count = poller.poll(0);
            if (count > 0 || !mailbox.isEmpty()) {
                return count;
            }
            registerBornBefore(nowNanos);
        }
        if (!mailbox.fallAsleep()) {
            return poller.poll(0);
        }
        try {
            return poller.poll(timeoutMillis);
        } finally {
            mailbox.wakeUp();
        }
    }

    private void registerBornBefore(long nanos) {
        for (var first = unregistered.peek();
                first != null && first.bornNanos() - nanos <= 0;
                first = unregistered.peek()) {
            unregistered.remove().register();
        }
    }

    private int millisToNextTimer() {
        if (timers.isEmpty()) {
            return -1;
        }
        long nanos = Math.max(0, timers.firstDueNanos() - nowNanos);
        return (int) Math.min(Math.ceilDiv(nanos, 1_000_000L), Integer.MAX_VALUE);
    }

    private void runTimers() {
        var task = timers.takeDue(nowNanos);
        for (int ran = 1; task != null; ran++) {
            runLogged(task);
            task = ran < TASKS_PER_TURN ? timers.takeDue(nowNanos) : null;
        }
    }

    private void runTasks() {
        var task = mailbox.take();
        for (int ran = 1; task != null; ran++) {
            runLogged(task);
            task = ran < TASKS_PER_TURN ? mailbox.take() : null;
        }
    }

    private void endAll() {
        var endOfTurn = resources.endOfTurn();
        for (int i = 0; i < LAST_TURNS && (i == 0 || !endOfTurn.isEmpty() || !mailbox.isEmpty()); i++) {
            registerBornBefore(nowNanos);
            poller.all().forEach(Poller.Pollable::end);
            endOfTurn.serve();
            runTasks();
        }
    }
}
