package io.evenkeel.topology.listeners;

import io.evenkeel.loadbalancer.AdvancedLoadBalancer;
import io.evenkeel.loadbalancer.LoadBalancers;
import io.evenkeel.platform.Ids;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.job.JobType;
import io.evenkeel.platform.job.Jobs;
import io.evenkeel.pool.Pools;
import io.evenkeel.topology.deletion.ListenerCascade;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Deletes listeners with their policies; pools stay, and learn that they are used less. One transaction that locks load
 * balancers by id, then pools by id, before it writes anything.
 */
@Service
class ListenerDeletionService {

    private final LoadBalancers loadBalancers;
    private final Pools pools;
    private final ListenerCascade cascade;
    private final Jobs jobs;
    private final JdbcClient jdbc;
    private final Clock clock;

    ListenerDeletionService(
            LoadBalancers loadBalancers,
            Pools pools,
            ListenerCascade cascade,
            Jobs jobs,
            JdbcClient jdbc,
            Clock clock) {
        this.loadBalancers = loadBalancers;
        this.pools = pools;
        this.cascade = cascade;
        this.jobs = jobs;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Errors: NOT_FOUND, CONFLICT when a policy of another listener redirects to this one. */
    @Transactional
    void delete(String projectId, UUID id) {
        delete(projectId, Map.of(id, "listener"));
    }

    /** The same for several, all or none; a refusal names the first that is in the way by its index. */
    @Transactional
    UUID deleteAll(String projectId, List<String> ids) {
        var begun = clock.instant();
        var names = new HashMap<UUID, String>();
        for (int i = 0; i < ids.size(); i++) {
            var name = "listener_ids[" + i + "]: listener";
            var text = ids.get(i);
            names.putIfAbsent(Ids.parse(text).orElseThrow(() -> ErrorCode.NOT_FOUND.with(name, text)), name);
        }
        var places = delete(projectId, names);
        return jobs.finished(projectId, JobType.BATCH_DELETE_LISTENER, begun, ids.getFirst(), places);
    }

    private List<UUID> delete(String projectId, Map<UUID, String> names) {
        var owners = owners(projectId, names);
        var locked = loadBalancers.advanceAll(projectId, owners.values());
        owners(projectId, names);
        poolsBehind(names.keySet()).forEach(pool -> pools.advance(projectId, pool));
        for (var loadBalancer : locked) {
            var listeners = owners.entrySet().stream()
                    .filter(owned -> owned.getValue().equals(loadBalancer.id()))
                    .map(Map.Entry::getKey)
                    .toList();
            cascade.delete(projectId, loadBalancer, listeners);
        }
        return locked.stream().map(AdvancedLoadBalancer::id).toList();
    }

    /** The load balancer of each listener. Errors: NOT_FOUND. */
    private Map<UUID, UUID> owners(String projectId, Map<UUID, String> names) {
        var owners = new HashMap<UUID, UUID>();
        jdbc.sql("select id, load_balancer_id from listener where project_id = :project and id = any(:ids)")
                .param("project", projectId)
                .param("ids", names.keySet().toArray(UUID[]::new))
                .query(row -> {
                    owners.put(row.getObject(1, UUID.class), row.getObject(2, UUID.class));
                });
        names.entrySet().stream()
                .filter(name -> !owners.containsKey(name.getKey()))
                .min(Map.Entry.comparingByValue())
                .ifPresent(missing -> {
                    throw ErrorCode.NOT_FOUND.with(missing.getValue(), missing.getKey());
                });
        return owners;
    }

    /** In the order of their ids. */
    private List<UUID> poolsBehind(Collection<UUID> listeners) {
        return jdbc.sql("""
                        select p.id from pool p
                        where p.id in (select u.pool_id from pool_use u where u.listener_id = any(:ids))
                        order by p.id for no key update
                        """)
                .param("ids", listeners.toArray(UUID[]::new))
                .query((row, n) -> Objects.requireNonNull(row.getObject(1, UUID.class)))
                .list();
    }
}
