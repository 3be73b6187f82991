package io.evenkeel.agentsync.placement;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Which workers serve a load balancer: in each of its availability zones, and among the workers without a zone, the
 * first {@code replicasPerZone} in an order that each load balancer has of its own (rendezvous hashing: Thaler and
 * Ravishankar, "Using name-based mappings to increase hit rates", 1998). So a worker that goes or comes moves nothing
 * but its own share. Where none of these zones has a worker, those of all other zones count as one zone: somebody
 * serves as long as anybody lives. Pure.
 */
public final class Placement {

    private Placement() {}

    /** The ids of the workers that serve it; none only when no worker lives. */
    public static Set<String> workersOf(UUID loadBalancerId, Collection<String> zones, Collection<LiveWorker> live) {
        return groups(zones, live).stream()
                .flatMap(group -> ranked(loadBalancerId, group).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param worker one of the live ones
     */
    static boolean serves(
            LiveWorker worker, UUID loadBalancerId, Collection<String> zones, Collection<LiveWorker> live) {
        return groups(zones, live).stream()
                .filter(group -> group.contains(worker))
                .anyMatch(group -> rank(worker, loadBalancerId, group) < worker.replicasPerZone());
    }

    private static Collection<List<LiveWorker>> groups(Collection<String> zones, Collection<LiveWorker> live) {
        Map<Optional<String>, List<LiveWorker>> byZone = live.stream()
                .filter(worker ->
                        worker.zone().isEmpty() || zones.contains(worker.zone().get()))
                .collect(Collectors.groupingBy(LiveWorker::zone));
        return byZone.isEmpty() ? List.of(List.copyOf(live)) : byZone.values();
    }

    private static List<String> ranked(UUID loadBalancerId, List<LiveWorker> group) {
        var order = group.stream().sorted(orderOf(loadBalancerId)).toList();
        return order.stream()
                .filter(worker -> order.indexOf(worker) < worker.replicasPerZone())
                .map(LiveWorker::id)
                .toList();
    }

    private static long rank(LiveWorker worker, UUID loadBalancerId, List<LiveWorker> group) {
        var order = orderOf(loadBalancerId);
        return group.stream().filter(other -> order.compare(other, worker) < 0).count();
    }

    private static Comparator<LiveWorker> orderOf(UUID loadBalancerId) {
        return Comparator.comparingLong((LiveWorker worker) -> score(worker.id(), loadBalancerId))
                .reversed()
                .thenComparing(LiveWorker::id);
    }

    /** FNV-1a over the worker's id, then both halves of the load balancer's, each mixed in as MurmurHash3 ends. */
    private static long score(String workerId, UUID loadBalancerId) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < workerId.length(); i++) {
            hash = (hash ^ workerId.charAt(i)) * 0x100000001b3L;
        }
        hash = mixed(hash);
        hash = mixed(hash ^ loadBalancerId.getMostSignificantBits());
        return mixed(hash ^ loadBalancerId.getLeastSignificantBits());
    }

    private static long mixed(long bits) {
        long hash = bits;
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }
}
