package io.evenkeel.dataplane;

import io.evenkeel.dataplane.health.HealthChecker;
import io.evenkeel.dataplane.health.HealthState;
import io.evenkeel.dataplane.health.probe.Failure;
import io.evenkeel.dataplane.listening.PoolSource;
import io.evenkeel.dataplane.pool.Drain;
import io.evenkeel.dataplane.pool.MemberPool;
import io.evenkeel.dataplane.pool.PoolRuntime;
import io.evenkeel.dataplane.pool.eligible.Health;
import io.evenkeel.dataplane.pool.eligible.StandIn;
import io.evenkeel.dataplane.transport.EventLoop;
import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The pools a worker holds, at work and checked. The control thread's alone. */
final class PoolTable implements PoolSource {

    /** What is known of the members is of the same moment as what the runtime picks from. */
    private record Entry(DesiredPool desired, PoolRuntime runtime, Readiness readiness) {}

    private final List<EventLoop> loops;
    private final HealthChecker health;
    private final Optional<String> zone;
    private final InstantSource clock;
    private final Map<UUID, Entry> pools = new HashMap<>();
    private final Map<UUID, StandIn> standIns = new HashMap<>();
    private final Map<UUID, Map<UUID, Drain>> drains = new HashMap<>();
    private Map<UUID, Map<UUID, Drain>> changedDrains = new HashMap<>();
    /** Taken, or removed. */
    private Set<UUID> changed = new HashSet<>();

    /**
     * @param zone where this worker runs
     * @param clock tells how long clients were not seen
     */
    PoolTable(List<EventLoop> loops, HealthChecker health, Optional<String> zone, InstantSource clock) {
        this.clock = clock;
        this.loops = loops;
        this.health = health;
        this.zone = zone;
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
        var runtime = before == null ? newRuntime(desired.id()) : before.runtime();
        health.update(inUse(desired, isReferred));
        pools.put(desired.id(), new Entry(desired, runtime, Readiness.UNKNOWN));
        refresh(desired.id());
        changed.add(desired.id());
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
        return desired.used(desired.isUsed() || isReferred);
    }

    private PoolRuntime newRuntime(UUID poolId) {
        return new PoolRuntime(poolId, loops, zone, System::nanoTime, clock);
    }

    void remove(UUID poolId) {
        changed.add(poolId);
        var removed = pools.remove(poolId);
        if (removed != null) {
            standIns.remove(poolId);
            drains.remove(poolId);
            changedDrains.remove(poolId);
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

    /** Pools that were put or removed since the last call. */
    Set<UUID> takeChanged() {
        var taken = changed;
        changed = new HashSet<>();
        return taken;
    }

    /** Of the pool as it is held. */
    Optional<Long> generation(UUID poolId) {
        return Optional.ofNullable(pools.get(poolId))
                .map(entry -> entry.desired().generation());
    }

    Set<UUID> ids() {
        return Set.copyOf(pools.keySet());
    }

    /** The pools in which others take traffic than those who are there for it, and why. */
    Map<UUID, StandIn> standIns() {
        return Map.copyOf(standIns);
    }

    /** Time has passed: members that are being eased in take more, and for others the time to leave is over. */
    void tick() {
        pools.values().stream()
                .filter(entry -> entry.runtime().isAnyTimeRunning())
                .map(entry -> entry.desired().id())
                .toList()
                .forEach(this::refresh);
    }

    /** Health changed: members come in or go out. */
    void refresh(UUID poolId) {
        var entry = pools.get(poolId);
        if (entry != null) {
            boolean isMonitored = entry.desired().healthMonitor().isPresent();
            var states = health.states(poolId);
            entry.runtime().update(entry.desired(), memberId -> healthOf(states.get(memberId), isMonitored));
            pools.put(poolId, new Entry(entry.desired(), entry.runtime(), readiness(entry.desired(), states)));
            noteDrains(poolId, entry.runtime().drains());
            entry.runtime().standIn().ifPresentOrElse(why -> standIns.put(poolId, why), () -> standIns.remove(poolId));
        }
    }

    private void noteDrains(UUID poolId, Map<UUID, Drain> now) {
        var before = now.isEmpty() ? drains.remove(poolId) : drains.put(poolId, now);
        if (!now.equals(before == null ? Map.of() : before)) {
            changedDrains.put(poolId, now);
        }
    }

    /** By pool, all of its members that leave to a limit, where others do so than at the last call. */
    Map<UUID, Map<UUID, Drain>> takeChangedDrains() {
        var taken = changedDrains;
        changedDrains = new HashMap<>();
        return taken;
    }

    private static Health healthOf(@Nullable HealthState state, boolean isMonitored) {
        if (state == null) {
            return isMonitored ? Health.UNCHECKED : Health.WELL;
        } else if (state.isOnline()) {
            return Health.WELL;
        }
        return isUnchecked(state) ? Health.UNCHECKED : Health.FAILING;
    }
}
