package io.evenkeel.pool;

import java.util.Set;
import java.util.UUID;

/**
 * Pools are about to be deleted: who refers to them lets them go now. Published in the deleting transaction and before
 * any of the pools is locked, because load balancers are locked before pools; all of one write at once, because load
 * balancers are locked in the order of their ids.
 */
public record PoolDeleting(String projectId, Set<UUID> poolIds) {

    public PoolDeleting {
        poolIds = Set.copyOf(poolIds);
    }
}
