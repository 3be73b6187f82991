package io.evenkeel.dataplane.balancing;

import java.util.UUID;

/**
 * A configured member as a picker sees it.
 *
 * @param weight 0..100; 0 is never picked
 * @param isAvailable false: not picked now, but expected back
 * @param active its requests or connections under way, over all loops
 */
public record Candidate(UUID id, int weight, boolean isAvailable, ActiveCount active) {

    public Candidate {
        if (weight < 0 || weight > 100) {
            throw new IllegalArgumentException("weight must be 0..100, not " + weight);
        }
    }

    boolean takesNew() {
        return isAvailable && weight > 0;
    }
}
