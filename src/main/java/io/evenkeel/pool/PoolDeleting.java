package io.evenkeel.pool;

import java.util.UUID;

/**
 * A pool is about to be deleted: who refers to it lets it go now. Published in the deleting transaction and before the
 * pool is locked, because load balancers are locked before pools.
 */
public record PoolDeleting(String projectId, UUID poolId) {}
