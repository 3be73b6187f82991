package io.evenkeel.member.joining;

import io.evenkeel.inventory.KnownServer;
import io.evenkeel.inventory.KnownSubnet;
import io.evenkeel.platform.IpAddress;
import io.evenkeel.platform.error.ElbException;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.web.OwnSockets;
import io.evenkeel.pool.AdvancedPool;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What must hold between a new member, its pool and its server. Pure; every error names the place in the body. */
public final class MemberRules {

    private MemberRules() {}

    /** Errors: {@link ErrorCode#INVALID_INPUT}, {@link ErrorCode#MISMATCH}. */
    static void fitsType(NewMember member, UUID poolId, String poolType) {
        if (member.subnetId() == null) {
            if (member.address().isIpv6()) {
                throw ErrorCode.INVALID_INPUT.with(
                        member.path() + "address", "must be IPv4, because the member has no subnet_cidr_id");
            }
            if (poolType.equals("instance")) {
                throw mismatch(
                        member, "subnet_cidr_id", "pool %s of type instance takes no IP member".formatted(poolId));
            }
        } else if (poolType.equals("ip")) {
            throw mismatch(
                    member, "subnet_cidr_id", "pool %s of type ip takes IP members only, without it".formatted(poolId));
        }
    }

    /** Errors: {@link ErrorCode#NOT_FOUND}, {@link ErrorCode#MISMATCH} naming both VPCs. */
    static void subnetInVpc(NewMember member, Map<String, KnownSubnet> subnets, String vpcId, UUID poolId) {
        if (member.subnetId() == null) {
            return;
        }
        var subnet = subnets.get(member.subnetId());
        if (subnet == null) {
            throw ErrorCode.NOT_FOUND.with(at(member, "subnet_cidr_id") + "subnet", member.subnetId());
        }
        if (!subnet.vpcId().equals(vpcId)) {
            throw mismatch(
                    member,
                    "subnet_cidr_id",
                    "Vpc %s of member's subnet_cidr %s and vpc %s of pool %s mismatch"
                            .formatted(subnet.vpcId(), subnet.id(), vpcId, poolId));
        }
    }

    /** Errors: {@link ErrorCode#MISMATCH}. */
    static void serverFits(NewMember member, @Nullable KnownServer server, String vpcId) {
        if (server == null) {
            throw mismatch(
                    member,
                    "address",
                    "the address %s belongs to no server of vpc %s".formatted(member.address(), vpcId));
        }
        if (member.subnetId() != null && !member.subnetId().equals(server.subnetId())) {
            throw mismatch(
                    member,
                    "address",
                    "the address %s of server %s is in subnet %s, not in subnet %s"
                            .formatted(member.address(), server.id(), server.subnetId(), member.subnetId()));
        }
        var zone = member.availabilityZone();
        if (zone != null && !zone.equals(server.availabilityZone())) {
            throw mismatch(
                    member,
                    "availability_zone",
                    "server %s is in %s, not in %s".formatted(server.id(), server.availabilityZone(), zone));
        }
    }

    /** Under the pool's lock. Errors: {@link ErrorCode#MISMATCH} naming both systems, both VPCs. */
    static void poolTakes(NewMember member, KnownServer server, AdvancedPool pool, boolean mustRunSameOs) {
        if (!server.vpcId().equals(pool.effectiveVpcId())) {
            throw mismatch(
                    member,
                    "address",
                    "Vpc %s of server %s and vpc %s of pool %s mismatch"
                            .formatted(server.vpcId(), server.id(), pool.effectiveVpcId(), pool.id()));
        }
        if (member.address().isIpv6() && !pool.ipVersion().equals("dualstack")) {
            throw ErrorCode.IPV6_NOT_SUPPORTED.with(member.path() + "address", pool.id());
        }
        if (mustRunSameOs && !server.os().equals(pool.os())) {
            throw mismatch(
                    member,
                    "address",
                    "server %s runs %s, but the members of pool %s run %s"
                            .formatted(server.id(), server.os(), pool.id(), pool.os()));
        }
    }

    /** No way leads from a VIP to this installation's own API, management or database. */
    public static void isNotOurs(OwnSockets own, String path, IpAddress address, int port) {
        if (own.include(address.value(), port)) {
            throw ErrorCode.MISMATCH.with(
                    "%sprotocol_port: %s port %d is this installation itself, not a backend server"
                            .formatted(path, address, port));
        }
    }

    static ElbException mismatch(NewMember member, String field, String sentence) {
        return ErrorCode.MISMATCH.with(at(member, field) + sentence);
    }

    private static String at(NewMember member, String field) {
        return member.path() + field + ": ";
    }
}
