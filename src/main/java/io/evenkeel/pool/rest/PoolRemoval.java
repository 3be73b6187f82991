package io.evenkeel.pool.rest;

import io.evenkeel.platform.write.ResourceWritten;
import io.evenkeel.pool.AdvancedPool;
import io.evenkeel.pool.PoolChanged;
import io.evenkeel.pool.PoolDeletion;
import io.evenkeel.quota.QuotaKey;
import io.evenkeel.quota.Quotas;
import jakarta.persistence.EntityManager;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes pools away, or away from their load balancer. */
@Component
class PoolRemoval implements PoolDeletion {

    private final EntityManager entities;
    private final JdbcClient jdbc;
    private final PoolRules rules;
    private final ApplicationEventPublisher events;
    private final Quotas quotas;
    private final Clock clock;

    PoolRemoval(
            EntityManager entities,
            JdbcClient jdbc,
            PoolRules rules,
            ApplicationEventPublisher events,
            Quotas quotas,
            Clock clock) {
        this.entities = entities;
        this.jdbc = jdbc;
        this.rules = rules;
        this.events = events;
        this.quotas = quotas;
        this.clock = clock;
    }

    @Override
    public void delete(String projectId, AdvancedPool pool) {
        rules.checkNoPolicyUses(pool.id());
        var row = Objects.requireNonNull(entities.find(Pool.class, pool.id()));
        entities.remove(row);
        quotas.giveBack(projectId, QuotaKey.POOL, 1);
        entities.flush();
        events.publishEvent(new PoolChanged(pool.id(), pool.generation() + 1));
        events.publishEvent(ResourceWritten.deleted(projectId, "pool", pool.id(), pool.generation() + 1, row.spec()));
    }

    /** What is told of a pool that lost its load balancer. */
    private record Bound(@Nullable UUID loadbalancerId) {}

    @Override
    public void detach(String projectId, AdvancedPool pool) {
        jdbc.sql("update pool set load_balancer_id = null, updated_at = :now where id = :id and project_id = :project")
                .param("now", Timestamp.from(clock.instant()))
                .param("id", pool.id())
                .param("project", projectId)
                .update();
        events.publishEvent(ResourceWritten.updated(
                projectId,
                PoolService.KIND,
                pool.id(),
                pool.generation(),
                new Bound(pool.loadBalancerId()),
                new Bound(null)));
    }
}
