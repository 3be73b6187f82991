package io.evenkeel.topology.deletion;

import io.evenkeel.listener.Listeners;
import io.evenkeel.loadbalancer.AdvancedLoadBalancer;
import java.util.Collection;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Deletes listeners with what hangs on them; the pools behind them stay. */
@Component
public class ListenerCascade {

    private final Listeners listeners;

    ListenerCascade(Listeners listeners) {
        this.listeners = listeners;
    }

    /**
     * The caller has advanced the load balancer, and the pools that its listeners and their policies use, in the order
     * of their ids.
     */
    public void delete(String projectId, AdvancedLoadBalancer loadBalancer, Collection<UUID> ids) {
        if (!ids.isEmpty()) {
            listeners.delete(projectId, loadBalancer, ids);
        }
    }
}
