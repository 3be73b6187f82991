package io.evenkeel.dataplane.health;

import io.evenkeel.dataplane.health.probe.CheckResult;
import io.evenkeel.dataplane.health.probe.CheckTarget;
import io.evenkeel.dataplane.health.probe.Prober;
import io.evenkeel.dataplane.health.schedule.CheckFigures;
import io.evenkeel.dataplane.health.socket.CheckSockets;
import io.evenkeel.desiredstate.DesiredPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Keeps the state of every checked member of every pool and has their targets probed, each once however many members
 * share it. Members of a pool without a monitor have no state. All methods may be called from any thread; the
 * listener is called without a lock held.
 */
public final class HealthChecker implements AutoCloseable {

    private record Subscriber(UUID poolId, UUID memberId) {}

    private final HealthListener listener;
    private final InstantSource clock;
    private final Prober prober;
    private final Object lock = new Object();
    private final Map<UUID, PoolHealth> pools = new HashMap<>();
    private final Map<UUID, Map<UUID, CheckTarget>> targetsByPool = new HashMap<>();
    private final Map<CheckTarget, Set<Subscriber>> subscribers = new HashMap<>();

    /** @throws UncheckedIOException when the system has no descriptors left for it */
    public HealthChecker(HealthListener listener, InstantSource clock) {
        this(listener, clock, open());
    }

    HealthChecker(HealthListener listener, InstantSource clock, CheckSockets sockets) {
        this.listener = listener;
        this.clock = clock;
        this.prober = new Prober(this::onResult, sockets);
    }

    private static CheckSockets open() {
        try {
            return CheckSockets.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void start() {
        prober.start();
    }

    /**
     * Takes a pool's next configuration: on return {@link #find} tells what each member starts with. The listener
     * hears of members known before whose state is another now.
     *
     * @throws IllegalArgumentException when a member cannot be checked; then nothing changed
     */
    public void update(DesiredPool pool) {
        requireCheckable(pool);
        Set<UUID> changed;
        synchronized (lock) {
            var health = pools.computeIfAbsent(pool.id(), id -> new PoolHealth());
            changed = health.update(pool, clock.instant());
            subscribe(pool.id(), health.targets());
        }
        changed.forEach(memberId -> listener.onHealthChanged(pool.id(), memberId));
    }

    /** Forgets a pool. */
    public void remove(UUID poolId) {
        synchronized (lock) {
            pools.remove(poolId);
            subscribe(poolId, Map.of());
        }
    }

    /** The state of a member, empty when it is not checked or not known. */
    public Optional<HealthState> find(UUID poolId, UUID memberId) {
        synchronized (lock) {
            return Optional.ofNullable(pools.get(poolId)).flatMap(pool -> pool.find(memberId));
        }
    }

    /** The states of a pool's members by id; empty without a monitor. */
    public Map<UUID, HealthState> states(UUID poolId) {
        synchronized (lock) {
            var pool = pools.get(poolId);
            return pool == null ? Map.of() : pool.states();
        }
    }

    /** How well it keeps up. Not to be called by the listener. */
    public CheckFigures figures() {
        return prober.figures();
    }

    /** Ends all checks. */
    @Override
    public void close() {
        prober.close();
    }

    /**
     * Whether every member of the pool could be checked as its monitor says.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static void requireCheckable(DesiredPool pool) {
        pool.healthMonitor().ifPresent(monitor -> pool.members().forEach(member -> CheckTarget.of(monitor, member)));
    }

    private void subscribe(UUID poolId, Map<UUID, CheckTarget> next) {
        var before = next.isEmpty() ? targetsByPool.remove(poolId) : targetsByPool.put(poolId, next);
        if (before != null) {
            before.forEach((memberId, target) -> {
                if (!target.equals(next.get(memberId))) {
                    unsubscribe(new Subscriber(poolId, memberId), target);
                }
            });
        }
        next.forEach((memberId, target) -> {
            if (subscribers.computeIfAbsent(target, t -> new HashSet<>()).add(new Subscriber(poolId, memberId))) {
                prober.add(target);
            }
        });
    }

    private void unsubscribe(Subscriber subscriber, CheckTarget target) {
        var remaining = subscribers.get(target);
        if (remaining != null && remaining.remove(subscriber) && remaining.isEmpty()) {
            subscribers.remove(target);
            prober.remove(target);
        }
    }

    private void onResult(CheckTarget target, CheckResult result) {
        List<Subscriber> changed = new ArrayList<>();
        synchronized (lock) {
            for (Subscriber subscriber : subscribers.getOrDefault(target, Set.of())) {
                var pool = pools.get(subscriber.poolId());
                if (pool != null && pool.record(subscriber.memberId(), result, clock.instant())) {
                    changed.add(subscriber);
                }
            }
        }
        changed.forEach(subscriber -> listener.onHealthChanged(subscriber.poolId(), subscriber.memberId()));
    }
}
