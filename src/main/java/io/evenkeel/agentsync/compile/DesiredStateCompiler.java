package io.evenkeel.agentsync.compile;

import io.evenkeel.desiredstate.DesiredLoadBalancer;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.DesiredResource;
import io.evenkeel.desiredstate.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Turns rows into desired state: a pure read, a fixed number of statements for any number of resources. To be called
 * within a read-only repeatable-read transaction. A resource whose rows make no sense is left out and logged; it never
 * stops another.
 */
@Component
public class DesiredStateCompiler {

    private static final Logger log = LoggerFactory.getLogger(DesiredStateCompiler.class);

    private final PoolReader pools;
    private final LoadBalancerReader loadBalancers;

    public DesiredStateCompiler(PoolReader pools, LoadBalancerReader loadBalancers) {
        this.pools = pools;
        this.loadBalancers = loadBalancers;
    }

    /** The pools that exist among the ids. */
    public List<DesiredPool> pools(List<UUID> ids) {
        return compile(ResourceKind.POOL, ids, pools::read);
    }

    /** The load balancers that exist among the ids. */
    public List<DesiredLoadBalancer> loadBalancers(List<UUID> ids) {
        return compile(ResourceKind.LOAD_BALANCER, ids, loadBalancers::read);
    }

    /** All at once, and one by one where that fails, so that a bad row stays alone. */
    private static <T extends DesiredResource> List<T> compile(
            ResourceKind kind, List<UUID> ids, Function<List<UUID>, List<T>> reader) {
        if (ids.isEmpty()) {
            return List.of();
        }
        try {
            return reader.apply(ids);
        } catch (DataAccessException e) {
            throw e;
        } catch (RuntimeException e) {
            var compiled = new ArrayList<T>();
            for (UUID id : ids) {
                compiled.addAll(alone(kind, id, reader));
            }
            return compiled;
        }
    }

    private static <T> List<T> alone(ResourceKind kind, UUID id, Function<List<UUID>, List<T>> reader) {
        try {
            return reader.apply(List.of(id));
        } catch (DataAccessException e) {
            throw e;
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("kind", kind)
                    .addKeyValue("resourceId", id)
                    .setCause(e)
                    .log("Left out of the desired state: its rows make no sense");
            return List.of();
        }
    }
}
