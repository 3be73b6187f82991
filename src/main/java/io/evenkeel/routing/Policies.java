package io.evenkeel.routing;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** L7 policies for those who act on a whole listener or load balancer. */
public interface Policies {

    /** The policies of the listeners, in the order of their creation: three statements for any number of them. */
    List<KnownPolicy> ofListeners(String projectId, Collection<UUID> listenerIds);

    /**
     * Deletes the policies of a listener with their rules, as deleting each would: the pools they name are advanced in
     * the order of their ids, and each policy and rule is announced as deleted. The caller has advanced the load
     * balancer in its transaction, and advances no pool before. Policies of other listeners that redirect to this one
     * stay, and keep it from being deleted.
     *
     * @param generation of the load balancer's advance
     */
    void deleteOf(String projectId, UUID listenerId, long generation);
}
