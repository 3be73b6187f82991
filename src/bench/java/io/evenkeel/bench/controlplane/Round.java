package io.evenkeel.bench.controlplane;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.LongBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;

/** Some clients who call for a while, each as soon as its last call was answered. */
final class Round {

    private static final int FEWEST_CALLS = 20;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private record Calls(LongBuffer nanos, long cpuNanos) {}

    private Round() {}

    static Figures run(Operation operation, int clients, Duration duration, Callable<? extends Client> connect)
            throws InterruptedException {
        try (var threads = Executors.newFixedThreadPool(clients)) {
            var open = new ArrayList<Client>();
            for (int i = 0; i < clients; i++) {
                open.add(connect.call());
            }
            long cpu = PROCESS.getProcessCpuTime();
            long begun = System.nanoTime();
            long deadline = begun + duration.toNanos();
            var results = new ArrayList<Future<Calls>>();
            for (var client : open) {
                results.add(threads.submit(() -> calls(operation, client, deadline, FEWEST_CALLS / clients)));
            }
            var nanos = LongStream.builder();
            long clientsCpu = 0;
            for (var result : results) {
                var own = result.get();
                while (own.nanos().hasRemaining()) {
                    nanos.add(own.nanos().get());
                }
                clientsCpu += own.cpuNanos();
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            cpu = PROCESS.getProcessCpuTime() - cpu - clientsCpu;
            for (var client : open) {
                client.close();
            }
            return Figures.of(nanos.build().toArray(), seconds, cpu);
        } catch (ExecutionException e) {
            throw new IllegalStateException(operation.name(), e.getCause());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(operation.name(), e);
        }
    }

    private static Calls calls(Operation operation, Client client, long deadline, int fewest) throws Exception {
        var random = ThreadLocalRandom.current();
        var nanos = new long[1 << 10];
        int count = 0;
        long cpu = THREADS.getCurrentThreadCpuTime();
        while (System.nanoTime() < deadline || count < fewest) {
            client.prepare(operation.calls().apply(random));
            long begun = System.nanoTime();
            client.run();
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = System.nanoTime() - begun;
        }
        return new Calls(LongBuffer.wrap(nanos, 0, count), THREADS.getCurrentThreadCpuTime() - cpu);
    }
}
