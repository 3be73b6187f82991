package io.evenkeel.dataplane.http.routing.limit;

/**
 * A rate with room for one second's worth at once: the generic cell rate algorithm (ITU-T I.371). What is kept of a
 * counted thing is one moment: when it would be due if all so far had come evenly.
 */
final class Pace {

    static final long REFUSED = -1;

    private static final long SECOND_MICROS = 1_000_000;
    /** Nobody waits longer. */
    private static final long MAX_WAIT_MICROS = 10 * SECOND_MICROS;

    private final long interval;
    private final long atOnce;
    private final long atMost;

    /** @param perSecond positive */
    Pace(int perSecond, int burst) {
        interval = Math.max(1, SECOND_MICROS / perSecond);
        atOnce = SECOND_MICROS - interval;
        atMost = atOnce + Math.min(burst * interval, MAX_WAIT_MICROS);
    }

    /** How long the next one has to wait, in microseconds, or {@link #REFUSED}. */
    long waitFor(long due, long now) {
        long ahead = due - now;
        if (ahead > atMost) {
            return REFUSED;
        }
        return Math.max(0, ahead - atOnce);
    }

    /** The moment to be kept once it is let through. */
    long after(long due, long now) {
        return Math.max(due, now) + interval;
    }

    /** What lies further ahead is of no use: nothing can be due then. */
    long horizon() {
        return atMost + interval;
    }
}
