package io.evenkeel.agentsync.placement;

import io.evenkeel.agentsync.feed.Changes;
import io.evenkeel.desiredstate.ResourceKind;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What one worker is to hold: the load balancers that {@link Placement} gives it, and the pools that no other worker's
 * load balancers alone lead to. It takes at once what falls to it, and lets go late: what falls to others meanwhile it
 * serves for {@link #holdFor}, in which a worker that was only late is heard again, and one that is new begins to serve.
 * So a heartbeat that is late costs nothing but that two serve for a while. Used by one thread; what reads, within the
 * caller's snapshot.
 */
public final class Share {

    private static final long LOOK_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final LiveWorker self;
    private final PlacementReads reads;
    private final LongSupplier nanoTime;
    private final Fleet fleet;
    private final long holdNanos;
    private final Map<UUID, Long> leavingSince = new HashMap<>();
    private List<LiveWorker> live;
    private long nextLookNanos;
    private boolean hasMoved;

    /**
     * @param lostAfter how long another worker may be silent before its share is taken
     * @param nanoTime as {@link System#nanoTime}
     */
    public Share(LiveWorker self, PlacementReads reads, Duration lostAfter, LongSupplier nanoTime) {
        this.self = self;
        this.reads = reads;
        this.nanoTime = nanoTime;
        this.fleet = new Fleet(lostAfter);
        this.holdNanos = holdFor(lostAfter).toNanos();
        this.live = List.of(self);
        this.nextLookNanos = nanoTime.getAsLong();
    }

    static Duration holdFor(Duration lostAfter) {
        return lostAfter.multipliedBy(3);
    }

    /** Looks who lives, at most once a second. This worker does, whatever its row says. */
    public void look() {
        long now = nanoTime.getAsLong();
        if (!self.isChoosy() || now - nextLookNanos < 0) {
            return;
        }
        nextLookNanos = now + LOOK_EVERY_NANOS;
        if (fleet.look(reads.heartbeats(), now)) {
            hasMoved = true;
        }
        var others = fleet.live().stream().filter(worker -> !worker.id().equals(self.id()));
        live = Stream.concat(Stream.of(self), others).toList();
    }

    /** Whether all that is to be held must be compared with what is: others live, or something is to be let go. */
    public boolean isDue() {
        long now = nanoTime.getAsLong();
        return hasMoved || leavingSince.values().stream().anyMatch(since -> now - since >= holdNanos);
    }

    /** That was done. */
    public void compared(Set<UUID> heldLoadBalancers) {
        hasMoved = false;
        leavingSince.keySet().retainAll(heldLoadBalancers);
    }

    /** Of what changed, what is to be held here, and the pools that it needs and that are not held yet. */
    public Changes narrow(Changes changes, Map<ResourceKind, Set<UUID>> held) {
        if (!self.isChoosy()) {
            return changes;
        }
        var changedPools = changes.changed().getOrDefault(ResourceKind.POOL, List.of());
        var changed = changes.changed().getOrDefault(ResourceKind.LOAD_BALANCER, List.of());
        var heldHere = held.getOrDefault(ResourceKind.LOAD_BALANCER, Set.of());
        var heldPools = held.getOrDefault(ResourceKind.POOL, Set.of());
        var zones = reads.zones(changed);
        var mine = changed.stream()
                .filter(id -> serves(id, zones.getOrDefault(id, List.of()), heldHere))
                .toList();
        var taken = Set.copyOf(mine);
        var users = reads.users(changedPools);
        var pools = new TreeSet<UUID>();
        changedPools.stream()
                .filter(needed(users, id -> heldHere.contains(id) || taken.contains(id)))
                .forEach(pools::add);
        reads.poolsOf(mine).stream().filter(id -> !heldPools.contains(id)).forEach(pools::add);
        var narrowed = Map.of(ResourceKind.POOL, List.copyOf(pools), ResourceKind.LOAD_BALANCER, mine);
        return new Changes(changes.cursor(), narrowed, changes.deleted());
    }

    /** Of all that exists, what is to be held here. */
    public Map<ResourceKind, Map<UUID, Long>> mine(
            Map<ResourceKind, Map<UUID, Long>> existing, Map<ResourceKind, Set<UUID>> held) {
        if (!self.isChoosy()) {
            return existing;
        }
        var zones = reads.zones();
        var heldHere = held.getOrDefault(ResourceKind.LOAD_BALANCER, Set.of());
        var loadBalancers = new HashMap<>(existing.getOrDefault(ResourceKind.LOAD_BALANCER, Map.of()));
        loadBalancers.keySet().removeIf(id -> !serves(id, zones.getOrDefault(id, List.of()), heldHere));
        var pools = new HashMap<>(existing.getOrDefault(ResourceKind.POOL, Map.of()));
        pools.keySet()
                .removeIf(needed(reads.users(), loadBalancers::containsKey).negate());
        return Map.of(ResourceKind.POOL, pools, ResourceKind.LOAD_BALANCER, loadBalancers);
    }

    private static Predicate<UUID> needed(Map<UUID, Set<UUID>> users, Predicate<UUID> isServed) {
        return poolId -> {
            var loadBalancers = users.getOrDefault(poolId, Set.of());
            return loadBalancers.isEmpty() || loadBalancers.stream().anyMatch(isServed);
        };
    }

    private boolean serves(UUID loadBalancerId, Collection<String> zones, Set<UUID> held) {
        if (Placement.serves(self, loadBalancerId, zones, live)) {
            leavingSince.remove(loadBalancerId);
            return true;
        }
        if (!held.contains(loadBalancerId)) {
            return false;
        }
        long now = nanoTime.getAsLong();
        return now - leavingSince.computeIfAbsent(loadBalancerId, id -> now) < holdNanos;
    }
}
