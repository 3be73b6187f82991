package io.evenkeel.dataplane.health.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks targets over and over on a thread of its own and hands every result to one consumer, on that thread.
 * All methods may be called from any thread and take effect soon, in order.
 */
public final class Prober implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Prober.class);
    private static final int MAX_RUNNING = 2_000;
    /** While checks are under way the loop wakes at least this often, to notice that it was kept from running. */
    private static final long TICK = Duration.ofMillis(20).toNanos();
    /** A check that failed while the loop stood still this long says nothing about the member. */
    private static final long HOPELESSLY_LATE = Duration.ofSeconds(1).toNanos();

    private static final long IDLE = Duration.ofHours(1).toNanos();
    /** Own trouble comes in thousands: it is logged this often. */
    private static final long QUIET = Duration.ofSeconds(10).toNanos();

    private final class Running {
        private final CheckSchedule.Slot slot;
        private final Check check;
        private final long number = numbers++;
        private final long lagAtStart = lag.total();
        private final long startedAt;
        private long deadline;

        private Running(CheckSchedule.Slot slot, long now) {
            this.slot = slot;
            this.check = Check.of(slot.target());
            this.startedAt = now;
            this.deadline = now + slot.target().timeout().toNanos();
        }

        private long lost() {
            return lag.total() - lagAtStart;
        }
    }

    private final BiConsumer<CheckTarget, CheckResult> results;
    private final Selector selector;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("evenkeel-health").unstarted(this::run);
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final Map<CheckTarget, CheckSchedule.Slot> slots = new HashMap<>();
    private final TreeSet<Running> running = new TreeSet<>(
            Comparator.<Running>comparingLong(check -> check.deadline).thenComparingLong(check -> check.number));
    private final CheckSchedule schedule = new CheckSchedule(
            MAX_RUNNING, System.nanoTime(), ThreadLocalRandom.current().nextLong());
    private final LoopLag lag = new LoopLag(System.nanoTime());
    private long quietUntil = System.nanoTime();
    private long numbers;
    private volatile boolean isClosed;

    public Prober(BiConsumer<CheckTarget, CheckResult> results) {
        this.results = results;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
                slots.put(target, schedule.add(target, now));
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

    @Override
    public void close() {
        isClosed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void submit(Runnable command) {
        commands.add(command);
        selector.wakeup();
    }

    private void run() {
        try (selector) {
            while (!isClosed) {
                turnLogging();
            }
        } catch (IOException e) {
            log.atError().setCause(e).log("Health checks have ended");
        } finally {
            running.forEach(check -> check.check.close());
        }
    }

    private void turnLogging() throws IOException {
        try {
            turn();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("A turn of the health checks failed; they go on");
        }
    }

    /** Answers that are there are taken before anything is held to be late. */
    private void turn() throws IOException {
        for (var command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
        }
        startDue();
        expire();
        long now = System.nanoTime();
        long wait = commands.isEmpty() ? waitNanos(now) : 0;
        lag.sleeps(now);
        select(wait);
        lag.woke(now + Math.max(wait, 0), System.nanoTime());
        for (SelectionKey key : selector.selectedKeys()) {
            onReady(key);
        }
        selector.selectedKeys().clear();
    }

    private void select(long waitNanos) throws IOException {
        if (waitNanos <= 0) {
            selector.selectNow();
        } else {
            selector.select((waitNanos + 999_999) / 1_000_000);
        }
    }

    private long waitNanos(long now) {
        long wait = schedule.untilNext(now).orElse(IDLE);
        return running.isEmpty() ? wait : Math.min(Math.min(wait, TICK), running.first().deadline - now);
    }

    private void startDue() {
        long now = System.nanoTime();
        for (var slot = schedule.poll(now); slot.isPresent(); slot = schedule.poll(now)) {
            var started = new Running(slot.get(), now);
            running.add(started);
            started.check.start(selector, started).ifPresent(result -> finish(started, result));
        }
    }

    private void onReady(SelectionKey key) {
        var ready = (Running) key.attachment();
        if (running.contains(ready)) {
            ready.check.proceed(key).ifPresent(result -> finish(ready, result));
        }
    }

    /** Gives the time that this loop lost back to the check; beyond that, it has failed. */
    private void expire() {
        long now = System.nanoTime();
        while (!running.isEmpty() && running.first().deadline - now <= 0) {
            var late = running.removeFirst();
            long deadline = late.startedAt + late.slot.target().timeout().toNanos() + late.lost();
            if (deadline - now > 0) {
                late.deadline = deadline;
                running.add(late);
            } else {
                finish(late, late.check.timedOut());
            }
        }
    }

    private void finish(Running ended, CheckResult result) {
        running.remove(ended);
        ended.check.close();
        schedule.ended(ended.slot, System.nanoTime());
        boolean isOurs = result instanceof CheckResult.Failed && ended.lost() > HOPELESSLY_LATE;
        var judged = isOurs ? new CheckResult.OwnTrouble("Checks came late") : result;
        if (judged instanceof CheckResult.OwnTrouble trouble) {
            warn(trouble);
        }
        try {
            results.accept(ended.slot.target(), judged);
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
