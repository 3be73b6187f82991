package io.evenkeel.topology.deletion;

import io.evenkeel.listener.Listeners;
import io.evenkeel.loadbalancer.AdvancedLoadBalancer;
import io.evenkeel.routing.Policies;
import java.util.Collection;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Deletes listeners with what hangs on them; the pools behind them stay. */
@Component
public class ListenerCascade {

    private final Listeners listeners;
    private final Policies policies;

    ListenerCascade(Listeners listeners, Policies policies) {
        this.listeners = listeners;
        this.policies = policies;
    }

    /**
     * The caller has advanced the load balancer, and the pools that its listeners and their policies use, in the order
     * of their ids.
     */
    public void delete(String projectId, AdvancedLoadBalancer loadBalancer, Collection<UUID> ids) {
        if (!ids.isEmpty()) {
            ids.forEach(id -> policies.deleteOf(projectId, id, loadBalancer.generation()));
            listeners.delete(projectId, loadBalancer, ids);
        }
    }
}
