package io.evenkeel.dataplane.listening;

import io.evenkeel.dataplane.http.routing.Policies;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Which pools each port leads to. A port that is given another pool, or policies with another pool, stays with the pool
 * and the policies it has until the other's members were checked for the first time: before that none of them takes
 * requests, and all would be refused. Where some are well the rest are waited for no longer than
 * {@value #PATIENCE_SECONDS} seconds.
 */
final class PoolBindings {

    private static final int PATIENCE_SECONDS = 2;

    private final PoolSource pools;
    private final Function<UUID, Policies> policies;
    /** By pool: ports that lead to it, and those that wait for it. */
    private final Map<UUID, Set<ServedEndpoint>> users = new HashMap<>();
    /** Ports that wait, and for how many seconds. */
    private final Map<ServedEndpoint, Integer> waiting = new HashMap<>();

    private Set<UUID> changesOfUse = new HashSet<>();
    /** Load balancers with ports that were given what they waited for. */
    private Set<UUID> settled = new HashSet<>();

    /** @param policies of a listener */
    PoolBindings(PoolSource pools, Function<UUID, Policies> policies) {
        this.pools = pools;
        this.policies = policies;
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

    Destination destinationOf(Endpoint endpoint) {
        var listener = endpoint.listener();
        return Destination.of(
                listener.defaultPoolId().map(pools::find).orElse(null),
                policies.apply(listener.id()),
                Policies.poolsOf(listener.policies()),
                pools);
    }

    void opened(ServedEndpoint served) {
        addUses(served);
    }

    void closed(ServedEndpoint served) {
        removeUses(served);
        waiting.remove(served);
    }

    void swap(ServedEndpoint served, Endpoint next) {
        var wanted = destinationOf(next);
        if (mustWait(served.destination(), wanted)) {
            waiting.putIfAbsent(served, 0);
            bind(served, next, served.destination());
        } else {
            waiting.remove(served);
            lead(served, next, wanted);
        }
    }

    /** It goes where its configuration says. */
    private void lead(ServedEndpoint served, Endpoint next, Destination wanted) {
        bind(served, next, wanted);
        served.confirm();
        settled.add(next.loadBalancerId());
    }

    boolean isWaiting(ServedEndpoint served) {
        return waiting.containsKey(served);
    }

    Set<UUID> takeSettled() {
        var taken = settled;
        settled = new HashSet<>();
        return taken;
    }

    /** An open port that leads to the pool, not only waits for it; absent where there is none. */
    Optional<ServedEndpoint> portOf(UUID poolId) {
        return users.getOrDefault(poolId, Set.of()).stream()
                .filter(served ->
                        served.isOpen() && served.destination().poolIds().contains(poolId))
                .findFirst();
    }

    /** A pool came or went: the ports that refer to it serve with it, or without. */
    void poolChanged(UUID poolId) {
        for (var served : List.copyOf(users.getOrDefault(poolId, Set.of()))) {
            swap(served, served.endpoint());
        }
    }

    /** Leads the ports that wait to their next pools, as far as those are ready. */
    void settle() {
        for (var served : List.copyOf(waiting.keySet())) {
            var wanted = destinationOf(served.endpoint());
            if (isReady(served.destination(), wanted, waiting.getOrDefault(served, 0))) {
                waiting.remove(served);
                lead(served, served.endpoint(), wanted);
            }
        }
    }

    /** Another second has passed. */
    void tick() {
        waiting.replaceAll((_, seconds) -> seconds + 1);
        settle();
    }

    private boolean mustWait(Destination current, Destination wanted) {
        return current.isSomewhere()
                && current.poolIds().stream().allMatch(id -> pools.find(id) != null)
                && !isReady(current, wanted, 0);
    }

    /** Whether every pool that is new to a port is. */
    private boolean isReady(Destination current, Destination wanted, int seconds) {
        var fresh = wanted.poolIds();
        fresh.removeAll(current.poolIds());
        return fresh.stream().allMatch(id -> isReady(id, seconds));
    }

    private boolean isReady(UUID poolId, int seconds) {
        return switch (pools.readiness(poolId)) {
            case UNKNOWN -> false;
            case PARTIAL -> seconds >= PATIENCE_SECONDS;
            case KNOWN -> true;
        };
    }

    private void bind(ServedEndpoint served, Endpoint next, Destination destination) {
        removeUses(served);
        served.swap(next, destination);
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
        var listener = served.endpoint().listener();
        var ids = served.destination().poolIds();
        listener.defaultPoolId().ifPresent(ids::add);
        ids.addAll(Policies.poolsOf(listener.policies()));
        return ids;
    }

    void clear() {
        users.clear();
        waiting.clear();
    }
}
