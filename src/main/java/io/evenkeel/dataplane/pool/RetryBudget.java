package io.evenkeel.dataplane.pool;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many requests of a pool may be on their second or third member at once: a fifth of those under way, so that
 * members in trouble are not asked ever more, and always a few. Safe for any thread.
 */
final class RetryBudget {

    static final int ALWAYS = 16;
    static final int SHARE = 5;

    private final AtomicInteger underWay = new AtomicInteger();

    /** @param active requests under way */
    boolean take(int active) {
        if (underWay.incrementAndGet() <= Math.max(ALWAYS, active / SHARE)) {
            return true;
        }
        underWay.decrementAndGet();
        return false;
    }

    void give() {
        underWay.decrementAndGet();
    }
}
