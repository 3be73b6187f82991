package io.evenkeel.status.receipt;

import io.evenkeel.platform.write.Advanced;
import io.evenkeel.platform.write.ServingWaits;
import io.evenkeel.status.receipt.Receipt.Kind;
import io.evenkeel.status.receipt.Receipt.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Those who wait until workers serve something. One thread looks for all of them, when it is told that receipts were
 * written and once a second, and there is none while nobody waits.
 */
@Component
public class ReceiptWaits implements ServingWaits, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ReceiptWaits.class);
    private static final long LOOK_EVERY_MILLIS = 1_000;
    private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final class Waiter {
        private final List<Advanced> awaited;
        private final CountDownLatch isOver = new CountDownLatch(1);
        private volatile List<String> missing = List.of("Whether workers serve it could not be looked up in time");

        private Waiter(List<Advanced> awaited) {
            this.awaited = awaited;
        }
    }

    private final ReceiptReads reads;
    private final Semaphore hints = new Semaphore(0);
    private final Set<Waiter> waiters = new HashSet<>();
    private volatile boolean isLooking;
    private volatile boolean isRunning;

    ReceiptWaits(ReceiptReads reads) {
        this.reads = reads;
    }

    /** Receipts were written, here or by another node. */
    public void hint() {
        if (isLooking) {
            hints.release();
        }
    }

    @Override
    public List<String> await(Collection<Advanced> awaited, Duration atMost) {
        if (awaited.isEmpty()) {
            return List.of();
        }
        var waiter = new Waiter(List.copyOf(awaited));
        begin(waiter);
        try {
            var _ = waiter.isOver.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end(waiter);
        }
        return waiter.missing;
    }

    private void begin(Waiter waiter) {
        synchronized (waiters) {
            waiters.add(waiter);
            if (!isRunning) {
                waiter.isOver.countDown();
            } else if (!isLooking) {
                isLooking = true;
                Thread.ofVirtual().name("evenkeel-receipts").start(this::run);
            }
        }
        hints.release();
    }

    private void end(Waiter waiter) {
        synchronized (waiters) {
            waiters.remove(waiter);
        }
    }

    /** Whether anybody waits; if not, the next who does starts another thread. */
    private boolean isWanted() {
        synchronized (waiters) {
            isLooking = !waiters.isEmpty();
            return isLooking;
        }
    }

    private List<Waiter> snapshot() {
        synchronized (waiters) {
            return List.copyOf(waiters);
        }
    }

    private void run() {
        while (isWanted()) {
            try {
                if (hints.tryAcquire(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                    hints.drainPermits();
                }
                look(snapshot());
            } catch (DataAccessException | TransactionException e) {
                log.atDebug().setCause(e).log("Receipts cannot be read");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                log.atError().setCause(e).log("Receipts were not looked at");
            }
            LockSupport.parkNanos(GAP_NANOS);
        }
    }

    private void look(List<Waiter> waiting) {
        var subjects = new HashSet<Subject>();
        waiting.forEach(waiter -> waiter.awaited.forEach(advanced -> subjects.add(subject(advanced))));
        var receipts = reads.of(subjects);
        for (var waiter : waiting) {
            waiter.missing = missing(waiter.awaited, receipts);
            if (waiter.missing.isEmpty()) {
                waiter.isOver.countDown();
            }
        }
    }

    private static List<String> missing(List<Advanced> awaited, Map<Subject, List<WorkerReceipt>> receipts) {
        var missing = new ArrayList<String>();
        for (var advanced : awaited) {
            var workers = receipts.getOrDefault(subject(advanced), List.of());
            if (WorkerReceipt.isNobodyLive(workers)) {
                missing.add(advanced + " is not served: no worker is live");
            }
            WorkerReceipt.missing(workers, advanced.generation())
                    .forEach(worker -> missing.add(advanced + ": " + worker.lacks(advanced.generation())));
        }
        return missing;
    }

    private static Subject subject(Advanced advanced) {
        return switch (advanced.kind()) {
            case LOAD_BALANCER -> new Subject(Kind.LOAD_BALANCER, advanced.id());
            case POOL -> new Subject(Kind.POOL, advanced.id());
        };
    }

    @Override
    public void start() {
        isRunning = true;
    }

    /** Before the server waits for requests to end: those that wait here end now. */
    @Override
    public void stop() {
        synchronized (waiters) {
            isRunning = false;
            waiters.forEach(waiter -> waiter.isOver.countDown());
        }
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }
}
