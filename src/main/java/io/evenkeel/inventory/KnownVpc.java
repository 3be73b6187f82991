package io.evenkeel.inventory;

/**
 * A VPC of the inventory.
 *
 * @param cidr canonical, such as {@code 10.0.0.0/16}
 */
public record KnownVpc(String id, String cidr) {}
