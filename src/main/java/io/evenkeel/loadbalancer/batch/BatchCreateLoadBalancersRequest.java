package io.evenkeel.loadbalancer.batch;

import io.evenkeel.loadbalancer.Tag;
import io.evenkeel.loadbalancer.rest.CreateLoadBalancerRequest;
import io.evenkeel.loadbalancer.rest.CreateLoadBalancerRequest.AutoscalingRequest;
import io.evenkeel.loadbalancer.rest.CreateLoadBalancerRequest.Bandwidth;
import io.evenkeel.loadbalancer.rest.CreateLoadBalancerRequest.NewPublicIp;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.web.Patterns;
import io.evenkeel.platform.write.Protection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Null;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Several load balancers that differ in name and address only.
 *
 * @param number how many; with more than one each name gets a suffix, and no address may be asked for
 * @param bandwidth without effect: whoever owns the elastic addresses owns their bandwidth
 */
record BatchCreateLoadBalancersRequest(
        @Min(value = 1, message = "must be 1..10") @Max(value = 10, message = "must be 1..10") @Nullable
        Integer number,

        @Null(message = "is not supported: ids are made here") @Nullable
        String id,

        @Null(message = "is not supported: ids are made here") @Nullable
        List<String> ids,

        @Valid @Nullable Bandwidth bandwidth,

        @Size(max = 255, message = "must be 0..255 characters long")
        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
        @Nullable
        String name,

        @Size(max = 255, message = "must be 0..255 characters long")
        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
        @Nullable
        String description,

        @Nullable Boolean adminStateUp,

        @Pattern(regexp = "vlb", message = "must be vlb") @Nullable
        String provider,

        @Nullable String projectId,

        @AssertTrue(message = "must be true: there are no shared load balancers") @Nullable
        Boolean guaranteed,

        @Pattern(regexp = Patterns.INVENTORY_ID, message = Patterns.INVENTORY_ID_RULE) @Nullable
        String vpcId,

        @Pattern(regexp = Patterns.INVENTORY_ID, message = Patterns.INVENTORY_ID_RULE) @Nullable
        String vipSubnetCidrId,

        @Size(max = 64, message = "must be an IPv4 address") @Nullable
        String vipAddress,

        @Pattern(regexp = Patterns.INVENTORY_ID, message = Patterns.INVENTORY_ID_RULE) @Nullable
        String ipv6VipVirsubnetId,

        @Size(max = 64, message = "must be an IPv6 address") @Nullable
        String ipv6VipAddress,

        @NotNull @NotEmpty(message = "must name at least one availability zone")
        List<@NotNull @Size(min = 1, max = 64, message = "must be 1..64 characters long") String> availabilityZoneList,

        @Pattern(regexp = Patterns.ENTERPRISE_PROJECT, message = Patterns.ENTERPRISE_PROJECT_RULE) @Nullable
        String enterpriseProjectId,

        @Size(max = 255, message = "must be 0..255 characters long")
        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
        @Nullable
        String billingInfo,

        @Pattern(regexp = Patterns.UUID, message = Patterns.UUID_RULE) @Nullable
        String l4FlavorId,

        @Pattern(regexp = Patterns.UUID, message = Patterns.UUID_RULE) @Nullable
        String l7FlavorId,

        @Nullable
        List<@NotNull @Pattern(regexp = Patterns.INVENTORY_ID, message = Patterns.INVENTORY_ID_RULE) String>
                elbVirsubnetIds,

        @Nullable Boolean ipTargetEnable,

        @Valid @Nullable Bandwidth ipv6Bandwidth,

        @Nullable Boolean deletionProtectionEnable,

        @Valid @Nullable AutoscalingRequest autoscaling,

        @Pattern(regexp = "flavor|lcu", message = "must be flavor or lcu") @Nullable
        String chargeMode,

        @Pattern(regexp = "forward|discard", message = "must be forward or discard") @Nullable
        String wafFailureAction,

        @Pattern(regexp = Protection.STATUSES, message = Protection.STATUSES_RULE) @Nullable
        String protectionStatus,

        @Size(max = 255, message = "must be 0..255 characters long")
        @Pattern(regexp = Protection.REASON, message = Protection.REASON_RULE)
        @Nullable
        String protectionReason,

        @Nullable
        List<@NotNull @Pattern(regexp = Patterns.INVENTORY_ID, message = Patterns.INVENTORY_ID_RULE) String>
                publicipIds,

        @Valid @Nullable NewPublicIp publicip,

        @Null(message = "is not supported: nothing is billed here") @Nullable
        Map<String, Object> prepaidOptions,

        @Nullable List<@NotNull @Valid Tag> tags) {

    private static final int MAX_NAME = 255;

    /** One request each. Errors: INVALID_INPUT for what only one load balancer can have. */
    List<CreateLoadBalancerRequest> single() {
        int count = Objects.requireNonNullElse(number, 1);
        if (count > 1) {
            refuse("vip_address", vipAddress);
            refuse("ipv6_vip_address", ipv6VipAddress);
            refuse("publicip_ids", publicipIds);
            if (suffixed(count).length() > MAX_NAME) {
                throw ErrorCode.INVALID_INPUT.with(
                        "loadbalancer.name", "must have room for a suffix of five characters");
            }
        }
        return IntStream.rangeClosed(1, count)
                .mapToObj(index -> count == 1 ? request(name) : request(suffixed(index)))
                .toList();
    }

    private static void refuse(String attribute, @Nullable Object given) {
        if (given != null) {
            throw ErrorCode.INVALID_INPUT.with("loadbalancer." + attribute, "needs number 1");
        }
    }

    private String suffixed(int index) {
        return name == null || name.isEmpty() ? "" : "%s-%04d".formatted(name, index);
    }

    private CreateLoadBalancerRequest request(@Nullable String ownName) {
        return new CreateLoadBalancerRequest(
                ownName,
                description,
                adminStateUp,
                provider,
                projectId,
                guaranteed,
                vpcId,
                vipSubnetCidrId,
                vipAddress,
                ipv6VipVirsubnetId,
                ipv6VipAddress,
                availabilityZoneList,
                enterpriseProjectId,
                billingInfo,
                l4FlavorId,
                l7FlavorId,
                elbVirsubnetIds,
                ipTargetEnable,
                ipv6Bandwidth,
                deletionProtectionEnable,
                autoscaling,
                chargeMode,
                wafFailureAction,
                protectionStatus,
                protectionReason,
                publicipIds,
                publicip,
                prepaidOptions,
                tags);
    }
}
