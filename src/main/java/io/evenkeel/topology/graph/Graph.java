package io.evenkeel.topology.graph;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.evenkeel.platform.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The topology as clients see it (model of the SDK 3.1.212): nodes, directed edges, and what the edges are labelled with. */
record Graph(Nodes nodes, List<Edge> edges, Labels labels) {

    record Nodes(
            List<LoadBalancerNode> loadbalancers,
            List<EipNode> eips,
            List<ListenerNode> listeners,
            List<PoolNode> pools) {}

    record LoadBalancerNode(
            UUID id,
            String name,
            boolean guaranteed,
            @Nullable String l4FlavorId,
            @Nullable String l7FlavorId,
            @Nullable String vipAddress,
            @Nullable String ipv6VipAddress,
            List<String> availabilityZoneList) {}

    /** @param ipAddress empty: whoever owns the elastic address knows it */
    record EipNode(String id, String ipAddress, int ipVersion) {}

    record PortRange(int startPort, int endPort) {}

    record ListenerNode(
            UUID id,
            String name,
            String protocol,
            int protocolPort,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PortRange> portRanges) {}

    record PoolNode(UUID id, String name, String protocol, String type, String lbAlgorithm) {}

    /**
     * @param sourceType eip, loadbalancer or listener
     * @param targetType loadbalancer, listener or pool
     * @param label l7policy where a policy leads to the pool; absent where it is the listener's default or the load
     *     balancer's own
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Edge(
            String source,
            String target,
            String sourceType,
            String targetType,
            @Nullable String label,
            @Nullable String labelId) {}

    record Labels(List<PolicyLabel> l7policies) {}

    record PolicyLabel(
            UUID id,
            String name,
            @Nullable Integer priority,
            String action,
            boolean adminStateUp,
            List<RuleLabel> rules) {}

    record RuleLabel(
            UUID id,
            String projectId,
            boolean adminStateUp,
            String type,
            String compareType,
            @Nullable String key,
            String value,
            boolean invert,
            String createdAt,
            String updatedAt) {

        static RuleLabel of(
                UUID id,
                String projectId,
                boolean isUp,
                String type,
                String compareType,
                String value,
                boolean invert,
                Instant createdAt,
                Instant updatedAt) {
            return new RuleLabel(
                    id,
                    projectId,
                    isUp,
                    type,
                    compareType,
                    null,
                    value,
                    invert,
                    Timestamps.onWire(createdAt),
                    Timestamps.onWire(updatedAt));
        }
    }
}
