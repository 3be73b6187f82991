package io.evenkeel.loadbalancer.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.evenkeel.loadbalancer.Tag;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.write.Protection;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.EmbeddedColumnNaming;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration of a load balancer (wire contract, resources.md §1).
 *
 * @param backendSubnetIds on the wire {@code elb_virsubnet_ids}
 * @param chargeMode {@code flavor} or {@code lcu}; has no effect
 */
@Embeddable
record LoadBalancerSpec(
        String name,
        String description,
        boolean adminStateUp,
        String vpcId,
        @EmbeddedColumnNaming("vip_%s") @Nullable Vip vip,
        @EmbeddedColumnNaming("ipv6_vip_%s") @Nullable Vip ipv6Vip,

        @JsonProperty("availability_zone_list") @JdbcTypeCode(SqlTypes.ARRAY)
        List<String> availabilityZones,

        @Column(name = "l4_flavor_id") @Nullable String l4FlavorId,
        @Column(name = "l7_flavor_id") @Nullable String l7FlavorId,

        @JsonProperty("elb_virsubnet_ids") @JdbcTypeCode(SqlTypes.ARRAY)
        List<String> backendSubnetIds,

        boolean ipTargetEnable,
        boolean deletionProtectionEnable,
        @JdbcTypeCode(SqlTypes.JSON) @Nullable Autoscaling autoscaling,
        @Column(name = "ipv6_bandwidth_id") @Nullable String ipv6BandwidthId,
        @JdbcTypeCode(SqlTypes.JSON) List<PublicIp> publicIps,
        String chargeMode,
        @Nullable String billingInfo,
        String wafFailureAction,
        @EmbeddedColumnNaming("protection_%s") Protection protection,
        String enterpriseProjectId,
        @JdbcTypeCode(SqlTypes.JSON) List<Tag> tags) {

    LoadBalancerSpec {
        availabilityZones = List.copyOf(availabilityZones);
        backendSubnetIds = List.copyOf(backendSubnetIds);
        publicIps = List.copyOf(publicIps);
        tags = List.copyOf(tags);
        if (l4FlavorId == null && l7FlavorId == null) {
            throw ErrorCode.INVALID_INPUT.with(
                    "loadbalancer.l4_flavor_id", "must not be null while there is no l7_flavor_id");
        }
    }

    /**
     * An address the load balancer holds.
     *
     * @param address canonical text
     * @param portId made by us; clients show it
     */
    @Embeddable
    record Vip(
            String subnetId,
            @ColumnTransformer(write = "cast(? as inet)") String address,
            UUID portId) {}

    /** Without effect: this installation's flavors do not limit. */
    record Autoscaling(boolean enable, @Nullable String minL7FlavorId) {}

    /** An elastic address that the load balancer was created with. Without effect: whoever owns it routes it here. */
    record PublicIp(String id, int ipVersion) {}

    boolean isDualStack() {
        return ipv6Vip != null;
    }

    /** The same load balancer in other zones. */
    LoadBalancerSpec withAvailabilityZones(List<String> zones) {
        return new LoadBalancerSpec(
                name,
                description,
                adminStateUp,
                vpcId,
                vip,
                ipv6Vip,
                zones,
                l4FlavorId,
                l7FlavorId,
                backendSubnetIds,
                ipTargetEnable,
                deletionProtectionEnable,
                autoscaling,
                ipv6BandwidthId,
                publicIps,
                chargeMode,
                billingInfo,
                wafFailureAction,
                protection,
                enterpriseProjectId,
                tags);
    }

    /**
     * The same load balancer with another name, place and size. Elastic addresses and protection from deletion are not
     * taken over: an address has one holder, and nobody asked to protect the other one.
     */
    LoadBalancerSpec elsewhere(
            String newName,
            @Nullable Vip newVip,
            @Nullable Vip newIpv6Vip,
            List<String> zones,
            @Nullable String l4,
            @Nullable String l7,
            List<String> subnets) {
        return new LoadBalancerSpec(
                newName,
                description,
                adminStateUp,
                vpcId,
                newVip,
                newIpv6Vip,
                zones,
                l4,
                l7,
                subnets,
                ipTargetEnable,
                false,
                autoscaling,
                ipv6BandwidthId,
                List.of(),
                chargeMode,
                billingInfo,
                wafFailureAction,
                protection,
                enterpriseProjectId,
                tags);
    }
}
