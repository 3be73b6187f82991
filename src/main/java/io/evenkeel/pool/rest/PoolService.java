package io.evenkeel.pool.rest;

import io.evenkeel.platform.Ids;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.paging.ListQueries;
import io.evenkeel.platform.paging.PageInfo;
import io.evenkeel.pool.DefaultPoolBinding;
import io.evenkeel.pool.PoolChanged;
import io.evenkeel.pool.PoolDeleting;
import io.evenkeel.pool.Pools;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.MultiValueMap;

/** Writes pools and answers with them. Each method is a transaction. */
@Service
class PoolService {

    private final EntityManager entities;
    private final Pools pools;
    private final PoolHomes homes;
    private final PoolRules rules;
    private final PoolAnswers answers;
    private final ListQueries lists;
    private final PoolFilters filters;
    private final DefaultPoolBinding binding;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    PoolService(
            EntityManager entities,
            Pools pools,
            PoolHomes homes,
            PoolRules rules,
            PoolAnswers answers,
            ListQueries lists,
            PoolFilters filters,
            DefaultPoolBinding binding,
            ApplicationEventPublisher events,
            Clock clock) {
        this.entities = entities;
        this.pools = pools;
        this.homes = homes;
        this.rules = rules;
        this.answers = answers;
        this.lists = lists;
        this.filters = filters;
        this.binding = binding;
        this.events = events;
        this.clock = clock;
    }

    record Page(List<PoolResponse> pools, PageInfo info) {}

    /** Errors: INVALID_INPUT, NOT_FOUND, MISMATCH, CONFLICT (the listener has a default pool). */
    @Transactional
    PoolResponse create(String projectId, CreatePoolRequest request) {
        var asked = request.toSpec(projectId, false);
        var home = homes.find(projectId, request);
        var spec = home.isDualStack() ? request.toSpec(projectId, true) : asked;
        var id = Ids.next(clock);
        entities.persist(new Pool(id, projectId, clock.instant(), home, spec));
        entities.flush();
        events.publishEvent(new PoolChanged(id, Pool.FIRST_GENERATION));
        if (home.listenerId() != null) {
            binding.bind(projectId, home.listenerId(), id);
        }
        return answer(projectId, id);
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
        var before = answers.spec(projectId, id).orElseThrow(() -> ErrorCode.NOT_FOUND.with("pool", id));
        if (!request.applyTo(before).equals(before)) {
            var advanced = pools.advance(projectId, id);
            var pool = Objects.requireNonNull(entities.find(Pool.class, id));
            var after = request.applyTo(pool.spec());
            rules.checkChange(projectId, advanced, pool.spec(), after);
            pool.apply(after, clock.instant());
        }
        return answer(projectId, id);
    }

    /** Errors: NOT_FOUND, CONFLICT naming what uses the pool. */
    @Transactional
    void delete(String projectId, UUID id) {
        pools.require(projectId, id);
        events.publishEvent(new PoolDeleting(projectId, id));
        var advanced = pools.advance(projectId, id);
        rules.checkDeletable(advanced);
        entities.remove(Objects.requireNonNull(entities.find(Pool.class, id)));
        entities.flush();
        events.publishEvent(new PoolChanged(id, advanced.generation() + 1));
    }

    private PoolResponse answer(String projectId, UUID id) {
        entities.flush();
        return answers.read(projectId, List.of(id)).stream()
                .findFirst()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("pool", id));
    }
}
