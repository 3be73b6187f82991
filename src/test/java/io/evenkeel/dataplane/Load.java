package io.evenkeel.dataplane;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that send requests, each on one connection after the other, until they are stopped. */
final class Load implements AutoCloseable {

    private static final int REQUESTS_A_CONNECTION = 50;

    private final AtomicInteger answered = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean isStopped;

    Load(String vip, int port, int count) {
        for (int i = 0; i < count; i++) {
            clients.add(Thread.ofVirtual().start(() -> run(vip, port)));
        }
    }

    int answered() {
        return answered.get();
    }

    /** Answers other than 200, and broken connections. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    private void run(String vip, int port) {
        while (!isStopped) {
            try (var client = new TestClient(vip, port)) {
                for (int i = 0; i < REQUESTS_A_CONNECTION && !isStopped; i++) {
                    var answer = client.get("/");
                    answered.incrementAndGet();
                    if (answer.code() != 200) {
                        failures.add(answer.toString());
                    }
                }
            } catch (IOException e) {
                failures.add(e.toString());
            }
        }
    }

    @Override
    public void close() {
        isStopped = true;
        await().until(() -> clients.stream().noneMatch(Thread::isAlive));
    }
}
