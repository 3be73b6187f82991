package io.evenkeel.bench.controlplane;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/** Some clients who call for a while, each as soon as its last call was answered. */
final class Round {

    private static final int FEWEST_CALLS = 20;

    private Round() {}

    static Figures run(Operation operation, int clients, Duration duration, Callable<? extends Client> connect)
            throws InterruptedException {
        try (var threads = Executors.newFixedThreadPool(clients)) {
            var open = new ArrayList<Client>();
            for (int i = 0; i < clients; i++) {
                open.add(connect.call());
            }
            long begun = System.nanoTime();
            long deadline = begun + duration.toNanos();
            var results = new ArrayList<Future<long[]>>();
            for (var client : open) {
                results.add(threads.submit(() -> calls(operation, client, deadline, FEWEST_CALLS / clients)));
            }
            var nanos = new long[0];
            for (var result : results) {
                var own = result.get();
                int at = nanos.length;
                nanos = Arrays.copyOf(nanos, at + own.length);
                System.arraycopy(own, 0, nanos, at, own.length);
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            for (var client : open) {
                client.close();
            }
            return Figures.of(nanos, seconds);
        } catch (ExecutionException e) {
            throw new IllegalStateException(operation.name(), e.getCause());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(operation.name(), e);
        }
    }

    private static long[] calls(Operation operation, Client client, long deadline, int fewest) throws Exception {
        var random = ThreadLocalRandom.current();
        var nanos = new long[1 << 10];
        int count = 0;
        while (System.nanoTime() < deadline || count < fewest) {
            client.prepare(operation.calls().apply(random));
            long begun = System.nanoTime();
            client.run();
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = System.nanoTime() - begun;
        }
        return Arrays.copyOf(nanos, count);
    }
}
