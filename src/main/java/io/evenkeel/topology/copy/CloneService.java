package io.evenkeel.topology.copy;

import io.evenkeel.healthmonitor.HealthMonitors;
import io.evenkeel.listener.ListenerCopying;
import io.evenkeel.loadbalancer.AdvancedLoadBalancer;
import io.evenkeel.loadbalancer.LoadBalancerCopying;
import io.evenkeel.loadbalancer.LoadBalancers;
import io.evenkeel.member.Members;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.job.JobType;
import io.evenkeel.platform.job.Jobs;
import io.evenkeel.pool.PoolCopying;
import io.evenkeel.pool.Pools;
import io.evenkeel.routing.PolicyCopying;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Copies a load balancer with listeners, policies, pools, members and monitors, in one transaction. Addresses are taken
 * first; then the source and its pools are locked, so that the copy is of one moment.
 */
@Service
class CloneService {

    private final LoadBalancers loadBalancers;
    private final LoadBalancerCopying loadBalancerCopies;
    private final ListenerCopying listeners;
    private final PolicyCopying policies;
    private final Pools pools;
    private final PoolCopying poolCopies;
    private final Members members;
    private final HealthMonitors monitors;
    private final Source source;
    private final Jobs jobs;
    private final Clock clock;

    CloneService(
            LoadBalancers loadBalancers,
            LoadBalancerCopying loadBalancerCopies,
            ListenerCopying listeners,
            PolicyCopying policies,
            Pools pools,
            PoolCopying poolCopies,
            Members members,
            HealthMonitors monitors,
            Source source,
            Jobs jobs,
            Clock clock) {
        this.loadBalancers = loadBalancers;
        this.loadBalancerCopies = loadBalancerCopies;
        this.listeners = listeners;
        this.policies = policies;
        this.pools = pools;
        this.poolCopies = poolCopies;
        this.members = members;
        this.monitors = monitors;
        this.source = source;
        this.jobs = jobs;
        this.clock = clock;
    }

    record Cloned(List<UUID> ids, UUID jobId) {}

    /** Errors: NOT_FOUND, INVALID_INPUT, MISMATCH, CONFLICT (an address taken, the source changed at this moment). */
    @Transactional
    Cloned copy(String projectId, UUID sourceId, CloneRequest request) {
        var begun = clock.instant();
        var before = loadBalancers.require(projectId, sourceId);
        listeners.hold(projectId, sourceId);
        var copies = request.wanted().stream()
                .map(wanted -> loadBalancerCopies.copy(projectId, sourceId, wanted))
                .toList();
        if (source.lock(sourceId) != before.generation()) {
            throw ErrorCode.CONFLICT.with("Load balancer %s was changed at this moment".formatted(sourceId));
        }
        var behind = source.lockPools(sourceId);
        if (request.reusesPools()) {
            behind.forEach(pool -> reuse(projectId, pool, before.vpcId()));
        }
        for (var copy : copies) {
            var replaced = poolsFor(projectId, copy, behind, request.reusesPools());
            var originals = listeners.copyAll(projectId, sourceId, copy, replaced);
            policies.copyAll(projectId, copy, originals, replaced);
        }
        var ids = copies.stream().map(AdvancedLoadBalancer::id).toList();
        var job = jobs.finished(projectId, JobType.CLONE_LOADBALANCER, begun, sourceId.toString(), ids);
        return new Cloned(ids, job);
    }

    private void reuse(String projectId, Source.SourcePool pool, String vpcId) {
        if (!pool.mayBeShared()) {
            throw ErrorCode.MISMATCH.with(
                    "target_loadbalancer_param.reuse_pool: pool %s has no type, so it serves one load balancer only"
                            .formatted(pool.id()));
        }
        pools.bindVpc(projectId, pool.id(), vpcId);
    }

    private Map<UUID, UUID> poolsFor(
            String projectId, AdvancedLoadBalancer copy, List<Source.SourcePool> behind, boolean reused) {
        var replaced = new LinkedHashMap<UUID, UUID>();
        behind.forEach(pool -> replaced.put(pool.id(), reused ? pool.id() : copyOf(projectId, copy, pool)));
        return replaced;
    }

    private UUID copyOf(String projectId, AdvancedLoadBalancer owner, Source.SourcePool pool) {
        var copy = poolCopies.copy(projectId, pool.id(), pool.isOwned() ? owner.id() : null);
        monitors.copy(projectId, pool.id(), copy);
        members.copyAll(projectId, pool.id(), copy.id());
        return copy.id();
    }
}
