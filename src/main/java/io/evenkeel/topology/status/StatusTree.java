package io.evenkeel.topology.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.evenkeel.status.ObservedStatus;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The status tree as clients see it (wire contract, resources.md "Status tree"), each node with our own object beside.
 * DEGRADED and DISABLED are answered here alone.
 */
record StatusTree(LoadBalancerNode loadbalancer) {

    record LoadBalancerNode(
            UUID id,
            String name,
            String provisioningStatus,
            String operatingStatus,
            List<ListenerNode> listeners,
            List<PoolNode> pools,
            LoadBalancerObserved evenkeel) {}

    /**
     * @param uncoveredAvailabilityZones those of the load balancer's zones in which no backend works
     * @param availabilityZones the load balancer's zones, and those of its backends besides
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record LoadBalancerObserved(
            String operatingStatus,
            @Nullable String reason,
            @Nullable String since,
            List<UncoveredZone> uncoveredAvailabilityZones,
            List<ZoneCount> availabilityZones) {}

    /** @param availabilityZones the load balancer's zones, and those of the pool's members besides */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record PoolObserved(
            String operatingStatus,
            @Nullable String reason,
            @Nullable String since,
            List<ZoneCount> availabilityZones) {}

    /**
     * @param members with or without a weight
     * @param workingMembers those that have a weight and are not offline
     * @param uncoveredSince when it was found that none works; null while one does, for a zone that is not the load
     *     balancer's, and for the moment until it was looked at
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record ZoneCount(
            String code,
            int members,
            int workingMembers,
            @Nullable String uncoveredSince) {}

    /**
     * @param reason NO_BACKEND: no pool has a member with a weight there; BACKENDS_OFFLINE: none of them is online
     * @param since when it was found so; null for the moment until it was looked at
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record UncoveredZone(
            String code, String reason, @Nullable String since) {}

    record ListenerNode(
            UUID id,
            String name,
            String provisioningStatus,
            String operatingStatus,
            List<PoolNode> pools,
            List<PolicyNode> l7policies,
            ObservedStatus evenkeel) {}

    record PolicyNode(UUID id, String name, String action, String provisioningStatus, List<RuleNode> rules) {}

    record RuleNode(UUID id, String type, String provisioningStatus) {}

    record PoolNode(
            UUID id,
            String name,
            String provisioningStatus,
            String operatingStatus,
            @Nullable MonitorNode healthmonitor,
            List<MemberNode> members,
            PoolObserved evenkeel) {}

    record MonitorNode(UUID id, String name, String type, String provisioningStatus) {}

    record MemberNode(
            UUID id,
            String address,
            int protocolPort,
            String provisioningStatus,
            String operatingStatus,
            ObservedStatus evenkeel) {}
}
