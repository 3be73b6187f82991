package io.evenkeel.loadbalancer.rest;

import io.evenkeel.inventory.AvailabilityZones;
import io.evenkeel.inventory.KnownSubnet;
import io.evenkeel.inventory.Subnets;
import io.evenkeel.inventory.VipAddresses;
import io.evenkeel.inventory.Vpcs;
import io.evenkeel.loadbalancer.rest.LoadBalancerSpec.Vip;
import io.evenkeel.platform.Ids;
import io.evenkeel.platform.IpAddress;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.json.Change;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where a load balancer stands: its VPC, VIPs, back-end subnets and zones, checked against the inventory. */
@Component
class LoadBalancerNetwork {

    private final Vpcs vpcs;
    private final Subnets subnets;
    private final VipAddresses vips;
    private final AvailabilityZones zones;
    private final Clock clock;

    LoadBalancerNetwork(Vpcs vpcs, Subnets subnets, VipAddresses vips, AvailabilityZones zones, Clock clock) {
        this.vpcs = vpcs;
        this.subnets = subnets;
        this.vips = vips;
        this.zones = zones;
        this.clock = clock;
    }

    /** One of a load balancer's two VIPs on the wire. */
    enum Family {
        IPV4("vip_subnet_cidr_id", "vip_address"),
        IPV6("ipv6_vip_virsubnet_id", "ipv6_vip_address");

        private final String subnetAttribute;
        private final String addressAttribute;

        Family(String subnetAttribute, String addressAttribute) {
            this.subnetAttribute = "loadbalancer." + subnetAttribute;
            this.addressAttribute = "loadbalancer." + addressAttribute;
        }

        void refuseUnless(boolean isIpv6, String attribute, String what) {
            if (isIpv6 != (this == IPV6)) {
                throw ErrorCode.INVALID_INPUT.with(
                        attribute, "must be an %s %s".formatted(name(), what).replace("IPV", "IPv"));
            }
        }
    }

    /** The VPC given, or that of the first subnet given. */
    String vpcOf(String projectId, CreateLoadBalancerRequest request) {
        if (request.vpcId() != null) {
            return vpcs.require(projectId, request.vpcId()).id();
        }
        var subnet = Optional.ofNullable(request.vipSubnetCidrId())
                .or(() -> Optional.ofNullable(request.ipv6VipVirsubnetId()))
                .orElseThrow(() -> ErrorCode.INVALID_INPUT.with(
                        "loadbalancer.vpc_id",
                        "is needed unless vip_subnet_cidr_id or ipv6_vip_virsubnet_id is given"));
        return subnets.require(projectId, subnet).vpcId();
    }

    /** @param attribute as on the wire */
    void checkZones(String attribute, List<String> codes) {
        var known = zones.codes();
        for (int i = 0; i < codes.size(); i++) {
            if (!known.contains(codes.get(i))) {
                throw ErrorCode.INVALID_INPUT.with(
                        attribute + "[" + i + "]",
                        "'" + codes.get(i) + "' is not an availability zone of this installation");
            }
        }
    }

    void checkBackendSubnets(String projectId, String vpcId, Collection<String> ids) {
        subnets.requireAll(projectId, ids).forEach(subnet -> checkVpc(subnet, vpcId));
    }

    private static void checkVpc(KnownSubnet subnet, String vpcId) {
        if (!subnet.vpcId().equals(vpcId)) {
            throw ErrorCode.MISMATCH.with("Vpc %s of subnet %s and vpc %s of the loadbalancer mismatch"
                    .formatted(subnet.vpcId(), subnet.id(), vpcId));
        }
    }

    /** Takes a VIP for a new load balancer; null when it wants none. */
    @Nullable
    Vip claim(
            String projectId,
            UUID loadBalancerId,
            String vpcId,
            Family family,
            @Nullable String subnetId,
            @Nullable String address) {
        if (subnetId == null) {
            if (address != null) {
                throw ErrorCode.INVALID_INPUT.with(family.addressAttribute, "needs the subnet that it lies in as well");
            }
            return null;
        }
        var subnet = subnets.require(projectId, subnetId);
        family.refuseUnless(subnet.isIpv6(), family.subnetAttribute, "subnet");
        checkVpc(subnet, vpcId);
        var wanted = Optional.ofNullable(address);
        wanted.ifPresent(
                text -> family.refuseUnless(parsed(family, text).isIpv6(), family.addressAttribute, "address"));
        return new Vip(subnetId, vips.claim(projectId, subnetId, wanted, loadBalancerId), Ids.next(clock));
    }

    private static IpAddress parsed(Family family, String text) {
        return IpAddress.parse(text)
                .orElseThrow(() -> ErrorCode.INVALID_INPUT.with(family.addressAttribute, "must be an IP address"));
    }

    /**
     * The VIP after an update, claimed already where it is another one than now. The old one is still held.
     */
    @Nullable
    Vip move(
            String projectId,
            UUID loadBalancerId,
            String vpcId,
            Family family,
            @Nullable Vip now,
            Change<String> subnetId,
            Change<String> address) {
        var wantedSubnet = subnetId.over(now == null ? null : now.subnetId());
        if (address instanceof Change.Clear && wantedSubnet != null) {
            throw ErrorCode.INVALID_INPUT.with(family.addressAttribute, "must not be null while there is a subnet");
        }
        var wanted = address.over((String) null);
        if (now != null && now.subnetId().equals(wantedSubnet)) {
            boolean isKept = wanted == null || IpAddress.parse(wanted).equals(IpAddress.parse(now.address()));
            if (isKept) {
                return now;
            }
        }
        return claim(projectId, loadBalancerId, vpcId, family, wantedSubnet, wanted);
    }

    /** Gives a VIP back; the load balancer's row must not show it any more. */
    void release(String projectId, String vpcId, @Nullable Vip vip, UUID loadBalancerId) {
        if (vip != null) {
            vips.release(projectId, vpcId, vip.address(), loadBalancerId);
        }
    }
}
