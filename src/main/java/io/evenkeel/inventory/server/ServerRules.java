package io.evenkeel.inventory.server;

import io.evenkeel.inventory.KnownSubnet;
import io.evenkeel.inventory.address.Cidr;
import io.evenkeel.platform.IpAddress;
import io.evenkeel.platform.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold between servers, their subnets and each other. Pure. */
final class ServerRules {

    private ServerRules() {}

    /** Errors: {@link ErrorCode#INVALID_INPUT} naming the second of two servers with one id. */
    static void idsDiffer(List<WantedServer> servers) {
        Set<String> ids = new HashSet<>();
        for (var server : servers) {
            if (!ids.add(server.id())) {
                throw ErrorCode.INVALID_INPUT.with(server.path() + "id", "stands twice in the batch");
            }
        }
    }

    /** Errors: {@link ErrorCode#NOT_FOUND} naming the place. */
    static void zonesExist(List<WantedServer> servers, Set<String> zones) {
        for (var server : servers) {
            if (!zones.contains(server.availabilityZone())) {
                throw ErrorCode.NOT_FOUND.with(
                        at(server.path(), "availability_zone") + "availability_zone", server.availabilityZone());
            }
        }
    }

    /**
     * The addresses that the servers shall hold, by server id. Errors: {@link ErrorCode#NOT_FOUND} for a subnet,
     * {@link ErrorCode#MISMATCH} for an address that is no host address of its subnet or lies in another VPC than the
     * server's first, {@link ErrorCode#INVALID_INPUT} for one that stands twice; all naming the place.
     */
    static Map<String, List<Claim>> claims(List<WantedServer> servers, Map<String, KnownSubnet> subnets) {
        var claims = new LinkedHashMap<String, List<Claim>>();
        Map<IpAddress, String> holders = new HashMap<>();
        for (var server : servers) {
            var own = new ArrayList<Claim>();
            for (var address : server.addresses()) {
                var claim = claim(server, address, subnets);
                if (!own.isEmpty() && !own.getFirst().vpcId().equals(claim.vpcId())) {
                    throw ErrorCode.MISMATCH.with(
                            "%s: subnet %s is in vpc %s, but the server's first address is in vpc %s; a server is in one VPC"
                                    .formatted(
                                            address.path() + "subnet_id",
                                            claim.subnetId(),
                                            claim.vpcId(),
                                            own.getFirst().vpcId()));
                }
                var other = holders.putIfAbsent(address.address(), server.id());
                if (other != null) {
                    throw ErrorCode.INVALID_INPUT.with(
                            address.path() + "address",
                            address.address() + " is given to server " + other + " as well");
                }
                own.add(claim);
            }
            claims.put(server.id(), own);
        }
        return claims;
    }

    private static Claim claim(WantedServer server, WantedServer.Address address, Map<String, KnownSubnet> subnets) {
        var subnet = subnets.get(address.subnetId());
        if (subnet == null) {
            throw ErrorCode.NOT_FOUND.with(at(address.path(), "subnet_id") + "subnet", address.subnetId());
        }
        if (!Cidr.parse("cidr", subnet.cidr()).isHost(address.address())) {
            throw ErrorCode.MISMATCH.with("%s: %s is no host address of subnet %s (%s)"
                    .formatted(address.path() + "address", address.address(), subnet.id(), subnet.cidr()));
        }
        return new Claim(server.id(), subnet.vpcId(), subnet.id(), subnet.cidr(), address.address());
    }

    /** {@code servers[17].addresses[0].subnet_id: } before the message. */
    private static String at(String path, String field) {
        return path + field + ": ";
    }
}
