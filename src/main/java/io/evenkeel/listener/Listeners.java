package io.evenkeel.listener;

import io.evenkeel.loadbalancer.AdvancedLoadBalancer;
import io.evenkeel.platform.error.ErrorCode;
import java.util.Collection;
import java.util.UUID;

/**
 * Listeners for those who write what belongs to one, and for acts that span features. Everything here takes part in the
 * caller's transaction; what was read after the load balancer's advance holds until that transaction ends.
 */
public interface Listeners {

    /**
     * A listener of the project as one read saw it.
     *
     * @param protocol as in answers: TCP, UDP, HTTP, HTTPS, TLS or QUIC
     * @param protocolPort 1..65535, or 0 with port ranges
     * @param hasAdvancedPolicies whether its policies have priorities, conditions and all actions
     */
    record Known(
            UUID id,
            UUID loadBalancerId,
            String protocol,
            int protocolPort,
            boolean hasHttp2,
            boolean hasAdvancedPolicies,
            String enterpriseProjectId) {}

    /** From now on the listener's policies have priorities; published under the load balancer's lock. */
    record PrioritiesEnabled(UUID listenerId) {}

    /** Errors: {@link ErrorCode#NOT_FOUND}. */
    Known require(String projectId, UUID id);

    /**
     * Advances a pool that the listener is about to send requests to, binds it to the load balancer's VPC where it has
     * none, and checks that it fits: protocol, VPC, IP members. Several pools come in the order of their ids.
     *
     * <p>Errors: {@link ErrorCode#NOT_FOUND}, {@link ErrorCode#MISMATCH}, {@link ErrorCode#IP_TARGETS_DISABLED}.
     */
    void takePool(String projectId, AdvancedLoadBalancer loadBalancer, Known listener, UUID poolId);

    /**
     * Deletes listeners of one load balancer, which the caller has advanced, together with the pools behind them;
     * policies of theirs are gone already. What is not there is passed over.
     */
    void delete(String projectId, AdvancedLoadBalancer loadBalancer, Collection<UUID> ids);
}
