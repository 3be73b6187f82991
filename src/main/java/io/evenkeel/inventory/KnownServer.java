package io.evenkeel.inventory;

/**
 * A cloud server, as found by one of its addresses.
 *
 * @param os type and distribution, such as {@code linux/ubuntu}
 * @param status ACTIVE, STOPPED or REBOOT
 * @param address canonical
 * @param subnetId the subnet that the address lies in
 */
public record KnownServer(
        String id, String vpcId, String availabilityZone, String os, String status, String address, String subnetId) {}
