package io.evenkeel.pool.rest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.evenkeel.platform.Ids;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.paging.ListQueries;
import io.evenkeel.platform.paging.PageInfo;
import io.evenkeel.platform.write.ResourceWritten;
import io.evenkeel.pool.AdvancedPool;
import io.evenkeel.pool.DefaultPoolBinding;
import io.evenkeel.pool.PoolChanged;
import io.evenkeel.pool.PoolDeleting;
import io.evenkeel.pool.Pools;
import io.evenkeel.pool.answer.PoolAnswers;
import io.evenkeel.pool.answer.PoolResponse;
import io.evenkeel.pool.spec.NotInEffect;
import io.evenkeel.pool.spec.PoolSpec;
import io.evenkeel.quota.QuotaKey;
import io.evenkeel.quota.Quotas;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.MultiValueMap;

/** Writes pools and answers with them. Each method is a transaction. */
@Service
class PoolService {

    static final String KIND = "pool";

    private final EntityManager entities;
    private final Pools pools;
    private final PoolHomes homes;
    private final PoolRules rules;
    private final PoolRemoval removal;
    private final PoolAnswers answers;
    private final ListQueries lists;
    private final PoolFilters filters;
    private final DefaultPoolBinding binding;
    private final ApplicationEventPublisher events;
    private final Quotas quotas;
    private final Clock clock;

    PoolService(
            EntityManager entities,
            Pools pools,
            PoolHomes homes,
            PoolRules rules,
            PoolRemoval removal,
            PoolAnswers answers,
            ListQueries lists,
            PoolFilters filters,
            DefaultPoolBinding binding,
            ApplicationEventPublisher events,
            Quotas quotas,
            Clock clock) {
        this.entities = entities;
        this.pools = pools;
        this.homes = homes;
        this.rules = rules;
        this.removal = removal;
        this.answers = answers;
        this.lists = lists;
        this.filters = filters;
        this.binding = binding;
        this.events = events;
        this.quotas = quotas;
        this.clock = clock;
    }

    record Page(List<PoolResponse> pools, PageInfo info) {}

    /** What is told of a pool that was written. */
    record Written(
            @Nullable UUID loadbalancerId, @JsonUnwrapped PoolSpec spec) {}

    /** Errors: INVALID_INPUT, NOT_FOUND, MISMATCH, CONFLICT (the listener has a default pool), QUOTA_EXCEEDED. */
    @Transactional
    PoolResponse create(String projectId, CreatePoolRequest request) {
        var asked = request.toSpec(projectId, false);
        var home = homes.find(projectId, request.home());
        var spec = home.isDualStack() ? request.toSpec(projectId, true) : asked;
        return answer(projectId, insert(projectId, home, spec, false));
    }

    UUID insert(String projectId, PoolHome home, PoolSpec spec, boolean isMasterSlave) {
        var id = Ids.next(clock);
        quotas.take(projectId, QuotaKey.POOL, 1);
        entities.persist(new Pool(id, projectId, clock.instant(), home, spec, isMasterSlave));
        entities.flush();
        events.publishEvent(new PoolChanged(id, Pool.FIRST_GENERATION));
        NotInEffect.warn(id, spec, rules::isAnyWorkerInNoZone);
        events.publishEvent(ResourceWritten.created(
                projectId, KIND, id, Pool.FIRST_GENERATION, new Written(home.loadBalancerId(), spec)));
        if (home.listenerId() != null) {
            binding.bind(projectId, home.listenerId(), id);
        }
        return id;
    }

    @Transactional(readOnly = true)
    Page list(String projectId, MultiValueMap<String, String> query) {
        var page = lists.page(filters, projectId, query);
        return new Page(answers.read(projectId, page.uuids()), page.info());
    }

    /** Errors: NOT_FOUND. */
    @Transactional(readOnly = true)
    PoolResponse show(String projectId, UUID id) {
        return answer(projectId, id);
    }

    /** Errors: NOT_FOUND, INVALID_INPUT, MISMATCH. What changes nothing advances nothing. */
    @Transactional
    PoolResponse update(String projectId, UUID id, UpdatePoolRequest request) {
        var before = answers.spec(projectId, id).orElseThrow(() -> ErrorCode.NOT_FOUND.with(KIND, id));
        if (!request.applyTo(before).equals(before)) {
            var advanced = pools.advance(projectId, id);
            var pool = Objects.requireNonNull(entities.find(Pool.class, id));
            var now = pool.spec();
            var after = request.applyTo(now);
            rules.checkChange(projectId, advanced, now, after);
            pool.apply(after, clock.instant());
            NotInEffect.warn(id, after, rules::isAnyWorkerInNoZone);
            publishUpdated(projectId, advanced, now, after);
        }
        return answer(projectId, id);
    }

    private void publishUpdated(String projectId, AdvancedPool pool, PoolSpec before, PoolSpec after) {
        if (!after.equals(before)) {
            events.publishEvent(ResourceWritten.updated(
                    projectId,
                    KIND,
                    pool.id(),
                    pool.generation(),
                    new Written(pool.loadBalancerId(), before),
                    new Written(pool.loadBalancerId(), after)));
        }
    }

    /** Errors: NOT_FOUND, CONFLICT naming what uses the pool. */
    @Transactional
    void delete(String projectId, UUID id) {
        pools.require(projectId, id);
        events.publishEvent(new PoolDeleting(projectId, Set.of(id)));
        var advanced = pools.advance(projectId, id);
        rules.checkDeletable(advanced);
        removal.delete(projectId, advanced);
    }

    private PoolResponse answer(String projectId, UUID id) {
        entities.flush();
        return answers.read(projectId, List.of(id)).stream()
                .findFirst()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with(KIND, id));
    }
}
