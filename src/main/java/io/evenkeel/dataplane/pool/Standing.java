package io.evenkeel.dataplane.pool;

import java.time.Duration;
import java.util.Optional;

/** What a member is to a loop. */
sealed interface Standing {

    /** Those without a time. */
    enum Plain implements Standing {
        TAKES_NEW,
        /** Nothing new, because others go first; what is under way lives on. */
        RESERVE,
        /** Its server was stopped: nothing lives on. */
        CUT
    }

    /**
     * Nothing new; what is under way lives on, but no longer than this.
     *
     * @param sinceNanos when it began to leave, on the loops' clock
     */
    record Leaving(long sinceNanos, Optional<Duration> limit) implements Standing {

        /** What is left of its time; negative or zero when it is over, absent when it has no end. */
        Optional<Duration> left(long nowNanos) {
            return limit.map(longest -> longest.minusNanos(nowNanos - sinceNanos));
        }
    }

    /** It leaves: now, unless it does so already. */
    default Standing leaving(long nowNanos, Optional<Duration> limit) {
        return new Leaving(this instanceof Leaving(long since, var _) ? since : nowNanos, limit);
    }
}
