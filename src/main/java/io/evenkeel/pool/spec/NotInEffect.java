package io.evenkeel.pool.spec;

import io.evenkeel.platform.write.Warnings;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Settings of a pool that are accepted and kept, but that workers do not act on, or not as things are. */
public final class NotInEffect {

    private static final String CODE = "NOT_IN_EFFECT";

    private NotInEffect() {}

    /**
     * Tells the caller of the write under way.
     *
     * @param isAnyWorkerInNoZone asked only where it matters
     */
    public static void warn(UUID poolId, PoolSpec pool, BooleanSupplier isAnyWorkerInNoZone) {
        if (pool.slowStart() != null && pool.slowStart().enable() && pool.algorithm() == Algorithm.SOURCE_IP) {
            Warnings.add(
                    CODE,
                    "slow_start of pool %s has no effect as long as lb_algorithm is SOURCE_IP: the client's address decides"
                            .formatted(poolId));
        }
        if (pool.azAffinity() != null && pool.azAffinity().enable() && isAnyWorkerInNoZone.getAsBoolean()) {
            Warnings.add(
                    CODE,
                    "az_affinity of pool %s has no effect at workers that do not say their availability zone (evenkeel.worker.availability-zone)"
                            .formatted(poolId));
        }
    }
}
