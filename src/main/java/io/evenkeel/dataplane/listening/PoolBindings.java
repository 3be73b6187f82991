package io.evenkeel.dataplane.listening;

import io.evenkeel.dataplane.pool.MemberPool;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which pool each port leads to. A port that is given another pool stays with the one it has until the other's members
 * were checked for the first time: before that none of them takes requests, and all would be refused. Where some are
 * well the rest are waited for no longer than {@value #PATIENCE_SECONDS} seconds.
 */
final class PoolBindings {

    private static final int PATIENCE_SECONDS = 2;

    private final PoolSource pools;
    /** By pool: ports that lead to it, and those that wait for it. */
    private final Map<UUID, Set<ServedEndpoint>> users = new HashMap<>();
    /** Ports that wait, and for how many seconds. */
    private final Map<ServedEndpoint, Integer> waiting = new HashMap<>();

    private Set<UUID> changesOfUse = new HashSet<>();

    PoolBindings(PoolSource pools) {
        this.pools = pools;
    }

    /** Whether any port leads to the pool, or waits for it. */
    boolean isUsed(UUID poolId) {
        return users.containsKey(poolId);
    }

    Set<UUID> takeChangesOfUse() {
        var taken = changesOfUse;
        changesOfUse = new HashSet<>();
        return taken;
    }

    @Nullable
    MemberPool poolOf(Endpoint endpoint) {
        return endpoint.listener().defaultPoolId().map(pools::find).orElse(null);
    }

    void opened(ServedEndpoint served) {
        addUses(served);
    }

    void closed(ServedEndpoint served) {
        removeUses(served);
        waiting.remove(served);
    }

    void swap(ServedEndpoint served, Endpoint next) {
        var wanted = poolOf(next);
        if (mustWait(served.pool(), wanted)) {
            waiting.putIfAbsent(served, 0);
            bind(served, next, served.pool());
        } else {
            waiting.remove(served);
            bind(served, next, wanted);
        }
    }

    /** A pool came or went: the ports that refer to it serve with it, or without. */
    void poolChanged(UUID poolId) {
        for (var served : List.copyOf(users.getOrDefault(poolId, Set.of()))) {
            waiting.remove(served);
            bind(served, served.endpoint(), poolOf(served.endpoint()));
        }
    }

    /** Leads the ports that wait to their next pools, as far as those are ready. */
    void settle() {
        for (var served : List.copyOf(waiting.keySet())) {
            var wanted = poolOf(served.endpoint());
            if (wanted == null || isReady(wanted.id(), waiting.getOrDefault(served, 0))) {
                waiting.remove(served);
                bind(served, served.endpoint(), wanted);
            }
        }
    }

    /** Another second has passed. */
    void tick() {
        waiting.replaceAll((_, seconds) -> seconds + 1);
        settle();
    }

    private boolean mustWait(@Nullable MemberPool current, @Nullable MemberPool wanted) {
        return current != null
                && wanted != null
                && !current.id().equals(wanted.id())
                && pools.find(current.id()) != null
                && !isReady(wanted.id(), 0);
    }

    private boolean isReady(UUID poolId, int seconds) {
        return switch (pools.readiness(poolId)) {
            case UNKNOWN -> false;
            case PARTIAL -> seconds >= PATIENCE_SECONDS;
            case KNOWN -> true;
        };
    }

    private void bind(ServedEndpoint served, Endpoint next, @Nullable MemberPool pool) {
        removeUses(served);
        served.swap(next, pool);
        addUses(served);
    }

    private void addUses(ServedEndpoint served) {
        for (UUID poolId : uses(served)) {
            users.computeIfAbsent(poolId, this::noUsers).add(served);
        }
    }

    private void removeUses(ServedEndpoint served) {
        for (UUID poolId : uses(served)) {
            var left = users.get(poolId);
            if (left != null && left.remove(served) && left.isEmpty()) {
                users.remove(poolId);
                changesOfUse.add(poolId);
            }
        }
    }

    private Set<ServedEndpoint> noUsers(UUID poolId) {
        changesOfUse.add(poolId);
        return new HashSet<>();
    }

    private static Set<UUID> uses(ServedEndpoint served) {
        var ids = new HashSet<UUID>();
        served.endpoint().listener().defaultPoolId().ifPresent(ids::add);
        var pool = served.pool();
        if (pool != null) {
            ids.add(pool.id());
        }
        return ids;
    }

    void clear() {
        users.clear();
        waiting.clear();
    }
}
