package io.evenkeel.agentsync.placement;

import java.util.Optional;

/**
 * A worker that takes part.
 *
 * @param zone where it runs; absent: nowhere in particular, which is a zone of its own that every load balancer is in
 * @param replicasPerZone how many workers of its zone serve a load balancer, as it was told; at least 1
 */
public record LiveWorker(String id, Optional<String> zone, int replicasPerZone) {

    /** Every worker of the zone. */
    public static final int ALL = Integer.MAX_VALUE;

    public LiveWorker {
        if (replicasPerZone < 1) {
            throw new IllegalArgumentException("replicasPerZone must be at least 1, got " + replicasPerZone);
        }
    }

    /** Whether any load balancer may be another worker's alone. */
    boolean isChoosy() {
        return zone.isPresent() || replicasPerZone != ALL;
    }
}
