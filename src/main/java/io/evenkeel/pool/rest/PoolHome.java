package io.evenkeel.pool.rest;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a new pool belongs.
 *
 * @param listenerId whose default pool it becomes
 * @param loadBalancerId for which it was asked
 * @param vpcId of its members; null when nothing tells yet
 * @param isDualStack whether the load balancer has an IPv6 VIP
 */
record PoolHome(
        @Nullable UUID listenerId,
        @Nullable UUID loadBalancerId,
        @Nullable String vpcId,
        boolean isDualStack) {}
