package io.evenkeel.topology.deletion;

import io.evenkeel.loadbalancer.LoadBalancerDeletion;
import io.evenkeel.platform.Ids;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.job.JobType;
import io.evenkeel.platform.job.Jobs;
import io.evenkeel.pool.PoolDeleting;
import io.evenkeel.pool.Pools;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Deletes that take along what belongs to the deleted. Each is one transaction that locks load balancers by id, then
 * pools by id, before it writes anything: it happens wholly or not at all, and meets no deadlock.
 */
@Service
public class DeletionService {

    private final LoadBalancerDeletion loadBalancers;
    private final Pools pools;
    private final Uses uses;
    private final ListenerCascade listeners;
    private final PoolCascade poolCascade;
    private final Jobs jobs;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    DeletionService(
            LoadBalancerDeletion loadBalancers,
            Pools pools,
            Uses uses,
            ListenerCascade listeners,
            PoolCascade poolCascade,
            Jobs jobs,
            ApplicationEventPublisher events,
            Clock clock) {
        this.loadBalancers = loadBalancers;
        this.pools = pools;
        this.uses = uses;
        this.listeners = listeners;
        this.poolCascade = poolCascade;
        this.jobs = jobs;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Deletes load balancers with their listeners and policies. Pools that others use are only detached. Errors:
     * NOT_FOUND, CONFLICT for a protected load balancer or pool; then nothing is deleted.
     *
     * @param withPools whether pools that nothing else uses go too, with members and monitors; or are only detached
     */
    @Transactional
    void deleteLoadBalancers(String projectId, Collection<UUID> ids, boolean withPools) {
        var locked = loadBalancers.lock(projectId, ids);
        var poolIds = uses.lockPoolsOf(projectId, ids);
        var shared = withPools ? uses.shared(poolIds, ids) : Set.copyOf(poolIds);
        var advanced =
                poolIds.stream().map(pool -> pools.advance(projectId, pool)).toList();
        advanced.stream().filter(pool -> !shared.contains(pool.id())).forEach(PoolCascade::refuseProtected);
        var listenersOf = uses.listenersOf(ids);
        locked.forEach(loadBalancer ->
                listeners.delete(projectId, loadBalancer, listenersOf.getOrDefault(loadBalancer.id(), List.of())));
        var gone = new HashSet<>(ids);
        for (var pool : advanced) {
            if (!shared.contains(pool.id())) {
                poolCascade.delete(projectId, pool);
            } else if (pool.loadBalancerId() != null && gone.contains(pool.loadBalancerId())) {
                poolCascade.detach(projectId, pool);
            }
        }
        locked.forEach(loadBalancer -> loadBalancers.delete(projectId, loadBalancer.id()));
    }

    record Deleted(List<UUID> ids, UUID jobId) {}

    /** The same for several that clients named. Errors: as above; what is no id is not found. */
    @Transactional
    Deleted deleteBatch(String projectId, List<String> ids, boolean withPools) {
        var begun = clock.instant();
        var known = ids.stream()
                .map(id -> Ids.parse(id).orElseThrow(() -> ErrorCode.NOT_FOUND.with("loadbalancer", id)))
                .distinct()
                .toList();
        deleteLoadBalancers(projectId, known, withPools);
        var first = known.getFirst().toString();
        return new Deleted(known, jobs.finished(projectId, JobType.BATCH_DELETE_LOADBALANCER, begun, first, known));
    }

    /** Deletes a pool with members and monitor. Errors: NOT_FOUND, CONFLICT when it is protected or a policy uses it. */
    @Transactional
    public void deletePool(String projectId, UUID id) {
        if (deletePools(projectId, List.of(id)).isEmpty()) {
            throw ErrorCode.NOT_FOUND.with("pool", id);
        }
    }

    /**
     * The same for several: all that are there, or none. A pair of a master and a standby has an operation of its own,
     * and is refused here as deleting it as a single pool is. Errors: as above.
     *
     * @return for each id as given, once, whether it was there
     */
    @Transactional
    Map<String, Boolean> deletePoolsThatAreThere(String projectId, List<String> ids) {
        var known = ids.stream().map(Ids::parse).flatMap(Optional::stream).toList();
        uses.findPair(projectId, known).ifPresent(pair -> {
            throw ErrorCode.CONFLICT.with(
                    "Pool %s is a pair of a master and a standby, deleted with its members by".formatted(pair)
                            + " DeleteMasterSlavePool alone");
        });
        var deleted = deletePools(projectId, known);
        var found = new LinkedHashMap<String, Boolean>();
        ids.forEach(id -> found.put(id, Ids.parse(id).map(deleted::contains).orElse(false)));
        return found;
    }

    private Set<UUID> deletePools(String projectId, Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        events.publishEvent(new PoolDeleting(projectId, Set.copyOf(ids)));
        var advanced = uses.lockPools(projectId, ids).stream()
                .map(id -> pools.advance(projectId, id))
                .toList();
        advanced.forEach(PoolCascade::refuseProtected);
        advanced.forEach(pool -> poolCascade.delete(projectId, pool));
        var deleted = new HashSet<UUID>();
        advanced.forEach(pool -> deleted.add(pool.id()));
        return deleted;
    }
}
