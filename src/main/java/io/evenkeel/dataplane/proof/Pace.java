package io.evenkeel.dataplane.proof;

import java.util.concurrent.locks.LockSupport;

/** So many a second on average, and some at once: what is more has to wait. For any thread. */
final class Pace {

    private final long gapNanos;
    private final long creditNanos;
    private long nextNanos;

    Pace(int perSecond, int atOnce) {
        gapNanos = 1_000_000_000L / perSecond;
        creditNanos = gapNanos * atOnce;
        nextNanos = System.nanoTime() - creditNanos;
    }

    /** Returns when it is this thread's turn, or it was interrupted. */
    void await() {
        long turn = reserve();
        for (long left = turn - System.nanoTime();
                left > 0 && !Thread.currentThread().isInterrupted();
                left = turn - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private synchronized long reserve() {
        long earliest = System.nanoTime() - creditNanos;
        long turn = nextNanos - earliest > 0 ? nextNanos : earliest;
        nextNanos = turn + gapNanos;
        return turn;
    }
}
