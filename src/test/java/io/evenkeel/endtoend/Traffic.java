package io.evenkeel.endtoend;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** One client that sends requests over one connection for as long as it is open, and counts what fails. */
final class Traffic implements AutoCloseable {
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final Thread thread;

    Traffic(String vip, int port) {
        thread = Thread.ofPlatform().name("traffic").start(() -> {
            while (!isOver.get()) {
                sendOverOneConnection(vip, port);
            }
        });
    }

    private void sendOverOneConnection(String vip, int port) {
        try (var client = new Client(vip, port)) {
            connections.incrementAndGet();
            while (!isOver.get()) {
                var answer = client.get("/");
                requests.incrementAndGet();
                if (answer.status() != 200) {
                    failures.merge(answer.status() + " " + answer.body(), 1, Integer::sum);
                }
            }
        } catch (IOException e) {
            failures.merge(String.valueOf(e), 1, Integer::sum);
        }
    }

    int requests() {
        return requests.get();
    }

    int connections() {
        return connections.get();
    }

    int failures() {
        return failures.values().stream().mapToInt(Integer::intValue).sum();
    }

    String firstFailure() {
        return failures.toString();
    }

    @Override
    public void close() {
        isOver.set(true);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
