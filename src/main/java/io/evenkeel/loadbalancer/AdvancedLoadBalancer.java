package io.evenkeel.loadbalancer;

import java.util.List;
import java.util.UUID;

/**
 * What others need to know of a load balancer. When it comes from an advance, its row is locked until the transaction
 * ends and nothing here can change.
 *
 * @param generation after the advance, or as read
 * @param vipAddresses canonical text: none, one, or an IPv4 and an IPv6 address
 * @param hasL4 whether it has a flavor for TCP, UDP and TLS listeners
 * @param hasL7 whether it has a flavor for HTTP, HTTPS and QUIC listeners
 */
public record AdvancedLoadBalancer(
        UUID id,
        long generation,
        String vpcId,
        boolean ipTargetEnable,
        List<String> vipAddresses,
        boolean hasL4,
        boolean hasL7,
        String enterpriseProjectId) {

    public AdvancedLoadBalancer {
        vipAddresses = List.copyOf(vipAddresses);
    }

    /** Whether it has an IPv6 VIP. */
    public boolean isDualStack() {
        return vipAddresses.stream().anyMatch(address -> address.contains(":"));
    }
}
