package io.evenkeel.dataplane.balancing;

import io.evenkeel.desiredstate.DesiredPool.SlowStart;
import java.util.UUID;

/**
 * A configured member as a picker sees it.
 *
 * @param weight 0..100; 0 is never picked
 * @param isAvailable false: not picked now, but expected back
 * @param active its requests or connections under way, over all loops
 * @param share what part of its weight it counts with, 1 to {@link SlowStart#WHOLE}
 */
public record Candidate(UUID id, int weight, boolean isAvailable, ActiveCount active, int share) {

    public Candidate {
        if (weight < 0 || weight > 100) {
            throw new IllegalArgumentException("weight must be 0..100, not " + weight);
        }
        if (share < 1 || share > SlowStart.WHOLE) {
            throw new IllegalArgumentException("share must be 1.." + SlowStart.WHOLE + ", not " + share);
        }
    }

    /** One that counts with its whole weight. */
    public Candidate(UUID id, int weight, boolean isAvailable, ActiveCount active) {
        this(id, weight, isAvailable, active, SlowStart.WHOLE);
    }

    boolean isEasedIn() {
        return share < SlowStart.WHOLE;
    }

    /** Its weight as it counts, a fraction while it is eased in; 0 for one that takes nothing new. */
    double pull() {
        return takesNew() ? (double) weight * share / SlowStart.WHOLE : 0;
    }

    boolean takesNew() {
        return isAvailable && weight > 0;
    }
}
