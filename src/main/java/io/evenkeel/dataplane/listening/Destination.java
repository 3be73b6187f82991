package io.evenkeel.dataplane.listening;

import io.evenkeel.dataplane.http.routing.Policies;
import io.evenkeel.dataplane.http.routing.Routing;
import io.evenkeel.dataplane.http.routing.matching.Place;
import io.evenkeel.dataplane.pool.MemberPool;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the requests of a port go: by policies to their pools, else to the default pool.
 *
 * @param pool null without a default pool, or where it is not held
 * @param ofPolicies those of their pools that are held
 */
record Destination(@Nullable MemberPool pool, Policies policies, Map<UUID, MemberPool> ofPolicies) {

    static Destination of(@Nullable MemberPool pool, Policies policies, Collection<UUID> wanted, PoolSource pools) {
        var held = new HashMap<UUID, MemberPool>();
        for (var id : wanted) {
            var found = pools.find(id);
            if (found != null) {
                held.put(id, found);
            }
        }
        return new Destination(pool, policies, Map.copyOf(held));
    }

    /** Null where there are no policies. */
    @Nullable
    Routing routing(Place place) {
        return policies.isEmpty() ? null : policies.bind(place, ofPolicies::get);
    }

    Set<UUID> poolIds() {
        var ids = new HashSet<>(ofPolicies.keySet());
        if (pool != null) {
            ids.add(pool.id());
        }
        return ids;
    }

    /** The generation that a request would find the pool in; 0 where none goes there. */
    long generationOf(UUID poolId) {
        var led = pool != null && pool.id().equals(poolId) ? pool : ofPolicies.get(poolId);
        return led == null ? 0 : led.generation();
    }

    /** Whether any request is answered otherwise than for want of a member. */
    boolean isSomewhere() {
        return pool != null || !policies.isEmpty();
    }
}
