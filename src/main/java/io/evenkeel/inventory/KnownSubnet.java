package io.evenkeel.inventory;

/**
 * A subnet of the inventory.
 *
 * @param cidr canonical, such as {@code 10.0.1.0/24}
 */
public record KnownSubnet(String id, String vpcId, String cidr, boolean isIpv6) {}
