package io.evenkeel.dataplane;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that behave: some ask at a steady pace on connections they keep, one comes anew for each request. Threads of
 * their own, so that what else this process does does not keep them waiting.
 */
final class HonestClients {

    private static final int KEPT = 10;
    private static final Duration PACE = Duration.ofMillis(20);

    /** Response times in microseconds; a failure is an answer other than 200, or none. */
    record Measured(int requests, int failures, long p50, long p99) {}

    private final WorkerChild worker;
    private final long endsAt;
    private final Queue<Long> micros = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failures = new AtomicInteger();

    private HonestClients(WorkerChild worker, Duration time) {
        this.worker = worker;
        this.endsAt = System.nanoTime() + time.toNanos();
    }

    static Measured ask(WorkerChild worker, Duration time) throws InterruptedException {
        var clients = new HonestClients(worker, time);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < KEPT; i++) {
            threads.add(Thread.ofPlatform().start(clients::askOnOneConnection));
        }
        threads.add(Thread.ofPlatform().start(clients::comeAnew));
        for (var thread : threads) {
            thread.join();
        }
        return clients.measured();
    }

    private void askOnOneConnection() {
        try (var client = new TestClient(worker.vip, WorkerChild.PORT)) {
            client.get("/");
            for (long due = System.nanoTime(); due < endsAt; due += PACE.toNanos()) {
                awaitTime(due);
                ask(client);
            }
        } catch (IOException failure) {
            failures.incrementAndGet();
        }
    }

    private void comeAnew() {
        for (long due = System.nanoTime(); due < endsAt; due += PACE.toNanos()) {
            awaitTime(due);
            try (var client = new TestClient(worker.vip, WorkerChild.PORT)) {
                ask(client);
            } catch (IOException failure) {
                failures.incrementAndGet();
            }
        }
    }

    private void ask(TestClient client) throws IOException {
        long start = System.nanoTime();
        if (client.get("/").code() != 200) {
            failures.incrementAndGet();
        }
        micros.add((System.nanoTime() - start) / 1_000);
    }

    private static void awaitTime(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private Measured measured() {
        List<Long> sorted = micros.stream().sorted().toList();
        int last = sorted.size() - 1;
        return new Measured(
                sorted.size(), failures.get(), sorted.get(last / 2), sorted.get(Math.toIntExact(last * 99L / 100)));
    }
}
