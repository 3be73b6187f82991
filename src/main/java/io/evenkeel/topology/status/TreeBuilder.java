package io.evenkeel.topology.status;

import io.evenkeel.routing.KnownPolicy;
import io.evenkeel.status.ObservedStatus;
import io.evenkeel.topology.status.StatusTree.ListenerNode;
import io.evenkeel.topology.status.StatusTree.LoadBalancerNode;
import io.evenkeel.topology.status.StatusTree.LoadBalancerObserved;
import io.evenkeel.topology.status.StatusTree.MemberNode;
import io.evenkeel.topology.status.StatusTree.MonitorNode;
import io.evenkeel.topology.status.StatusTree.PolicyNode;
import io.evenkeel.topology.status.StatusTree.PoolNode;
import io.evenkeel.topology.status.StatusTree.PoolObserved;
import io.evenkeel.topology.status.StatusTree.RuleNode;
import io.evenkeel.topology.status.TreeReads.ListenerRow;
import io.evenkeel.topology.status.TreeReads.LoadBalancerRow;
import io.evenkeel.topology.status.TreeReads.MemberRow;
import io.evenkeel.topology.status.TreeReads.PoolRow;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Derives the tree from what was read, after the table of the wire contract. Pure. A resource that is down
 * administratively is DISABLED, with all below it; what has an OFFLINE member below it is DEGRADED.
 */
record TreeBuilder(
        LoadBalancerRow loadBalancer,
        List<ListenerRow> listeners,
        List<PoolRow> pools,
        List<MemberRow> members,
        List<KnownPolicy> policies,
        Map<UUID, ObservedStatus> observed,
        TreeZones zones) {

    private static final String ACTIVE = "ACTIVE";
    private static final String ERROR = "ERROR";
    private static final String ONLINE = "ONLINE";
    private static final String OFFLINE = "OFFLINE";
    private static final String DEGRADED = "DEGRADED";
    private static final String DISABLED = "DISABLED";
    static final ObservedStatus UNKNOWN = new ObservedStatus(OFFLINE, null, null);

    StatusTree build() {
        var poolNodes = new LinkedHashMap<UUID, PoolNode>();
        pools.forEach(pool -> poolNodes.put(pool.id(), poolNode(pool)));
        var listenerNodes = listeners.stream()
                .map(listener -> listenerNode(listener, poolNodes))
                .toList();
        var seen = seen(loadBalancer.id());
        return new StatusTree(new LoadBalancerNode(
                loadBalancer.id(),
                loadBalancer.name(),
                ACTIVE,
                status(loadBalancer.isUp(), hasOffline(poolNodes.values())),
                listenerNodes,
                List.copyOf(poolNodes.values()),
                new LoadBalancerObserved(
                        seen.operatingStatus(),
                        seen.reason(),
                        seen.since(),
                        zones.uncovered(loadBalancer.id()),
                        zones.ofLoadBalancer(loadBalancer.id()))));
    }

    private static String status(boolean isUp, boolean isDegraded) {
        if (!isUp) {
            return DISABLED;
        }
        return isDegraded ? DEGRADED : ONLINE;
    }

    private static boolean hasOffline(Collection<PoolNode> nodes) {
        return nodes.stream().anyMatch(pool -> hasOfflineMember(pool.members()));
    }

    private static boolean hasOfflineMember(List<MemberNode> nodes) {
        return nodes.stream().anyMatch(member -> member.operatingStatus().equals(OFFLINE));
    }

    private ObservedStatus seen(UUID id) {
        return observed.getOrDefault(id, ObservedStatus.ONLINE);
    }

    private ListenerNode listenerNode(ListenerRow listener, Map<UUID, PoolNode> poolNodes) {
        var own = policies.stream()
                .filter(policy -> policy.listenerId().equals(listener.id()))
                .toList();
        var below = Stream.concat(
                        Stream.ofNullable(listener.defaultPool()),
                        own.stream().flatMap(policy -> policy.poolIds().stream()))
                .distinct()
                .map(poolNodes::get)
                .filter(Objects::nonNull)
                .toList();
        boolean hasError =
                own.stream().anyMatch(policy -> policy.provisioningStatus().equals(ERROR));
        return new ListenerNode(
                listener.id(),
                listener.name(),
                ACTIVE,
                status(loadBalancer.isUp() && listener.isUp(), hasOffline(below) || hasError),
                below,
                own.stream().map(TreeBuilder::policyNode).toList(),
                seen(listener.id()));
    }

    /** The rules of a policy that never matches are in ERROR with it. */
    private static PolicyNode policyNode(KnownPolicy policy) {
        return new PolicyNode(
                policy.id(),
                policy.name(),
                policy.action().name(),
                policy.provisioningStatus(),
                policy.rules().stream()
                        .map(rule -> new RuleNode(rule.id(), rule.type().name(), policy.provisioningStatus()))
                        .toList());
    }

    private PoolNode poolNode(PoolRow pool) {
        boolean isUp = loadBalancer.isUp() && pool.isUp();
        var own = members.stream()
                .filter(member -> member.poolId().equals(pool.id()))
                .map(member -> memberNode(member, isUp))
                .toList();
        var monitor = pool.monitor();
        var seen = seen(pool.id());
        return new PoolNode(
                pool.id(),
                pool.name(),
                ACTIVE,
                status(isUp, hasOfflineMember(own)),
                monitor == null ? null : new MonitorNode(monitor.id(), monitor.name(), monitor.type(), ACTIVE),
                own,
                new PoolObserved(seen.operatingStatus(), seen.reason(), seen.since(), zones.ofPool(pool.id())));
    }

    private MemberNode memberNode(MemberRow member, boolean isUp) {
        var seen = observed.getOrDefault(member.id(), UNKNOWN);
        return new MemberNode(
                member.id(), member.address(), member.port(), ACTIVE, isUp ? seen.operatingStatus() : DISABLED, seen);
    }
}
