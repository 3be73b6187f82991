package io.evenkeel.inventory.address;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the inventory may hold.
 *
 * @param allowedReservedRanges CIDRs of reserved ranges in which VPCs and subnets may lie all the same, such as
 *     127.0.0.0/8 for a cloud on one host
 */
@ConfigurationProperties("evenkeel.inventory")
public record InventoryProperties(@DefaultValue List<String> allowedReservedRanges) {}
