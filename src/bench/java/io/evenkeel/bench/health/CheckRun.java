package io.evenkeel.bench.health;

import io.evenkeel.dataplane.health.HealthChecker;
import io.evenkeel.dataplane.health.HealthState;
import io.evenkeel.dataplane.health.schedule.CheckFigures;
import io.evenkeel.desiredstate.Algorithm;
import io.evenkeel.desiredstate.DesiredHealthMonitor;
import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.PoolProtocol;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/** One checker over so many members of one kind: started, warmed up, measured, closed. */
final class CheckRun {

    static final String HEADING = """
            | check | targets | every | asked /s | done /s | CPU-µs a check | of one core | late p50 / p99 / max ms | checks a target | changes |
            | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
            """;

    private static final int MEMBERS_A_POOL = 1_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration UNTIL_ALL_ARE_IN = Duration.ofMinutes(3);

    private final DesiredHealthMonitor.Type type;
    private final int firstPort;
    private final int targets;
    private final int delaySeconds;
    private final AtomicInteger changes = new AtomicInteger();
    private final HealthChecker checker =
            new HealthChecker((poolId, memberId) -> changes.incrementAndGet(), InstantSource.system());

    /** A moment of the run. Times in nanoseconds. */
    private record Moment(long at, long cpu, CheckFigures figures) {}

    CheckRun(DesiredHealthMonitor.Type type, int firstPort, int targets, int delaySeconds) {
        this.type = type;
        this.firstPort = firstPort;
        this.targets = targets;
        this.delaySeconds = delaySeconds;
    }

    String measure(int seconds) throws InterruptedException {
        try (checker) {
            checker.start();
            var pools = new ArrayList<UUID>();
            for (int from = 0; from < targets; from += MEMBERS_A_POOL) {
                var pool = pool(from, Math.min(targets, from + MEMBERS_A_POOL));
                pools.add(pool.id());
                checker.update(pool);
            }
            awaitAllIn(pools);
            // For the compiler, and until those that were checked when they came have found their places.
            Thread.sleep(Duration.ofSeconds(2L * delaySeconds));
            int before = changes.get();
            var start = now();
            Thread.sleep(Duration.ofSeconds(seconds));
            return line(start, now(), changes.get() - before);
        }
    }

    private void awaitAllIn(List<UUID> pools) throws InterruptedException {
        long end = System.nanoTime() + UNTIL_ALL_ARE_IN.toNanos();
        while (pools.stream().mapToLong(this::online).sum() < targets) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("Not all of " + targets + " members are online");
            }
            Thread.sleep(500);
        }
    }

    private long online(UUID poolId) {
        return checker.states(poolId).values().stream()
                .filter(HealthState::isOnline)
                .count();
    }

    private Moment now() {
        return new Moment(System.nanoTime(), cpuOfChecker(), checker.figures());
    }

    private static long cpuOfChecker() {
        var threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(info -> info != null && info.getThreadName().equals("evenkeel-health"))
                .mapToLong(info -> threads.getThreadCpuTime(info.getThreadId()))
                .sum();
    }

    private String line(Moment start, Moment end, int changed) {
        double seconds = (end.at - start.at) / 1e9;
        double cpu = (end.cpu - start.cpu) / 1e9;
        long done = end.figures.started() - start.figures.started();
        var late = difference(end.figures.startedByLateness(), start.figures.startedByLateness());
        var each = difference(end.figures.checksByTarget(), start.figures.checksByTarget());
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %d s | %,d | %,.0f | %.1f | %.0f %% | %d / %d / %d | %d to %d | %d |",
                type,
                targets,
                delaySeconds,
                targets / delaySeconds,
                done / seconds,
                cpu * 1e6 / done,
                100 * cpu / seconds,
                quantile(late, 0.5),
                quantile(late, 0.99),
                quantile(late, 1),
                LongStream.of(each).min().orElseThrow(),
                LongStream.of(each).max().orElseThrow(),
                changed);
    }

    private static long[] difference(List<Long> end, List<Long> start) {
        var difference = new long[end.size()];
        Arrays.setAll(difference, i -> end.get(i) - start.get(i));
        return difference;
    }

    /** The number of milliseconds that so many checks were no later than. */
    private static int quantile(long[] byMillis, double part) {
        long wanted = (long) Math.ceil(part * LongStream.of(byMillis).sum());
        int millis = 0;
        for (long seen = byMillis[0]; seen < wanted; seen += byMillis[millis]) {
            millis++;
        }
        return millis;
    }

    private DesiredPool pool(int from, int to) {
        var members = new ArrayList<DesiredMember>();
        for (int i = from; i < to; i++) {
            var address = "127.%d.%d.%d".formatted(64 + (i >> 16), (i >> 8) & 255, i & 255);
            members.add(new DesiredMember(UUID.randomUUID(), address, port(), 1, "az-1", true));
        }
        return new DesiredPool(
                UUID.randomUUID(),
                1,
                "project",
                true,
                true,
                type == DesiredHealthMonitor.Type.UDP_CONNECT ? PoolProtocol.UDP : PoolProtocol.TCP,
                Algorithm.ROUND_ROBIN,
                false,
                Optional.of(monitor()),
                members);
    }

    private int port() {
        return firstPort + (type == DesiredHealthMonitor.Type.TCP ? 0 : type == DesiredHealthMonitor.Type.HTTP ? 1 : 2);
    }

    private DesiredHealthMonitor monitor() {
        return new DesiredHealthMonitor(
                UUID.randomUUID(),
                type,
                Duration.ofSeconds(delaySeconds),
                TIMEOUT,
                3,
                3,
                Optional.empty(),
                Optional.empty(),
                "/health",
                "GET",
                "200");
    }
}
