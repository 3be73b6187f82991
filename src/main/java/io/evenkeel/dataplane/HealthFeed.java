package io.evenkeel.dataplane;

import io.evenkeel.dataplane.health.HealthChecker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Takes note of changed members on any thread and acts on them on the control thread, many at once: brings them in or
 * out and tells what their state is by then.
 */
final class HealthFeed {

    private record Changed(UUID poolId, UUID memberId) {}

    private final HealthChecker health;
    private final PoolTable pools;
    private final WorkerListener listener;
    private final Object lock = new Object();
    private Set<Changed> pending = new LinkedHashSet<>();

    HealthFeed(HealthChecker health, PoolTable pools, WorkerListener listener) {
        this.health = health;
        this.pools = pools;
        this.listener = listener;
    }

    /** Returns whether {@link #drain} is to be called now; else it is on its way. */
    boolean changed(UUID poolId, UUID memberId) {
        synchronized (lock) {
            boolean isFirst = pending.isEmpty();
            pending.add(new Changed(poolId, memberId));
            return isFirst;
        }
    }

    void drain() {
        Set<Changed> changes;
        synchronized (lock) {
            changes = pending;
            pending = new LinkedHashSet<>();
        }
        var poolIds = new HashSet<UUID>();
        changes.forEach(change -> poolIds.add(change.poolId()));
        poolIds.forEach(pools::refresh);
        for (Changed change : changes) {
            health.find(change.poolId(), change.memberId())
                    .ifPresent(state ->
                            listener.onHealthChanged(MemberHealth.of(change.poolId(), change.memberId(), state)));
        }
    }

    List<MemberHealth> all() {
        var all = new ArrayList<MemberHealth>();
        for (UUID poolId : pools.ids()) {
            health.states(poolId).forEach((memberId, state) -> all.add(MemberHealth.of(poolId, memberId, state)));
        }
        return all;
    }
}
