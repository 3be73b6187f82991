package io.evenkeel.loadbalancer;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Deletes load balancers whose listeners and pools are dealt with in the same transaction. The caller locks first, then
 * advances and writes whatever else is concerned, and deletes last.
 */
public interface LoadBalancerDeletion {

    /**
     * Locks them in the order of their ids, so that neither listeners nor pools can be added until the transaction
     * ends, and advances them. Errors: NOT_FOUND for an id that the project does not have, CONFLICT for one with
     * {@code deletion_protection_enable}.
     */
    List<AdvancedLoadBalancer> lock(String projectId, Collection<UUID> ids);

    /** Deletes one that is locked and that nothing uses any more, and gives its addresses back. */
    void delete(String projectId, UUID id);
}
