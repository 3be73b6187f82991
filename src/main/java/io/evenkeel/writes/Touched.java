package io.evenkeel.writes;

import io.evenkeel.loadbalancer.LoadBalancerChanged;
import io.evenkeel.platform.write.Advanced;
import io.evenkeel.pool.PoolChanged;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Collects which load balancers and pools the write of this thread created, advanced or deleted. */
@Component
class Touched {

    private static final ThreadLocal<@Nullable Ids> CURRENT = new ThreadLocal<>();

    /** Generations by id, in the order in which they were touched. */
    record Ids(Map<UUID, Long> loadBalancers, Map<UUID, Long> pools) {

        boolean isEmpty() {
            return loadBalancers.isEmpty() && pools.isEmpty();
        }

        /** Load balancers first. */
        List<Advanced> advanced() {
            var advanced = new ArrayList<Advanced>();
            loadBalancers.forEach(
                    (id, generation) -> advanced.add(new Advanced(Advanced.Kind.LOAD_BALANCER, id, generation)));
            pools.forEach((id, generation) -> advanced.add(new Advanced(Advanced.Kind.POOL, id, generation)));
            return advanced;
        }
    }

    /** From here on the thread's events count for this write. */
    Ids begin() {
        var ids = new Ids(new LinkedHashMap<>(), new LinkedHashMap<>());
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
            ids.loadBalancers().merge(changed.id(), changed.generation(), Math::max);
        }
    }

    @EventListener
    void on(PoolChanged changed) {
        var ids = CURRENT.get();
        if (ids != null) {
            ids.pools().merge(changed.id(), changed.generation(), Math::max);
        }
    }
}
