package io.evenkeel.topology.graph;

import io.evenkeel.topology.graph.Graph.Edge;
import io.evenkeel.topology.graph.Graph.Labels;
import io.evenkeel.topology.graph.Graph.ListenerNode;
import io.evenkeel.topology.graph.Graph.Nodes;
import io.evenkeel.topology.graph.GraphReads.LoadBalancerRow;
import io.evenkeel.topology.graph.GraphReads.PolicyRow;
import io.evenkeel.topology.graph.GraphReads.PoolRow;
import io.evenkeel.topology.graph.GraphReads.Way;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads the graph in one snapshot, by a fixed number of statements, and keeps what is asked for. */
@Service
class GraphService {

    private final GraphReads reads;

    GraphService(GraphReads reads) {
        this.reads = reads;
    }

    /** Errors: NOT_FOUND. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    Graph show(String projectId, UUID loadBalancerId, GraphQuery query) {
        var loadBalancer = reads.loadBalancer(projectId, loadBalancerId);
        var ways = reads.ways(loadBalancerId);
        var wantedPools = reads.pools(loadBalancerId).stream()
                .filter(pool -> query.wants(pool.node()))
                .toList();
        var poolIds = wantedPools.stream().map(pool -> pool.node().id()).collect(Collectors.toSet());
        var listeners = reads.listeners(loadBalancerId).stream()
                .filter(query::wants)
                .filter(listener -> !query.isAboutPools() || leadsToOneOf(ways, listener.id(), poolIds))
                .toList();
        var listenerIds = listeners.stream().map(ListenerNode::id).collect(Collectors.toSet());
        var shownWays = ways.stream()
                .filter(way -> listenerIds.contains(way.listenerId()) && poolIds.contains(way.poolId()))
                .toList();
        var reached = shownWays.stream().map(Way::poolId).collect(Collectors.toSet());
        var pools = wantedPools.stream()
                .filter(pool -> reached.contains(pool.node().id()) || (pool.isOwned() && !query.isAboutListeners()))
                .toList();
        var policies = reads.policies(loadBalancerId).stream()
                .filter(policy -> listenerIds.contains(policy.listenerId()))
                .map(PolicyRow::label)
                .toList();
        return new Graph(
                new Nodes(
                        List.of(loadBalancer.node()),
                        loadBalancer.eips(),
                        listeners,
                        pools.stream().map(PoolRow::node).toList()),
                edges(loadBalancer, listeners, shownWays, pools),
                new Labels(policies));
    }

    private static boolean leadsToOneOf(List<Way> ways, UUID listenerId, Set<UUID> pools) {
        return ways.stream().anyMatch(way -> way.listenerId().equals(listenerId) && pools.contains(way.poolId()));
    }

    private static List<Edge> edges(
            LoadBalancerRow loadBalancer, List<ListenerNode> listeners, List<Way> ways, List<PoolRow> pools) {
        var self = loadBalancer.node().id().toString();
        var edges = new ArrayList<Edge>();
        loadBalancer.eips().forEach(eip -> edges.add(new Edge(eip.id(), self, "eip", "loadbalancer", null, null)));
        listeners.forEach(listener ->
                edges.add(new Edge(self, listener.id().toString(), "loadbalancer", "listener", null, null)));
        var reached = new HashSet<UUID>();
        for (var way : ways) {
            reached.add(way.poolId());
            var policy = way.policyId();
            edges.add(new Edge(
                    way.listenerId().toString(),
                    way.poolId().toString(),
                    "listener",
                    "pool",
                    policy == null ? null : "l7policy",
                    policy == null ? null : policy.toString()));
        }
        pools.stream()
                .filter(pool -> !reached.contains(pool.node().id()))
                .forEach(pool ->
                        edges.add(new Edge(self, pool.node().id().toString(), "loadbalancer", "pool", null, null)));
        return edges;
    }
}
