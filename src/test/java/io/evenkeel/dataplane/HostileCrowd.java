package io.evenkeel.dataplane;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Many connections that all do the same evil; who is thrown out comes again. One thread. */
final class HostileCrowd implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(100);
    private static final int SMALL_WINDOW = 4 << 10;

    /**
     * @param size how many connections
     * @param perTick how many of them may come every 100 ms
     * @param opening what each sends at first
     * @param more what each sends every 100 ms
     * @param reads whether it takes the answers
     */
    record Plan(String name, int size, int perTick, String opening, String more, boolean reads) {}

    private final Plan plan;
    private final InetSocketAddress target;
    private final ByteBuffer opening;
    private final ByteBuffer more;
    private final ByteBuffer taken = ByteBuffer.allocateDirect(64 << 10);
    private final List<SocketChannel> members = new ArrayList<>();
    private final Thread thread = Thread.ofPlatform().unstarted(this::run);
    private volatile boolean isStopped;
    private final AtomicInteger thrownOut = new AtomicInteger();

    private HostileCrowd(Plan plan, WorkerChild worker) {
        this.plan = plan;
        this.target = new InetSocketAddress(InetAddress.ofLiteral(worker.vip), WorkerChild.PORT);
        this.opening = ByteBuffer.wrap(plan.opening().getBytes(US_ASCII));
        this.more = ByteBuffer.wrap(plan.more().getBytes(US_ASCII));
    }

    static HostileCrowd start(Plan plan, WorkerChild worker) {
        var crowd = new HostileCrowd(plan, worker);
        crowd.thread.start();
        return crowd;
    }

    /** How many connections the worker has ended so far. */
    int thrownOut() {
        return thrownOut.get();
    }

    /** From now on it only stays connected. */
    void fallSilent() {
        isStopped = true;
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        for (long due = System.nanoTime(); !isStopped; due += TICK.toNanos()) {
            for (int i = 0; i < plan.perTick() && members.size() < plan.size(); i++) {
                join();
            }
            members.removeIf(member -> !isStillIn(member));
            LockSupport.parkNanos(due + TICK.toNanos() - System.nanoTime());
        }
    }

    private void join() {
        try {
            var member = SocketChannel.open();
            if (!plan.reads()) {
                member.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_WINDOW);
            }
            member.setOption(StandardSocketOptions.SO_LINGER, 0);
            member.connect(target);
            member.configureBlocking(false);
            members.add(member);
            member.write(opening.duplicate());
        } catch (IOException failure) {
            thrownOut.incrementAndGet();
        }
    }

    private boolean isStillIn(SocketChannel member) {
        try {
            member.write(more.duplicate());
            int count = plan.reads() ? member.read(taken.clear()) : 0;
            if (count >= 0) {
                return true;
            }
            member.close();
        } catch (IOException reset) {
            closeQuietly(member);
        }
        thrownOut.incrementAndGet();
        return false;
    }

    private static void closeQuietly(SocketChannel member) {
        try {
            member.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        fallSilent();
        members.forEach(HostileCrowd::closeQuietly);
    }
}
