package io.evenkeel.loadbalancer;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes a load balancer like another one, without what belongs to it. */
public interface LoadBalancerCopying {

    /**
     * Takes addresses for the copy and stores it. Errors: NOT_FOUND for the source or a subnet, MISMATCH for one in
     * another VPC, CONFLICT for a taken address, INVALID_INPUT for zones and flavors, naming the attribute.
     *
     * @return the copy, which nobody else sees before the commit
     */
    AdvancedLoadBalancer copy(String projectId, UUID sourceId, Wanted wanted);

    /**
     * What shall be different; null leaves it as it is at the source.
     *
     * @param path where these attributes stand in the request, such as {@code "target_loadbalancer_param."}
     * @param suffix appended to the source's name when {@code name} is null
     */
    record Wanted(
            String path,
            @Nullable String name,
            String suffix,
            @Nullable List<String> zones,
            @Nullable String vipSubnetId,
            @Nullable String vipAddress,
            @Nullable String ipv6VipSubnetId,
            @Nullable String ipv6VipAddress,
            @Nullable List<String> backendSubnetIds,
            @Nullable String l4FlavorId,
            @Nullable String l7FlavorId) {}
}
