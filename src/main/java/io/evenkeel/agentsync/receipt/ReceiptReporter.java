package io.evenkeel.agentsync.receipt;

import io.evenkeel.desiredstate.ResourceKind;
import io.evenkeel.platform.database.DatabaseTrouble;
import io.evenkeel.status.receipt.Receipt;
import io.evenkeel.status.receipt.Receipt.Kind;
import io.evenkeel.status.receipt.Receipt.Serving;
import io.evenkeel.status.receipt.Receipt.Subject;
import io.evenkeel.status.receipt.ReceiptRecorder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a worker's receipts, many at once, on a thread of its own. Of each resource the newest state alone is written:
 * a generation that was taken over waits a moment for its proof, so that most changes are one row written once, and a
 * burst of them a few. What cannot be written waits until it can. May be told from any thread.
 */
public final class ReceiptReporter implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ReceiptReporter.class);
    private static final int ROWS_AT_ONCE = 1_000;

    private final String workerId;
    private final ReceiptRecorder recorder;
    private final Runnable whenWritten;
    private final InstantSource clock;
    private final Schedule schedule = new Schedule();
    private final Object lock = new Object();
    /** All that the worker holds. */
    private final Map<Subject, Receipt> held = new HashMap<>();
    /** What is to be written; empty: what is to be taken away. */
    private Map<Subject, Optional<Receipt>> waiting = new HashMap<>();

    private final Thread thread;
    private volatile boolean isClosed;

    /** @param whenWritten called after each commit */
    public ReceiptReporter(String workerId, ReceiptRecorder recorder, Runnable whenWritten, InstantSource clock) {
        this.workerId = workerId;
        this.recorder = recorder;
        this.whenWritten = whenWritten;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("evenkeel-receipts").start(this::run);
    }

    /** The worker holds this generation from now on. */
    public void applied(ResourceKind kind, UUID id, long generation) {
        var subject = subject(kind, id);
        synchronized (lock) {
            var before = held.get(subject);
            var now = clock.instant();
            var receipt = before == null
                    ? new Receipt(subject, generation, now, Optional.empty(), Optional.empty())
                    : before.withApplied(generation, now);
            if (put(before, receipt)) {
                schedule.soon();
            }
        }
    }

    /** Every event loop was seen to serve this generation, or a later one. */
    public void proved(ResourceKind kind, UUID id, long generation) {
        var subject = subject(kind, id);
        synchronized (lock) {
            var now = clock.instant();
            var before = held.get(subject);
            // It may be shown before those who push have heard that it was applied.
            var known = before == null
                    ? new Receipt(subject, generation, now, Optional.empty(), Optional.empty())
                    : before.applied() < generation ? before.withApplied(generation, now) : before;
            if (put(before, known.withServing(generation, now))) {
                schedule.now();
            }
        }
    }

    /** Some event loop was not seen to serve it. */
    public void unproved(ResourceKind kind, UUID id, String why) {
        synchronized (lock) {
            var before = held.get(subject(kind, id));
            if (before != null && put(before, before.withTrouble(why))) {
                schedule.now();
            }
        }
    }

    /** It was deleted, which is served at once: its ports are closed. */
    public void removed(ResourceKind kind, UUID id, long generation) {
        var subject = subject(kind, id);
        synchronized (lock) {
            var now = clock.instant();
            held.remove(subject);
            waiting.put(
                    subject,
                    Optional.of(new Receipt(
                            subject, generation, now, Optional.of(new Serving(generation, now)), Optional.empty())));
            schedule.now();
        }
    }

    /** Others serve it from now on. */
    public void withdrawn(ResourceKind kind, UUID id) {
        var subject = subject(kind, id);
        synchronized (lock) {
            held.remove(subject);
            waiting.put(subject, Optional.empty());
            schedule.now();
        }
    }

    /** Compares what is written with what is so, and writes what differs. */
    public void retell() {
        var written = recorder.of(workerId);
        synchronized (lock) {
            held.forEach((subject, receipt) -> {
                if (!isSame(receipt, written.get(subject))) {
                    waiting.put(subject, Optional.of(receipt));
                    schedule.soon();
                }
            });
        }
    }

    private static boolean isSame(Receipt receipt, @Nullable Receipt written) {
        return written != null
                && written.applied() == receipt.applied()
                && written.serving()
                        .map(Serving::generation)
                        .equals(receipt.serving().map(Serving::generation))
                && written.trouble().equals(receipt.trouble());
    }

    private boolean put(@Nullable Receipt before, Receipt next) {
        if (next.equals(before)) {
            return false;
        }
        held.put(next.subject(), next);
        waiting.put(next.subject(), Optional.of(next));
        return true;
    }

    private void run() {
        while (!isClosed) {
            try {
                schedule.await();
            } catch (InterruptedException e) {
                break;
            }
            flush();
        }
        flush();
    }

    private void flush() {
        Map<Subject, Optional<Receipt>> todo;
        synchronized (lock) {
            todo = waiting;
            waiting = new HashMap<>();
        }
        if (todo.isEmpty()) {
            return;
        }
        try {
            write(todo);
            whenWritten.run();
        } catch (RuntimeException e) {
            failed(todo, e);
        }
    }

    private void write(Map<Subject, Optional<Receipt>> todo) {
        var receipts = todo.values().stream().flatMap(Optional::stream).toList();
        for (int from = 0; from < receipts.size(); from += ROWS_AT_ONCE) {
            recorder.record(workerId, receipts.subList(from, Math.min(receipts.size(), from + ROWS_AT_ONCE)));
        }
        var gone = idsOf(todo);
        if (!gone.isEmpty()) {
            recorder.forget(workerId, gone);
        }
    }

    private static List<UUID> idsOf(Map<Subject, Optional<Receipt>> todo) {
        var gone = new ArrayList<UUID>();
        todo.forEach((subject, receipt) -> {
            if (receipt.isEmpty()) {
                gone.add(subject.id());
            }
        });
        return gone;
    }

    /** What may pass is tried again a second later, unless something newer took its place; the rest the sweep retells. */
    private void failed(Map<Subject, Optional<Receipt>> todo, RuntimeException failure) {
        if (!DatabaseTrouble.mayPass(failure)) {
            log.atError().addKeyValue("workerId", workerId).setCause(failure).log("Receipts were not written");
            return;
        }
        log.atWarn().addKeyValue("workerId", workerId).log("Receipts are not written yet: {}", failure.getMessage());
        synchronized (lock) {
            todo.forEach(waiting::putIfAbsent);
        }
        schedule.later();
    }

    private static Subject subject(ResourceKind kind, UUID id) {
        return switch (kind) {
            case LOAD_BALANCER -> new Subject(Kind.LOAD_BALANCER, id);
            case POOL -> new Subject(Kind.POOL, id);
        };
    }

    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
        try {
            if (!thread.join(Duration.ofSeconds(5))) {
                log.atWarn().log("Receipts are still being written; left behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
