package io.evenkeel.inventory.server;

import io.evenkeel.platform.IpAddress;
import java.util.List;

/**
 * A server as a call wants it.
 *
 * @param path where it stands in the body: empty, or such as {@code servers[17].}
 */
record WantedServer(
        String path,
        String id,
        String name,
        String availabilityZone,
        String osType,
        String osDistribution,
        String osVersion,
        String status,
        List<Address> addresses) {

    /** @param path where it stands in the body, such as {@code servers[17].addresses[0].} */
    record Address(String path, String subnetId, IpAddress address) {}

    String os() {
        return osType + "/" + osDistribution;
    }
}
