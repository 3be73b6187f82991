package io.evenkeel.healthmonitor;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.evenkeel.platform.Ids;
import io.evenkeel.platform.error.ElbException;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.paging.ListQueries;
import io.evenkeel.platform.paging.PageInfo;
import io.evenkeel.platform.write.ResourceWritten;
import io.evenkeel.pool.AdvancedPool;
import io.evenkeel.pool.Pools;
import io.evenkeel.quota.QuotaKey;
import io.evenkeel.quota.Quotas;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.MultiValueMap;

/** Writes health monitors and answers with them. Each method is a transaction; each write advances the pool first. */
@Service
class HealthMonitorService {

    static final String KIND = "healthmonitor";

    private final EntityManager entities;
    private final Pools pools;
    private final ListQueries lists;
    private final HealthMonitorFilters filters;
    private final HealthMonitorMapper mapper;
    private final ApplicationEventPublisher events;
    private final Quotas quotas;
    private final Clock clock;

    HealthMonitorService(
            EntityManager entities,
            Pools pools,
            ListQueries lists,
            HealthMonitorFilters filters,
            HealthMonitorMapper mapper,
            ApplicationEventPublisher events,
            Quotas quotas,
            Clock clock) {
        this.entities = entities;
        this.pools = pools;
        this.lists = lists;
        this.filters = filters;
        this.mapper = mapper;
        this.events = events;
        this.quotas = quotas;
        this.clock = clock;
    }

    record Page(List<HealthMonitorResponse> healthMonitors, PageInfo info) {}

    /** What is told of a monitor that was written. */
    record Written(UUID poolId, @JsonUnwrapped HealthMonitorSpec spec) {}

    /** Errors: INVALID_INPUT, NOT_FOUND for the pool, MISMATCH with it, CONFLICT when it has a monitor, QUOTA_EXCEEDED. */
    @Transactional
    HealthMonitorResponse create(String projectId, CreateHealthMonitorRequest request) {
        var spec = request.toSpec(projectId);
        var poolId = Ids.parse(request.poolId()).orElseThrow(() -> ErrorCode.NOT_FOUND.with("pool", request.poolId()));
        var pool = pools.advance(projectId, poolId);
        checkFits(pool, spec);
        entities.createQuery("select m.id from HealthMonitor m where m.poolId = :pool", UUID.class)
                .setParameter("pool", poolId)
                .getResultStream()
                .findFirst()
                .ifPresent(monitor -> {
                    throw ErrorCode.CONFLICT.with("Pool " + poolId + " already has healthmonitor " + monitor);
                });
        var id = Ids.next(clock);
        quotas.take(projectId, QuotaKey.HEALTHMONITOR, 1);
        entities.persist(new HealthMonitor(id, projectId, poolId, clock.instant(), spec));
        events.publishEvent(ResourceWritten.created(projectId, KIND, id, pool.generation(), new Written(poolId, spec)));
        return mapper.toResponse(row(projectId, id));
    }

    @Transactional(readOnly = true)
    Page list(String projectId, MultiValueMap<String, String> query) {
        var page = lists.page(filters, projectId, query);
        var rows = new HashMap<UUID, HealthMonitorRow>();
        rows(projectId, page.uuids()).forEach(row -> rows.put(row.id(), row));
        var monitors = page.uuids().stream()
                .map(rows::get)
                .filter(Objects::nonNull)
                .map(mapper::toResponse)
                .toList();
        return new Page(monitors, page.info());
    }

    /** Errors: NOT_FOUND. */
    @Transactional(readOnly = true)
    HealthMonitorResponse show(String projectId, UUID id) {
        return mapper.toResponse(row(projectId, id));
    }

    /** Errors: NOT_FOUND, INVALID_INPUT, MISMATCH. What changes nothing advances nothing. */
    @Transactional
    HealthMonitorResponse update(String projectId, UUID id, UpdateHealthMonitorRequest request) {
        var before = row(projectId, id);
        if (!request.applyTo(before.spec()).equals(before.spec())) {
            var pool = pools.advance(projectId, before.poolId());
            write(projectId, pool, locked(id), request);
        }
        return mapper.toResponse(row(projectId, id));
    }

    private void write(String projectId, AdvancedPool pool, HealthMonitor monitor, UpdateHealthMonitorRequest request) {
        var before = monitor.spec();
        var after = request.applyTo(before);
        checkFits(pool, after);
        if (!after.equals(before)) {
            monitor.apply(after, clock.instant());
            events.publishEvent(ResourceWritten.updated(
                    projectId,
                    KIND,
                    monitor.id(),
                    pool.generation(),
                    new Written(pool.id(), before),
                    new Written(pool.id(), after)));
        }
    }

    /** Errors: NOT_FOUND. */
    @Transactional
    void delete(String projectId, UUID id) {
        var pool = pools.advance(projectId, row(projectId, id).poolId());
        var monitor = locked(id);
        entities.remove(monitor);
        quotas.giveBack(projectId, QuotaKey.HEALTHMONITOR, 1);
        events.publishEvent(ResourceWritten.deleted(
                projectId, KIND, id, pool.generation(), new Written(pool.id(), monitor.spec())));
    }

    private static void checkFits(AdvancedPool pool, HealthMonitorSpec spec) {
        if (!spec.type().fits(pool.protocol())) {
            throw ErrorCode.MISMATCH.with("Healthmonitor type %s and pool protocol %s are not compatible"
                    .formatted(spec.type(), pool.protocol()));
        }
        if (pool.anyPort() && spec.monitorPort() == null) {
            throw ErrorCode.INVALID_INPUT.with(
                    "healthmonitor.monitor_port", "must be given because the pool has any_port_enable");
        }
    }

    /** Loaded under the pool's lock; who deleted it a moment ago held that lock. */
    private HealthMonitor locked(UUID id) {
        var monitor = entities.find(HealthMonitor.class, id);
        if (monitor == null) {
            throw notFound(id);
        }
        return monitor;
    }

    private HealthMonitorRow row(String projectId, UUID id) {
        return rows(projectId, List.of(id)).stream().findFirst().orElseThrow(() -> notFound(id));
    }

    private static ElbException notFound(UUID id) {
        return ErrorCode.NOT_FOUND.with(KIND, id);
    }

    private List<HealthMonitorRow> rows(String projectId, Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return entities.createQuery("""
                        select m.id, m.projectId, m.poolId, m.createdAt, m.updatedAt, m.spec
                          from HealthMonitor m where m.projectId = :project and m.id in :ids
                        """, HealthMonitorRow.class)
                .setParameter("project", projectId)
                .setParameter("ids", ids)
                .getResultList();
    }
}
