package io.evenkeel.dataplane.health.probe;

import io.evenkeel.dataplane.health.schedule.CheckFigures;
import io.evenkeel.dataplane.health.schedule.CheckSchedule;
import io.evenkeel.dataplane.health.schedule.LoopLag;
import io.evenkeel.dataplane.health.schedule.Slot;
import io.evenkeel.dataplane.health.socket.CheckSockets;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks targets over and over on a thread of its own and hands every result to one consumer, on that thread.
 * All methods may be called from any thread and take effect soon, in order.
 */
public final class Prober implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Prober.class);
    /** Of checks over TCP that are under way. */
    private static final int MAX_CONNECTIONS = 2_000;
    /** A healthy member may keep silent on UDP, which takes the whole timeout: many more wait at a time. */
    private static final int MAX_DATAGRAMS = 4_000;

    private static final int CONNECTION = 0;
    private static final int DATAGRAM = 1;
    /** Then answers are looked at before more is asked. */
    private static final int STARTED_PER_TURN = 64;
    /** While checks are under way the loop wakes at least this often, to notice that it was kept from running. */
    private static final long TICK = Duration.ofMillis(20).toNanos();
    /** A check that failed while the loop stood still this long says nothing about the member. */
    private static final long HOPELESSLY_LATE = Duration.ofSeconds(1).toNanos();

    private static final long IDLE = Duration.ofHours(1).toNanos();
    /** Own trouble comes in thousands: it is logged this often. */
    private static final long QUIET = Duration.ofSeconds(10).toNanos();

    private static final int LATE_MILLIS = 2_000;

    private final BiConsumer<CheckTarget, CheckResult> results;
    private final CheckSockets sockets;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("evenkeel-health").unstarted(this::run);
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final Map<CheckTarget, Slot<CheckTarget>> slots = new LinkedHashMap<>();
    private final Set<Running> running = new LinkedHashSet<>();
    private final CheckSchedule<CheckTarget> schedule = new CheckSchedule<>(
            System.nanoTime(), ThreadLocalRandom.current().nextLong(), MAX_CONNECTIONS, MAX_DATAGRAMS);
    private final LoopLag lag = new LoopLag(System.nanoTime());
    private final long[] startedByLateness = new long[LATE_MILLIS + 1];
    private long quietUntil = System.nanoTime();
    private long nextExpiry = System.nanoTime();
    private boolean isMoreDue;
    private volatile boolean isClosed;

    /** @param sockets this one's from now on, which {@link #close} closes once it has started */
    public Prober(BiConsumer<CheckTarget, CheckResult> results, CheckSockets sockets) {
        this.results = results;
        this.sockets = sockets;
    }

    public void start() {
        thread.start();
    }

    /** Checks the target at once and then on its grid; a target that is checked already is checked once more now. */
    public void add(CheckTarget target) {
        submit(() -> {
            long now = System.nanoTime();
            var slot = slots.get(target);
            if (slot == null) {
                int kind = target.isDatagram() ? DATAGRAM : CONNECTION;
                slots.put(target, schedule.add(target, target.delay().toNanos(), target.hashCode(), kind, now));
            } else {
                schedule.hasten(slot, now);
            }
        });
    }

    /** Ends the checks of the target. A result that is on its way may still come. */
    public void remove(CheckTarget target) {
        submit(() -> {
            var slot = slots.remove(target);
            if (slot != null) {
                schedule.drop(slot);
            }
        });
    }

    /** Waits for the checker's thread, so not to be called on it. */
    public CheckFigures figures() {
        var figures = new CompletableFuture<CheckFigures>();
        submit(() -> figures.complete(new CheckFigures(
                LongStream.of(startedByLateness).boxed().toList(),
                slots.values().stream().map(Slot::checks).toList())));
        return figures.join();
    }

    @Override
    public void close() {
        isClosed = true;
        sockets.wakeUp();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void submit(Runnable command) {
        commands.add(command);
        sockets.wakeUp();
    }

    private void run() {
        try (sockets) {
            try {
                while (!isClosed) {
                    turnLogging();
                }
            } catch (IOException e) {
                log.atError().setCause(e).log("Health checks have ended");
            } finally {
                running.forEach(each -> each.check().close());
            }
        }
    }

    private void turnLogging() throws IOException {
        try {
            turn();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("A turn of the health checks failed; they go on");
        }
    }

    /** What had come by the time of the look is taken before anything is held to be late by that time. */
    private void turn() throws IOException {
        for (var command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
        }
        startDue();
        long now = System.nanoTime();
        long wait = isMoreDue || !commands.isEmpty() ? 0 : waitNanos(now);
        lag.sleeps(now);
        sockets.await(wait);
        long looked = System.nanoTime();
        lag.woke(now + wait, looked);
        sockets.tell();
        expire(looked);
    }

    private long waitNanos(long now) {
        long wait = schedule.untilNext(now).orElse(IDLE);
        return running.isEmpty() ? wait : Math.clamp(nextExpiry - now, 0, wait);
    }

    private void startDue() {
        isMoreDue = true;
        for (int started = 0; started < STARTED_PER_TURN; started++) {
            long now = System.nanoTime();
            var slot = schedule.poll(now);
            if (slot.isEmpty()) {
                isMoreDue = false;
                return;
            }
            long late = (now - slot.get().due()) / 1_000_000;
            startedByLateness[Math.clamp(late, 0, LATE_MILLIS)]++;
            var begun = new Running(slot.get(), lag, now);
            running.add(begun);
            begun.check().start(sockets, () -> onReady(begun)).ifPresent(result -> finish(begun, result));
        }
    }

    private void onReady(Running ready) {
        if (!ready.isOver()) {
            ready.check().proceed().ifPresent(result -> finish(ready, result));
        }
    }

    /** Goes through all that are under way, but only so often. */
    private void expire(long looked) {
        if (nextExpiry - looked > 0) {
            return;
        }
        nextExpiry = looked + TICK;
        for (var each : List.copyOf(running)) {
            long left = each.deadline() - looked;
            if (left <= 0) {
                finish(each, each.check().timedOut());
            } else if (left < TICK) {
                nextExpiry = Math.min(nextExpiry, looked + left);
            }
        }
    }

    private void finish(Running ended, CheckResult result) {
        ended.over();
        running.remove(ended);
        ended.check().close();
        schedule.ended(ended.slot(), System.nanoTime());
        boolean isOurs = result instanceof CheckResult.Failed && ended.lost() > HOPELESSLY_LATE;
        var judged = isOurs ? new CheckResult.OwnTrouble("Checks came late") : result;
        if (judged instanceof CheckResult.OwnTrouble trouble) {
            warn(trouble);
        }
        try {
            results.accept(ended.slot().what(), judged);
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("The result of a check was not taken");
        }
    }

    private void warn(CheckResult.OwnTrouble trouble) {
        long now = System.nanoTime();
        if (now - quietUntil > 0) {
            quietUntil = now + QUIET;
            log.atWarn().log("A check failed for trouble of this worker; members keep their state: " + trouble.what());
        }
    }
}
