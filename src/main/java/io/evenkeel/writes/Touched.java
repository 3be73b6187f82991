package io.evenkeel.writes;

import io.evenkeel.loadbalancer.LoadBalancerChanged;
import io.evenkeel.pool.PoolChanged;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Collects which load balancers and pools the write of this thread created, advanced or deleted. */
@Component
class Touched {

    private static final ThreadLocal<@Nullable Ids> CURRENT = new ThreadLocal<>();

    /** In the order in which they were touched. */
    record Ids(Set<UUID> loadBalancers, Set<UUID> pools) {}

    /** From here on the thread's events count for this write. */
    Ids begin() {
        var ids = new Ids(new LinkedHashSet<>(), new LinkedHashSet<>());
        CURRENT.set(ids);
        return ids;
    }

    void end() {
        CURRENT.remove();
    }

    @EventListener
    void on(LoadBalancerChanged changed) {
        var ids = CURRENT.get();
        if (ids != null) {
            ids.loadBalancers().add(changed.id());
        }
    }

    @EventListener
    void on(PoolChanged changed) {
        var ids = CURRENT.get();
        if (ids != null) {
            ids.pools().add(changed.id());
        }
    }
}
