package io.evenkeel.dataplane.traffic;

import io.evenkeel.dataplane.balancing.Shares;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One loop's counts of one {@link TrafficKey}. Written by that loop alone, without lock or barrier; read from anywhere,
 * where each count is whole and none goes backwards, though they need not be of one moment.
 */
public final class TrafficCell {

    private static final VarHandle COUNTS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle TIMES;

    // A cache line before and after, so that two loops never write to the same one.
    private static final int PADDING = 8;

    static {
        try {
            TIMES = MethodHandles.lookup().findVarHandle(TrafficCell.class, "times", long[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long[] counts = new long[Count.SIZE + 2 * PADDING];
    private long @Nullable [] times;
    private volatile boolean isRetired;
    // Belongs to the loop; null where no pool is named.
    private @Nullable PoolCell pool;

    TrafficCell() {}

    /** What is known of the pool as a whole goes there. On the loop. */
    void of(PoolCell ofPool) {
        pool = ofPool;
    }

    void planned(@Nullable Shares shares) {
        if (pool != null && shares != null) {
            pool.picked(shares);
        }
    }

    /** The pick was for this client: a key as of {@link io.evenkeel.dataplane.pool.ClientKey}. */
    public void client(long clientKey) {
        if (pool != null) {
            pool.clients().add(clientKey);
        }
    }

    /**
     * The pick belongs to this sticky session, whether it begins or goes on.
     *
     * @param sessionKey tells sessions apart: a hash of the cookie's value, or the client's key where nothing else does
     */
    public void session(long sessionKey) {
        if (pool != null) {
            pool.sessions().add(sessionKey);
        }
    }

    /** The pick went where its sticky session was, whatever the algorithm would have said: a {@link #session} as well. */
    public void stuck(long sessionKey) {
        count(Count.STUCK);
        session(sessionKey);
    }

    public void count(Count what) {
        add(what, 1);
    }

    public void add(Count what, long amount) {
        int at = PADDING + what.index();
        COUNTS.setOpaque(counts, at, counts[at] + amount);
    }

    /** A response that took so long, from the end of the request's head to its own end. */
    public void time(long nanos) {
        var into = times;
        if (into == null) {
            into = new long[ResponseTimes.BUCKETS];
            TIMES.setRelease(this, into);
        }
        add(Count.RESPONSE_MICROS, Math.max(0, nanos / 1000));
        int at = ResponseTimes.bucketOf(nanos);
        COUNTS.setOpaque(into, at, into[at] + 1);
    }

    /** Whether another cell counts for the key from now on. */
    boolean isRetired() {
        return isRetired;
    }

    void retire() {
        isRetired = true;
    }

    void addTo(TrafficSample sum) {
        for (int i = 0; i < Count.SIZE; i++) {
            sum.counts()[i] += (long) COUNTS.getOpaque(counts, PADDING + i);
        }
        var timed = (long[]) TIMES.getAcquire(this);
        if (timed != null) {
            long[] times = sum.times();
            for (int i = 0; i < timed.length; i++) {
                times[i] += (long) COUNTS.getOpaque(timed, i);
            }
        }
    }
}
