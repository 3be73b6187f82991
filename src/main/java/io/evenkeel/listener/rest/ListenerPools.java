package io.evenkeel.listener.rest;

import io.evenkeel.listener.settings.ListenerSpec;
import io.evenkeel.listener.settings.Protocol;
import io.evenkeel.loadbalancer.AdvancedLoadBalancer;
import io.evenkeel.loadbalancer.LoadBalancers;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.write.ResourceWritten;
import io.evenkeel.pool.DefaultPoolBinding;
import io.evenkeel.pool.PoolDeleting;
import io.evenkeel.pool.Pools;
import io.evenkeel.quota.QuotaKey;
import io.evenkeel.quota.Quotas;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Puts pools behind listeners and takes them away, always in the transaction of the write that wants it: the load
 * balancer first, then the pools by id, then the listener's row.
 */
@Component
class ListenerPools implements DefaultPoolBinding {

    private final EntityManager entities;
    private final JdbcClient jdbc;
    private final LoadBalancers loadBalancers;
    private final Pools pools;
    private final ApplicationEventPublisher events;
    private final Quotas quotas;
    private final Clock clock;

    ListenerPools(
            EntityManager entities,
            JdbcClient jdbc,
            LoadBalancers loadBalancers,
            Pools pools,
            ApplicationEventPublisher events,
            Quotas quotas,
            Clock clock) {
        this.entities = entities;
        this.jdbc = jdbc;
        this.loadBalancers = loadBalancers;
        this.pools = pools;
        this.events = events;
        this.quotas = quotas;
        this.clock = clock;
    }

    /**
     * Advances the pool that the listener leaves and the one it takes, both of which learn by it that they are used or
     * on which port, and checks that the new one fits. Errors: NOT_FOUND, MISMATCH, IP_TARGETS_DISABLED, QUOTA_EXCEEDED.
     *
     * @param before the default pool until now
     * @param after the listener as it shall be
     */
    void change(String projectId, AdvancedLoadBalancer loadBalancer, @Nullable UUID before, ListenerSpec after) {
        var wanted = after.defaultPoolId();
        Stream.of(before, wanted)
                .flatMap(Stream::ofNullable)
                .distinct()
                .sorted()
                .forEach(poolId -> {
                    if (poolId.equals(wanted)) {
                        take(projectId, loadBalancer, after.protocol(), after.http2Enable(), poolId);
                        if (!poolId.equals(before)) {
                            quotas.within(projectId, QuotaKey.LISTENERS_PER_POOL, listenersOn(poolId) + 1);
                        }
                    } else {
                        pools.advance(projectId, poolId);
                    }
                });
    }

    private int listenersOn(UUID poolId) {
        return jdbc.sql("select count(*) from listener where default_pool_id = :pool")
                .param("pool", poolId)
                .query(Integer.class)
                .single();
    }

    /** Advances one pool that the listener is about to use, by default or through a policy, and checks that it fits. */
    void take(String projectId, AdvancedLoadBalancer loadBalancer, Protocol protocol, boolean hasHttp2, UUID poolId) {
        var pool = pools.bindVpc(projectId, poolId, loadBalancer.vpcId());
        ListenerRules.checkPool(protocol, hasHttp2, pool, loadBalancer.id());
        checkIpMembers(loadBalancer, poolId);
    }

    /** Members without a subnet need the switch on every load balancer that uses them, whichever came first. */
    private void checkIpMembers(AdvancedLoadBalancer loadBalancer, UUID poolId) {
        if (!loadBalancer.ipTargetEnable()
                && jdbc.sql("select exists (select 1 from member where pool_id = :pool and subnet_id is null)")
                        .param("pool", poolId)
                        .query(Boolean.class)
                        .single()) {
            throw ErrorCode.IP_TARGETS_DISABLED.with();
        }
    }

    @Override
    public void bind(String projectId, UUID listenerId, UUID poolId) {
        var loadBalancerId = jdbc.sql("select load_balancer_id from listener where id = :id and project_id = :project")
                .param("id", listenerId)
                .param("project", projectId)
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("listener", listenerId));
        var loadBalancer = loadBalancers.advance(projectId, loadBalancerId);
        @Nullable Listener listener = entities.find(Listener.class, listenerId);
        if (listener == null) {
            throw ErrorCode.NOT_FOUND.with("listener", listenerId);
        }
        var before = listener.spec().defaultPoolId();
        if (before != null) {
            throw ErrorCode.CONFLICT.with("Listener %s already has the default pool %s".formatted(listenerId, before));
        }
        var after = listener.spec().withDefaultPool(poolId);
        change(projectId, loadBalancer, null, after);
        listener.apply(after, clock.instant());
        entities.flush();
        publish(projectId, listenerId, loadBalancer.generation(), null, poolId);
    }

    /** Listeners in front of pools that are about to go stand without one. */
    @EventListener
    void detach(PoolDeleting deleting) {
        var pools = deleting.poolIds().toArray(UUID[]::new);
        var users = jdbc.sql(
                        "select distinct load_balancer_id from listener where default_pool_id = any(:pools) and project_id = :project")
                .param("pools", pools)
                .param("project", deleting.projectId())
                .query((row, n) -> Objects.requireNonNull(row.getObject(1, UUID.class)))
                .list();
        for (var loadBalancer : loadBalancers.advanceAll(deleting.projectId(), users)) {
            deleting.poolIds().forEach(pool -> detach(deleting.projectId(), loadBalancer, pool));
        }
    }

    private void detach(String projectId, AdvancedLoadBalancer loadBalancer, UUID pool) {
        jdbc.sql("""
                        update listener set default_pool_id = null, updated_at = now()
                        where default_pool_id = :pool and load_balancer_id = :loadBalancer returning id
                        """)
                .param("pool", pool)
                .param("loadBalancer", loadBalancer.id())
                .query((row, n) -> Objects.requireNonNull(row.getObject(1, UUID.class)))
                .list()
                .forEach(listener -> publish(projectId, listener, loadBalancer.generation(), pool, null));
    }

    /** What is told of a listener that got or lost its pool by a write to the pool. */
    private record Behind(@Nullable UUID defaultPoolId) {}

    private void publish(
            String projectId, UUID listenerId, long generation, @Nullable UUID before, @Nullable UUID after) {
        events.publishEvent(ResourceWritten.updated(
                projectId, ListenerService.KIND, listenerId, generation, new Behind(before), new Behind(after)));
    }
}
