package io.evenkeel.loadbalancer.rest;

import static io.evenkeel.loadbalancer.rest.LoadBalancerSpec.Autoscaling;

import io.evenkeel.loadbalancer.Tag;
import io.evenkeel.loadbalancer.rest.LoadBalancerSpec.PublicIp;
import io.evenkeel.loadbalancer.rest.LoadBalancerSpec.Vip;
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
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a client may say when it creates a load balancer. */
public record CreateLoadBalancerRequest(
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

    /** A bandwidth that somebody else manages, by its id. */
    public record Bandwidth(
            @NotNull @Pattern(regexp = Patterns.INVENTORY_ID, message = Patterns.INVENTORY_ID_RULE)
            String id) {}

    public record AutoscalingRequest(
            @Nullable Boolean enable,

            @Pattern(regexp = Patterns.UUID, message = Patterns.UUID_RULE) @Nullable
            String minL7FlavorId) {

        Autoscaling toSpec() {
            return new Autoscaling(Boolean.TRUE.equals(enable), minL7FlavorId);
        }
    }

    /** An elastic address wanted together with the load balancer. */
    public record NewPublicIp(
            @Min(value = 4, message = "must be 4") @Max(value = 4, message = "must be 4") @Nullable
            Integer ipVersion,

            @NotNull
            @Size(min = 1, max = 36, message = "must be 1..36 characters long")
            @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
            String networkType,

            @Size(max = 255, message = "must be 0..255 characters long")
            @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
            @Nullable
            String billingInfo,

            @Size(max = 255, message = "must be 0..255 characters long")
            @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
            @Nullable
            String description,

            @NotNull @Valid NewBandwidth bandwidth) {}

    record NewBandwidth(
            @Size(max = 64, message = "must be 0..64 characters long")
            @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
            @Nullable
            String name,

            @Min(value = 0, message = "must be 0..99999") @Max(value = 99999, message = "must be 0..99999") @Nullable
            Integer size,

            @Pattern(regexp = "bandwidth|traffic", message = "must be bandwidth or traffic") @Nullable
            String chargeMode,

            @Pattern(regexp = "PER|WHOLE", message = "must be PER or WHOLE") @Nullable
            String shareType,

            @Size(max = 255, message = "must be 0..255 characters long")
            @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
            @Nullable
            String billingInfo,

            @Size(max = 64, message = "must be 0..64 characters long")
            @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
            @Nullable
            String id) {}

    /** What the request leaves to the service to find out. */
    record Placement(
            String vpcId,
            @Nullable Vip vip,
            @Nullable Vip ipv6Vip,
            @Nullable String l4FlavorId,
            @Nullable String l7FlavorId) {}

    LoadBalancerSpec toSpec(Placement placement, UUID newPublicIpId) {
        return new LoadBalancerSpec(
                Objects.requireNonNullElse(name, ""),
                Objects.requireNonNullElse(description, ""),
                Objects.requireNonNullElse(adminStateUp, true),
                placement.vpcId(),
                placement.vip(),
                placement.ipv6Vip(),
                availabilityZoneList.stream().distinct().toList(),
                placement.l4FlavorId(),
                placement.l7FlavorId(),
                backendSubnets(),
                Objects.requireNonNullElse(ipTargetEnable, false),
                Objects.requireNonNullElse(deletionProtectionEnable, false),
                autoscaling == null ? null : autoscaling.toSpec(),
                ipv6Bandwidth == null ? null : ipv6Bandwidth.id(),
                publicIps(newPublicIpId),
                Objects.requireNonNullElse(chargeMode, "flavor"),
                billingInfo,
                Objects.requireNonNullElse(wafFailureAction, "forward"),
                Protection.of(protectionStatus, protectionReason, "loadbalancer"),
                Objects.requireNonNullElse(enterpriseProjectId, "0"),
                Tag.of(tags, "loadbalancer.tags"));
    }

    /** The VIPs' own subnets when none are named. */
    List<String> backendSubnets() {
        return elbVirsubnetIds != null && !elbVirsubnetIds.isEmpty()
                ? elbVirsubnetIds.stream().distinct().toList()
                : Stream.of(vipSubnetCidrId, ipv6VipVirsubnetId)
                        .flatMap(Stream::ofNullable)
                        .distinct()
                        .toList();
    }

    /** Only the first of the given ids counts (wire contract). */
    private List<PublicIp> publicIps(UUID newPublicIpId) {
        if (publicipIds != null && !publicipIds.isEmpty()) {
            return List.of(new PublicIp(publicipIds.getFirst(), 4));
        }
        return publicip == null ? List.of() : List.of(new PublicIp(newPublicIpId.toString(), 4));
    }
}
