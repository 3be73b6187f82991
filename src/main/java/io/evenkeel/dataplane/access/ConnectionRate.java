package io.evenkeel.dataplane.access;

import java.util.concurrent.atomic.AtomicLong;

/**
 * So many connections a second over all loops: a bucket that holds as many as one second brings and fills steadily, kept as
 * the one moment at which it will be full (the generic cell rate algorithm, ITU-T I.371). In t seconds at most
 * {@code limit × (t + 1)} pass. A changed limit goes on from how full the bucket is.
 */
final class ConnectionRate {

    private static final long SECOND_NANOS = 1_000_000_000;

    private final AtomicLong fullAt;

    /** @param nanoTime the present */
    ConnectionRate(long nanoTime) {
        fullAt = new AtomicLong(nanoTime);
    }

    /** @param limit a second, above 0 */
    boolean take(int limit, long nanoTime) {
        long interval = SECOND_NANOS / limit;
        while (true) {
            long was = fullAt.get();
            long next = (was - nanoTime > 0 ? was : nanoTime) + interval;
            if (next - nanoTime > SECOND_NANOS) {
                return false;
            }
            if (fullAt.compareAndSet(was, next)) {
                return true;
            }
        }
    }
}
