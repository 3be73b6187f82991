package io.evenkeel.pool.spec;

import io.evenkeel.platform.write.Warnings;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Settings of a pool that are accepted and kept, but that no worker acts on yet. */
public final class NotInEffect {

    private static final String CODE = "NOT_IN_EFFECT";

    private NotInEffect() {}

    /** Tells the caller of the write under way. */
    public static void warn(UUID poolId, PoolSpec pool) {
        attributes(pool)
                .forEach(attribute -> Warnings.add(
                        CODE,
                        "%s of pool %s is stored, but the data plane does not act on it yet"
                                .formatted(attribute, poolId)));
    }

    private static List<String> attributes(PoolSpec pool) {
        var ignored = new ArrayList<String>();
        if (pool.sessionPersistence() != null) {
            ignored.add("session_persistence");
        }
        if (pool.slowStart() != null && pool.slowStart().enable()) {
            ignored.add("slow_start");
        }
        if (pool.connectionDrain() != null && pool.connectionDrain().enable()) {
            ignored.add("connection_drain");
        }
        if (!pool.poolHealth().equals(PoolHealth.DEFAULT)) {
            ignored.add("pool_health");
        }
        if (pool.azAffinity() != null && pool.azAffinity().enable()) {
            ignored.add("az_affinity");
        }
        return ignored;
    }
}
