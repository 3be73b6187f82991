package io.evenkeel.dataplane;

import io.evenkeel.dataplane.health.HealthChecker;
import io.evenkeel.dataplane.health.HealthState;
import io.evenkeel.dataplane.health.probe.Failure;
import io.evenkeel.dataplane.listening.PoolSource;
import io.evenkeel.dataplane.pool.MemberPool;
import io.evenkeel.dataplane.pool.PoolRuntime;
import io.evenkeel.dataplane.transport.EventLoop;
import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The pools a worker holds, at work and checked. The control thread's alone. */
final class PoolTable implements PoolSource {

    /** What is known of the members is of the same moment as what the runtime picks from. */
    private record Entry(DesiredPool desired, PoolRuntime runtime, Readiness readiness) {}

    private final List<EventLoop> loops;
    private final HealthChecker health;
    private final Map<UUID, Entry> pools = new HashMap<>();

    PoolTable(List<EventLoop> loops, HealthChecker health) {
        this.loops = loops;
        this.health = health;
    }

    /**
     * Takes a pool that is {@linkplain NotServed not unserved}.
     *
     * @param isReferred whether a port of this worker leads to it: then it is checked, whatever is said of its use
     * @return whether it was not held before
     * @throws IllegalArgumentException when it makes no sense; then nothing changed
     */
    boolean put(DesiredPool desired, boolean isReferred) {
        desired.members().forEach(member -> InetAddress.ofLiteral(member.address()));
        HealthChecker.requireCheckable(desired);
        var before = pools.get(desired.id());
        var runtime = before == null ? new PoolRuntime(desired.id(), loops) : before.runtime();
        health.update(inUse(desired, isReferred));
        pools.put(desired.id(), new Entry(desired, runtime, Readiness.UNKNOWN));
        refresh(desired.id());
        return before == null;
    }

    /** A port leads to the pool from now on, or none does any more. */
    void referred(UUID poolId, boolean isReferred) {
        var entry = pools.get(poolId);
        if (entry != null && !entry.desired().isUsed()) {
            health.update(inUse(entry.desired(), isReferred));
            refresh(poolId);
        }
    }

    private static DesiredPool inUse(DesiredPool desired, boolean isReferred) {
        return desired.isUsed() || !isReferred
                ? desired
                : new DesiredPool(
                        desired.id(),
                        desired.generation(),
                        desired.projectId(),
                        desired.isEnabled(),
                        true,
                        desired.protocol(),
                        desired.algorithm(),
                        desired.isAnyPort(),
                        desired.healthMonitor(),
                        desired.members());
    }

    void remove(UUID poolId) {
        var removed = pools.remove(poolId);
        if (removed != null) {
            health.remove(poolId);
            removed.runtime().close();
        }
    }

    @Override
    public @Nullable MemberPool find(UUID poolId) {
        var entry = pools.get(poolId);
        return entry == null ? null : entry.runtime();
    }

    @Override
    public Readiness readiness(UUID poolId) {
        var entry = pools.get(poolId);
        return entry == null ? Readiness.KNOWN : entry.readiness();
    }

    private static Readiness readiness(DesiredPool desired, Map<UUID, HealthState> states) {
        boolean isAnyUnchecked = desired.members().stream()
                .filter(DesiredMember::isServerActive)
                .map(member -> states.get(member.id()))
                .anyMatch(state -> state != null && isUnchecked(state));
        boolean isAnyOnline = states.values().stream().anyMatch(HealthState::isOnline);
        return !isAnyUnchecked ? Readiness.KNOWN : isAnyOnline ? Readiness.PARTIAL : Readiness.UNKNOWN;
    }

    private static boolean isUnchecked(HealthState state) {
        return state.failure().filter(Failure.NOT_CHECKED_YET::equals).isPresent();
    }

    Set<UUID> ids() {
        return Set.copyOf(pools.keySet());
    }

    /** Health changed: members come in or go out. */
    void refresh(UUID poolId) {
        var entry = pools.get(poolId);
        if (entry != null) {
            boolean isMonitored = entry.desired().healthMonitor().isPresent();
            var states = health.states(poolId);
            entry.runtime().update(entry.desired(), memberId -> {
                var state = states.get(memberId);
                return state == null ? !isMonitored : state.isOnline();
            });
            pools.put(poolId, new Entry(entry.desired(), entry.runtime(), readiness(entry.desired(), states)));
        }
    }
}
