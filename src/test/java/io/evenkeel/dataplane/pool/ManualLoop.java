package io.evenkeel.dataplane.pool;

import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.DatagramPeer;
import io.evenkeel.dataplane.transport.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/** An event loop whose turns a test takes itself: what was submitted runs in {@link #turn}, on the caller's thread. */
public final class ManualLoop implements EventLoop {

    private final int index;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<Due> timers = new ArrayList<>();
    private volatile boolean isInTurn;
    private long now;

    private record Due(long at, Runnable task) {}

    public ManualLoop(int index) {
        this.index = index;
    }

    static List<ManualLoop> many(int count) {
        return IntStream.range(0, count).mapToObj(ManualLoop::new).toList();
    }

    void turn() {
        isInTurn = true;
        for (var task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        isInTurn = false;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public boolean isCurrentThread() {
        return isInTurn;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** The clock moves on, and what is due by then runs. */
    void pass(Duration time) {
        now += time.toNanos();
        for (var due : List.copyOf(timers)) {
            if (due.at <= now && timers.remove(due)) {
                due.task.run();
            }
        }
    }

    int timers() {
        return timers.size();
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        var due = new Due(now + delay.toNanos(), task);
        timers.add(due);
        return () -> timers.remove(due);
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public void connect(InetSocketAddress target, Duration timeout, ConnectionHandler handler) {
        throw new UnsupportedOperationException("a pool opens no connections");
    }

    @Override
    public DatagramPeer connectDatagrams(InetSocketAddress target, DatagramPeer.Handler handler) {
        throw new UnsupportedOperationException("a pool sends no datagrams");
    }
}
