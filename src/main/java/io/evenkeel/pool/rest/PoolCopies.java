package io.evenkeel.pool.rest;

import io.evenkeel.platform.Ids;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.write.ResourceWritten;
import io.evenkeel.pool.AdvancedPool;
import io.evenkeel.pool.PoolChanged;
import io.evenkeel.pool.PoolCopying;
import io.evenkeel.pool.Pools;
import io.evenkeel.pool.answer.PoolAnswers;
import io.evenkeel.quota.QuotaKey;
import io.evenkeel.quota.Quotas;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Copies a pool's own configuration. */
@Component
class PoolCopies implements PoolCopying {

    private final EntityManager entities;
    private final Pools pools;
    private final PoolAnswers answers;
    private final Quotas quotas;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    PoolCopies(
            EntityManager entities,
            Pools pools,
            PoolAnswers answers,
            Quotas quotas,
            ApplicationEventPublisher events,
            Clock clock) {
        this.entities = entities;
        this.pools = pools;
        this.answers = answers;
        this.quotas = quotas;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public AdvancedPool copy(String projectId, UUID sourceId, @Nullable UUID loadBalancerId) {
        var spec = answers.spec(projectId, sourceId)
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with(PoolService.KIND, sourceId));
        var source = pools.require(projectId, sourceId);
        var id = Ids.next(clock);
        var home = new PoolHome(
                null, loadBalancerId, source.effectiveVpcId(), spec.ipVersion().equals("dualstack"));
        quotas.take(projectId, QuotaKey.POOL, 1);
        entities.persist(new Pool(id, projectId, clock.instant(), home, spec, source.isMasterSlave()));
        entities.flush();
        events.publishEvent(new PoolChanged(id, Pool.FIRST_GENERATION));
        events.publishEvent(ResourceWritten.created(
                projectId, PoolService.KIND, id, Pool.FIRST_GENERATION, new PoolService.Written(loadBalancerId, spec)));
        return pools.advance(projectId, id);
    }
}
