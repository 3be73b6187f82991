package io.evenkeel.listener;

import io.evenkeel.listener.settings.PortRange;
import io.evenkeel.loadbalancer.AdvancedLoadBalancer;
import io.evenkeel.pool.AdvancedPool;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes listeners like others, in the transaction of the write that wants them. */
public interface ListenerCopying {

    /** Holds what the listeners of a load balancer refer to and that comes before every lock of load balancers. */
    void hold(String projectId, UUID loadBalancerId);

    /**
     * Gives a new load balancer listeners like those of another one, which the caller has locked.
     *
     * @param pools the pool that shall stand behind the copy instead of each that stands behind the original
     * @return the copies by the originals' ids
     */
    Map<UUID, UUID> copyAll(String projectId, UUID from, AdvancedLoadBalancer to, Map<UUID, UUID> pools);

    /**
     * What is different about the copy of one listener.
     *
     * @param name null for that of the original with {@code -copy} behind it
     * @param port 0 with port ranges
     */
    record Wanted(@Nullable String name, int port, List<PortRange> portRanges) {}

    /**
     * What a copy of one listener starts from.
     *
     * @param poolIds sorted: the default pool, and those that policies of the listener name
     */
    record Known(UUID loadBalancerId, @Nullable UUID defaultPoolId, List<UUID> poolIds) {}

    /** Holds what the listener refers to and that comes before every lock of load balancers. Errors: NOT_FOUND. */
    Known holdOne(String projectId, UUID listenerId);

    /**
     * Gives an advanced load balancer a listener like another one, whose load balancer the caller has locked; what
     * clients are told of QUIC is not copied. Errors: NOT_FOUND, MISMATCH, INVALID_INPUT, CONFLICT for a port in use.
     *
     * @param pool what shall stand behind the copy, advanced by the caller
     */
    UUID copy(String projectId, UUID listenerId, AdvancedLoadBalancer to, Wanted wanted, @Nullable AdvancedPool pool);
}
