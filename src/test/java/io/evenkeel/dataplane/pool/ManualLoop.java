package io.evenkeel.dataplane.pool;

import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.DatagramPeer;
import io.evenkeel.dataplane.transport.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/** An event loop whose turns a test takes itself: what was submitted runs in {@link #turn}, on the caller's thread. */
public final class ManualLoop implements EventLoop {

    private final int index;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private volatile boolean isInTurn;

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

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        throw new UnsupportedOperationException("a pool needs no timers");
    }

    @Override
    public long nanoTime() {
        throw new UnsupportedOperationException("a pool needs no clock");
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
