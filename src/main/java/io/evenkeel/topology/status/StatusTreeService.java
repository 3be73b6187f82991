package io.evenkeel.topology.status;

import io.evenkeel.routing.Policies;
import io.evenkeel.status.MemberStatuses;
import io.evenkeel.status.ObservedStatus;
import io.evenkeel.status.ObservedStatuses;
import io.evenkeel.status.ZoneCoverage;
import io.evenkeel.topology.status.TreeReads.ListenerRow;
import io.evenkeel.topology.status.TreeReads.MemberRow;
import io.evenkeel.topology.status.TreeReads.PoolRow;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads the status tree in one snapshot, by a fixed number of statements. */
@Service
class StatusTreeService {

    private final TreeReads reads;
    private final Policies routing;
    private final ObservedStatuses statuses;
    private final MemberStatuses memberStatuses;
    private final ZoneCoverage zones;

    StatusTreeService(
            TreeReads reads,
            Policies routing,
            ObservedStatuses statuses,
            MemberStatuses memberStatuses,
            ZoneCoverage zones) {
        this.reads = reads;
        this.routing = routing;
        this.statuses = statuses;
        this.memberStatuses = memberStatuses;
        this.zones = zones;
    }

    /** Errors: NOT_FOUND. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    StatusTree show(String projectId, UUID loadBalancerId) {
        var loadBalancer = reads.loadBalancer(projectId, loadBalancerId);
        var listeners = reads.listeners(loadBalancerId);
        var listenerIds = listeners.stream().map(ListenerRow::id).toList();
        var policies = routing.ofListeners(projectId, listenerIds);
        var pools = reads.pools(loadBalancerId);
        var poolIds = pools.stream().map(PoolRow::id).toList();
        var members = reads.members(poolIds);
        var observed = new HashMap<UUID, ObservedStatus>();
        observed.putAll(statuses.ofLoadBalancers(List.of(loadBalancerId)));
        observed.putAll(
                statuses.ofListeners(listeners.stream().map(ListenerRow::id).toList()));
        observed.putAll(statuses.ofPools(poolIds));
        memberStatuses
                .of(members.stream().map(MemberRow::id).toList())
                .forEach((member, status) -> observed.put(member, status.observed()));
        var coverage = new TreeZones(
                loadBalancer.zones(),
                members,
                observed,
                Stream.concat(zones.of(List.of(loadBalancerId)).stream(), zones.ofPools(poolIds).stream())
                        .toList());
        return new TreeBuilder(loadBalancer, listeners, pools, members, policies, observed, coverage).build();
    }
}
