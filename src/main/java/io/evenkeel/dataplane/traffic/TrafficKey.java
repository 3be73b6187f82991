package io.evenkeel.dataplane.traffic;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose traffic.
 *
 * @param poolId null for what concerned no member: clients' connections, answers of our own
 * @param memberId null likewise, and for the sum of members whose counts were given up after an hour without traffic
 */
public record TrafficKey(
        UUID loadBalancerId,
        UUID listenerId,
        @Nullable UUID poolId,
        @Nullable UUID memberId) {

    static TrafficKey ofListener(UUID loadBalancerId, UUID listenerId) {
        return new TrafficKey(loadBalancerId, listenerId, null, null);
    }

    TrafficKey ofMember(UUID member) {
        return new TrafficKey(loadBalancerId, listenerId, poolId, member);
    }

    TrafficKey withoutMember() {
        return new TrafficKey(loadBalancerId, listenerId, poolId, null);
    }
}
