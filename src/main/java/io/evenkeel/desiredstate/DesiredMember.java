package io.evenkeel.desiredstate;

import java.util.UUID;

/**
 * A backend server in a pool.
 *
 * @param address textual IP address, never a name
 * @param port 1..65535, or 0 in a pool that uses the listener's port
 * @param weight 0..100; 0 takes no new requests
 * @param isServerActive false (stopped or rebooting): out at once, connections cut; active again counts as new
 * @param isStandby whether it serves only while none of the others does
 */
public record DesiredMember(
        UUID id,
        String address,
        int port,
        int weight,
        String availabilityZone,
        boolean isServerActive,
        boolean isStandby) {

    /** One that stands by for nobody. */
    public DesiredMember(
            UUID id, String address, int port, int weight, String availabilityZone, boolean isServerActive) {
        this(id, address, port, weight, availabilityZone, isServerActive, false);
    }
}
