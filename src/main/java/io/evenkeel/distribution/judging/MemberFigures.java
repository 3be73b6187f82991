package io.evenkeel.distribution.judging;

import java.util.UUID;

/**
 * What a window holds of one member, over all workers and listeners.
 *
 * @param weight as it is now; 0 for one that is no member any more
 * @param picked picks, those among them that went on to another member included
 * @param retried picks that went on
 * @param stuck picks that stickiness decided
 * @param configured picks it was to get by the weights as they were, had all members been there
 * @param expected picks it was to get by the weights of those that were there
 * @param away of the configured ones, those that came while it was away
 * @param open picks under way, on average over the window
 * @param outages how often it went offline within the window
 */
public record MemberFigures(
        UUID id,
        int weight,
        long picked,
        long retried,
        long stuck,
        long configured,
        long expected,
        long away,
        double open,
        int outages) {

    /** Picks that stayed with it. */
    public long requests() {
        return Math.max(0, picked - retried);
    }
}
