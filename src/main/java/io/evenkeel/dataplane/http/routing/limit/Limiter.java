package io.evenkeel.dataplane.http.routing.limit;

import io.evenkeel.desiredstate.routing.DesiredLimit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What one policy lets through on this worker, all loops and addresses of its listener together. Safe to share. */
public final class Limiter {

    /** Told by {@link #take} of a request that is not let through. */
    public static final long REFUSED = Pace.REFUSED;

    private static final long MIX = 0xbf58476d1ce4e5b9L;
    private static final long NANOS_PER_MICRO = 1000;

    private final DesiredLimit limit;
    private final long salt;
    private final SourceTable sources;
    private final @Nullable Pace ofAll;
    private final @Nullable Pace ofSource;
    private final AtomicLong due = new AtomicLong(Long.MIN_VALUE / 2);

    Limiter(DesiredLimit limit, long salt, SourceTable sources) {
        this.limit = limit;
        this.salt = salt;
        this.sources = sources;
        ofAll = limit.perSecond() == 0 ? null : new Pace(limit.perSecond(), limit.burst());
        ofSource = limit.perSecondAndSource() == 0 ? null : new Pace(limit.perSecondAndSource(), limit.burst());
    }

    boolean isFor(DesiredLimit wanted) {
        return limit.equals(wanted);
    }

    /**
     * How long a request has to wait for its turn, in nanoseconds, usually 0; or {@link #REFUSED}.
     *
     * @param source who asks: {@link io.evenkeel.dataplane.pool.ClientKey#of}
     * @param nanos now, by the loop's clock
     */
    public long take(long source, long nanos) {
        long now = nanos / NANOS_PER_MICRO;
        long forSource = ofSource == null ? 0 : sources.take(mixed(source ^ salt), ofSource, now);
        if (forSource == Pace.REFUSED) {
            return REFUSED;
        }
        long forAll = ofAll == null ? 0 : takeOfAll(ofAll, now);
        return forAll == Pace.REFUSED ? REFUSED : Math.max(forSource, forAll) * NANOS_PER_MICRO;
    }

    private long takeOfAll(Pace pace, long now) {
        while (true) {
            long kept = due.get();
            long wait = pace.waitFor(kept, now);
            if (wait == Pace.REFUSED || due.compareAndSet(kept, pace.after(kept, now))) {
                return wait;
            }
        }
    }

    private static long mixed(long key) {
        long mixed = (key ^ (key >>> 32)) * MIX;
        mixed = (mixed ^ (mixed >>> 29)) * MIX;
        return mixed ^ (mixed >>> 32);
    }
}
