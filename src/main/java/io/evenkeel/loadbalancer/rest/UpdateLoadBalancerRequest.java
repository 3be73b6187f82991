package io.evenkeel.loadbalancer.rest;

import io.evenkeel.loadbalancer.rest.CreateLoadBalancerRequest.AutoscalingRequest;
import io.evenkeel.loadbalancer.rest.CreateLoadBalancerRequest.Bandwidth;
import io.evenkeel.loadbalancer.rest.LoadBalancerSpec.Vip;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.json.Change;
import io.evenkeel.platform.web.Patterns;
import io.evenkeel.platform.write.Protection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Null;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client may change of a load balancer. */
record UpdateLoadBalancerRequest(
        Change<
                        @Size(max = 255, message = "must be 0..255 characters long")
                        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE) String>
                name,
        Change<
                        @Size(max = 255, message = "must be 0..255 characters long")
                        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE) String>
                description,
        Change<Boolean> adminStateUp,
        Change<@Pattern(regexp = Patterns.INVENTORY_ID, message = Patterns.INVENTORY_ID_RULE) String> vipSubnetCidrId,
        Change<@Size(max = 64, message = "must be an IPv4 address") String> vipAddress,
        Change<@Pattern(regexp = Patterns.INVENTORY_ID, message = Patterns.INVENTORY_ID_RULE) String>
                ipv6VipVirsubnetId,
        Change<@Size(max = 64, message = "must be an IPv6 address") String> ipv6VipAddress,
        Change<@Pattern(regexp = Patterns.UUID, message = Patterns.UUID_RULE) String> l4FlavorId,
        Change<@Pattern(regexp = Patterns.UUID, message = Patterns.UUID_RULE) String> l7FlavorId,
        Change<
                        @NotEmpty(message = "must name at least one subnet") List<
                                @NotNull @Pattern(regexp = Patterns.INVENTORY_ID, message = Patterns.INVENTORY_ID_RULE)
                                String>>
                elbVirsubnetIds,
        Change<Boolean> ipTargetEnable,
        Change<@Valid Bandwidth> ipv6Bandwidth,
        Change<Boolean> deletionProtectionEnable,
        Change<@Valid AutoscalingRequest> autoscaling,
        Change<@Pattern(regexp = "flavor|lcu", message = "must be flavor or lcu") String> chargeMode,
        Change<@Pattern(regexp = "forward|discard", message = "must be forward or discard") String> wafFailureAction,
        Change<@Pattern(regexp = Protection.STATUSES, message = Protection.STATUSES_RULE) String> protectionStatus,
        Change<
                        @Size(max = 255, message = "must be 0..255 characters long")
                        @Pattern(regexp = Protection.REASON, message = Protection.REASON_RULE) String>
                protectionReason,

        @Null(message = "is not supported: nothing is billed here") @Nullable
        Map<String, Object> prepaidOptions) {

    /**
     * The load balancer after this request.
     *
     * @param vip what the service made of the two attributes of the IPv4 VIP; likewise {@code ipv6Vip}
     */
    LoadBalancerSpec applyTo(LoadBalancerSpec now, @Nullable Vip vip, @Nullable Vip ipv6Vip) {
        return new LoadBalancerSpec(
                name.over(now.name(), ""),
                description.over(now.description(), ""),
                adminStateUp.orRefuse(now.adminStateUp(), "loadbalancer.admin_state_up"),
                now.vpcId(),
                vip,
                ipv6Vip,
                now.availabilityZones(),
                l4FlavorId.over(now.l4FlavorId()),
                l7FlavorId.over(now.l7FlavorId()),
                elbVirsubnetIds
                        .map(ids -> ids.stream().distinct().toList())
                        .orRefuse(now.backendSubnetIds(), "loadbalancer.elb_virsubnet_ids"),
                ipTargets(now),
                deletionProtectionEnable.orRefuse(
                        now.deletionProtectionEnable(), "loadbalancer.deletion_protection_enable"),
                autoscaling.map(AutoscalingRequest::toSpec).over(now.autoscaling()),
                ipv6Bandwidth.map(Bandwidth::id).over(now.ipv6BandwidthId()),
                now.publicIps(),
                chargeMode.orRefuse(now.chargeMode(), "loadbalancer.charge_mode"),
                now.billingInfo(),
                wafFailureAction.over(now.wafFailureAction(), "forward"),
                now.protection().with(protectionStatus, protectionReason, "loadbalancer"),
                now.enterpriseProjectId(),
                now.tags());
    }

    private boolean ipTargets(LoadBalancerSpec now) {
        boolean wanted = ipTargetEnable.orRefuse(now.ipTargetEnable(), "loadbalancer.ip_target_enable");
        if (now.ipTargetEnable() && !wanted) {
            throw ErrorCode.INVALID_INPUT.with("loadbalancer.ip_target_enable", "can be switched on, but never off");
        }
        return wanted;
    }
}
