package io.evenkeel.agentsync.receipt;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** When to write next: as early as the most urgent wants it, and not too often. For any thread. */
final class Schedule {

    private static final long GAP_NANOS = Duration.ofMillis(10).toNanos();
    private static final long SOON_NANOS = Duration.ofMillis(50).toNanos();
    private static final long LATER_NANOS = Duration.ofSeconds(1).toNanos();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition isEarlier = lock.newCondition();
    private long lastNanos = System.nanoTime() - GAP_NANOS;
    private long dueNanos;
    private boolean isDue;

    void now() {
        within(0);
    }

    /** Unless something urgent comes before. */
    void soon() {
        within(SOON_NANOS);
    }

    void later() {
        within(LATER_NANOS);
    }

    private void within(long nanos) {
        lock.lock();
        try {
            long wanted = System.nanoTime() + nanos;
            long earliest = lastNanos + GAP_NANOS;
            long due = wanted - earliest < 0 ? earliest : wanted;
            if (!isDue || due - dueNanos < 0) {
                isDue = true;
                dueNanos = due;
                isEarlier.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns when it is time. */
    void await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!isDue || dueNanos - System.nanoTime() > 0) {
                if (isDue) {
                    var _ = isEarlier.awaitNanos(dueNanos - System.nanoTime());
                } else {
                    isEarlier.await();
                }
            }
            isDue = false;
            lastNanos = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }
}
