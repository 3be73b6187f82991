package io.evenkeel.dataplane.health.schedule;

import java.time.Duration;

/**
 * How long the checker itself kept results waiting: turns that came late (paused, starved of CPU) or took long. What
 * it kept waiting is added to the time a check has. Short turns are its normal work and do not count. Nanoseconds.
 */
public final class LoopLag {

    private static final long TOLERATED = Duration.ofMillis(50).toNanos();

    private long total;
    private long turnStart;

    public LoopLag(long now) {
        turnStart = now;
    }

    /** The loop woke, having meant to sleep no longer than until {@code planned}. */
    public void woke(long planned, long now) {
        count(now - planned);
        turnStart = now;
    }

    /** The loop is about to sleep again. */
    public void sleeps(long now) {
        count(now - turnStart);
    }

    /** Grows only; the difference of two readings is what was lost between them. */
    public long total() {
        return total;
    }

    private void count(long late) {
        if (late > TOLERATED) {
            total += late;
        }
    }
}
