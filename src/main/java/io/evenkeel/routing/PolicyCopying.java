package io.evenkeel.routing;

import io.evenkeel.loadbalancer.AdvancedLoadBalancer;
import java.util.Map;
import java.util.UUID;

/** Gives copies of listeners the policies of their originals. */
public interface PolicyCopying {

    /**
     * Copies the policies with their rules, in the transaction of the write that wants it. The caller has locked the
     * originals' load balancer and pools. Errors: as creating them has; MISMATCH where a policy redirects to a listener
     * that is not copied and belongs to another load balancer than the copies.
     *
     * @param to the load balancer of the copies
     * @param listeners the copies by the originals' ids, which stand in for them where policies redirect as well
     * @param pools what to redirect to in place of each pool that the originals name
     */
    void copyAll(String projectId, AdvancedLoadBalancer to, Map<UUID, UUID> listeners, Map<UUID, UUID> pools);
}
