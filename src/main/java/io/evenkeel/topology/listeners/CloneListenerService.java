package io.evenkeel.topology.listeners;

import io.evenkeel.healthmonitor.HealthMonitors;
import io.evenkeel.listener.ListenerCopying;
import io.evenkeel.listener.ListenerCopying.Known;
import io.evenkeel.loadbalancer.AdvancedLoadBalancer;
import io.evenkeel.loadbalancer.LoadBalancers;
import io.evenkeel.member.Members;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.job.JobType;
import io.evenkeel.platform.job.Jobs;
import io.evenkeel.pool.AdvancedPool;
import io.evenkeel.pool.PoolCopying;
import io.evenkeel.pool.Pools;
import io.evenkeel.routing.PolicyCopying;
import io.evenkeel.topology.listeners.CloneListenerController.ClonedListener;
import io.evenkeel.topology.listeners.CloneListenerRequest.TargetListener;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Copies a listener to load balancers of its VPC, in one transaction: what it refers to is held first, then all load
 * balancers concerned are locked by id, its own among them, then its pools by id.
 */
@Service
class CloneListenerService {

    private final LoadBalancers loadBalancers;
    private final ListenerCopying copies;
    private final PolicyCopying policies;
    private final Pools pools;
    private final PoolCopying poolCopies;
    private final HealthMonitors monitors;
    private final Members members;
    private final Jobs jobs;
    private final Clock clock;

    CloneListenerService(
            LoadBalancers loadBalancers,
            ListenerCopying copies,
            PolicyCopying policies,
            Pools pools,
            PoolCopying poolCopies,
            HealthMonitors monitors,
            Members members,
            Jobs jobs,
            Clock clock) {
        this.loadBalancers = loadBalancers;
        this.copies = copies;
        this.policies = policies;
        this.pools = pools;
        this.poolCopies = poolCopies;
        this.monitors = monitors;
        this.members = members;
        this.jobs = jobs;
        this.clock = clock;
    }

    record Cloned(List<ClonedListener> listeners, UUID jobId) {}

    /** Errors: NOT_FOUND, INVALID_INPUT, MISMATCH (another VPC, a pool that does not fit), CONFLICT (a port in use). */
    @Transactional
    Cloned copy(String projectId, UUID listenerId, CloneListenerRequest request) {
        var begun = clock.instant();
        var source = copies.holdOne(projectId, listenerId);
        var targets = request.targetListenerParams();
        var locked = loadBalancers.advanceAll(
                projectId,
                Stream.concat(
                                Stream.of(source.loadBalancerId()),
                                targets.stream().map(TargetListener::loadBalancer))
                        .toList());
        var from = find(locked, source.loadBalancerId());
        targets.forEach(target -> checkPlace(from, find(locked, target.loadBalancer())));
        var now = copies.holdOne(projectId, listenerId);
        now.poolIds().forEach(pool -> pools.advance(projectId, pool));
        var made = new ArrayList<ClonedListener>();
        for (int i = 0; i < targets.size(); i++) {
            made.add(copyTo(projectId, listenerId, now, targets.get(i), i, locked));
        }
        var places =
                made.stream().map(ClonedListener::loadbalancerId).distinct().toList();
        var job = jobs.finished(projectId, JobType.CLONE_LISTENER, begun, listenerId.toString(), places);
        return new Cloned(made, job);
    }

    private ClonedListener copyTo(
            String projectId,
            UUID listenerId,
            Known source,
            TargetListener target,
            int index,
            List<AdvancedLoadBalancer> locked) {
        var wanted = target.wanted(index);
        var to = find(locked, target.loadBalancer());
        var behind = new LinkedHashMap<UUID, AdvancedPool>();
        source.poolIds().forEach(pool -> behind.put(pool, poolFor(projectId, pool, target, to)));
        var defaultPool = source.defaultPoolId();
        var id = copies.copy(projectId, listenerId, to, wanted, defaultPool == null ? null : behind.get(defaultPool));
        var replaced = new HashMap<UUID, UUID>();
        behind.forEach((original, pool) -> replaced.put(original, pool.id()));
        policies.copyAll(projectId, to, Map.of(listenerId, id), replaced);
        return new ClonedListener(id, to.id(), wanted.port(), wanted.portRanges());
    }

    private AdvancedPool poolFor(String projectId, UUID source, TargetListener target, AdvancedLoadBalancer to) {
        if (target.reusesPool()) {
            return pools.bindVpc(projectId, source, to.vpcId());
        }
        var copy = poolCopies.copy(projectId, source, to.id());
        monitors.copy(projectId, source, copy);
        members.copyAll(projectId, source, copy.id());
        return copy;
    }

    private static void checkPlace(AdvancedLoadBalancer from, AdvancedLoadBalancer to) {
        if (!from.vpcId().equals(to.vpcId())) {
            throw ErrorCode.MISMATCH.with("Vpc %s of loadbalancer %s and vpc %s of loadbalancer %s mismatch"
                    .formatted(to.vpcId(), to.id(), from.vpcId(), from.id()));
        }
        if (from.ipTargetEnable() && !to.ipTargetEnable()) {
            throw ErrorCode.IP_TARGETS_DISABLED.with();
        }
    }

    private static AdvancedLoadBalancer find(List<AdvancedLoadBalancer> locked, UUID id) {
        return locked.stream()
                .filter(loadBalancer -> loadBalancer.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
