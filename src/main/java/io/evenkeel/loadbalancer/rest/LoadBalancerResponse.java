package io.evenkeel.loadbalancer.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.evenkeel.loadbalancer.Tag;
import io.evenkeel.platform.web.RequestId;
import io.evenkeel.status.ObservedStatus;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A load balancer as clients see it (wire contract, resources.md §1). */
public record LoadBalancerResponse(
        UUID id,
        String name,
        String description,
        String projectId,
        String provider,
        boolean adminStateUp,
        String provisioningStatus,
        String operatingStatus,
        boolean guaranteed,
        String vpcId,
        @Nullable String vipSubnetCidrId,
        @Nullable String vipAddress,
        @Nullable UUID vipPortId,
        @Nullable String ipv6VipVirsubnetId,
        @Nullable String ipv6VipAddress,
        @Nullable UUID ipv6VipPortId,
        List<Ref> listeners,
        List<Ref> pools,
        List<Tag> tags,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String logGroupId,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String logTopicId,

        String createdAt,
        String updatedAt,
        List<String> availabilityZoneList,
        String enterpriseProjectId,
        @Nullable String billingInfo,
        @Nullable String l4FlavorId,
        @Nullable String l4ScaleFlavorId,
        @Nullable String l7FlavorId,
        @Nullable String l7ScaleFlavorId,
        List<Eip> eips,
        List<PublicIpInfo> publicips,
        List<PublicIpInfo> globalEips,
        List<String> elbVirsubnetIds,
        String elbVirsubnetType,
        boolean ipTargetEnable,
        @Nullable String frozenScene,
        boolean deletionProtectionEnable,
        String publicBorderGroup,
        String chargeMode,
        String wafFailureAction,
        String protectionStatus,
        String protectionReason,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Bandwidth ipv6Bandwidth,

        @JsonInclude(JsonInclude.Include.NON_NULL) LoadBalancerSpec.@Nullable Autoscaling autoscaling,

        ObservedStatus evenkeel) {

    /** Another resource, by its id. */
    record Ref(UUID id) {}

    record Eip(String eipId, @Nullable String eipAddress, int ipVersion) {}

    record PublicIpInfo(String publicipId, @Nullable String publicipAddress, int ipVersion) {}

    record Bandwidth(String id) {}

    /** What an operation about one load balancer answers. */
    public record LoadBalancerAnswer(LoadBalancerResponse loadbalancer, String requestId) {

        public LoadBalancerAnswer(LoadBalancerResponse loadbalancer) {
            this(loadbalancer, RequestId.current());
        }
    }
}
