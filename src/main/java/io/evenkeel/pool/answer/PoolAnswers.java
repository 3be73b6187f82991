package io.evenkeel.pool.answer;

import io.evenkeel.pool.answer.PoolResponse.IdRef;
import io.evenkeel.pool.spec.PoolSpec;
import io.evenkeel.status.ObservedStatus;
import io.evenkeel.status.ObservedStatuses;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Pools as answers: three statements for any number of them. Reads in the caller's transaction. */
@Component
public class PoolAnswers {

    private static final String REFS = """
            with asked as (select unnest(cast(:ids as uuid[])) as pool_id)
            select 'LISTENER' as kind, u.pool_id, u.listener_id as id
              from asked join pool_use u on u.pool_id = asked.pool_id where u.listener_id is not null
            union all
            select 'LOAD_BALANCER', u.pool_id, u.load_balancer_id
              from asked join pool_use u on u.pool_id = asked.pool_id
            union all
            select 'MEMBER', m.pool_id, m.id from asked join member m on m.pool_id = asked.pool_id
            union all
            select 'HEALTH_MONITOR', hm.pool_id, hm.id from asked join health_monitor hm on hm.pool_id = asked.pool_id
            """;

    private enum Kind {
        LISTENER,
        LOAD_BALANCER,
        MEMBER,
        HEALTH_MONITOR
    }

    private final EntityManager entities;
    private final JdbcClient jdbc;
    private final ObservedStatuses statuses;
    private final PoolMapper mapper;

    PoolAnswers(EntityManager entities, JdbcClient jdbc, ObservedStatuses statuses, PoolMapper mapper) {
        this.entities = entities;
        this.jdbc = jdbc;
        this.statuses = statuses;
        this.mapper = mapper;
    }

    /** The pools in the order of the ids; what is no pool of the project is left out. */
    public List<PoolResponse> read(String projectId, Collection<UUID> ids) {
        var rows = new HashMap<UUID, PoolRow>();
        rows(projectId, ids).forEach(row -> rows.put(row.id(), row));
        var refs = refs(rows.keySet());
        var observed = statuses.ofPools(rows.keySet());
        return ids.stream()
                .map(rows::get)
                .filter(Objects::nonNull)
                .map(row -> mapper.toResponse(
                        row,
                        row.spec(),
                        refs(refs.getOrDefault(row.id(), Map.of())),
                        observed.getOrDefault(row.id(), ObservedStatus.ONLINE)))
                .toList();
    }

    /** The configuration of one pool, without loading its row as an entity. */
    public Optional<PoolSpec> spec(String projectId, UUID id) {
        return rows(projectId, List.of(id)).stream().map(PoolRow::spec).findFirst();
    }

    private List<PoolRow> rows(String projectId, Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return entities.createQuery("""
                        select p.id, p.projectId, p.createdAt, p.updatedAt, p.enterpriseProjectId, p.spec
                          from Pool p where p.projectId = :project and p.id in :ids
                        """, PoolRow.class)
                .setParameter("project", projectId)
                .setParameter("ids", ids)
                .getResultList();
    }

    private Map<UUID, Map<Kind, Set<UUID>>> refs(Collection<UUID> ids) {
        var refs = new HashMap<UUID, Map<Kind, Set<UUID>>>();
        if (!ids.isEmpty()) {
            var texts = ids.stream().map(UUID::toString).toArray(String[]::new);
            jdbc.sql(REFS).param("ids", texts).query(row -> {
                refs.computeIfAbsent(row.getObject("pool_id", UUID.class), pool -> new EnumMap<>(Kind.class))
                        .computeIfAbsent(Kind.valueOf(row.getString("kind")), kind -> new TreeSet<>())
                        .add(row.getObject("id", UUID.class));
            });
        }
        return refs;
    }

    private static PoolRefs refs(Map<Kind, Set<UUID>> refs) {
        return new PoolRefs(
                list(refs, Kind.LISTENER),
                list(refs, Kind.LOAD_BALANCER),
                list(refs, Kind.MEMBER),
                list(refs, Kind.HEALTH_MONITOR).stream()
                        .map(IdRef::id)
                        .findFirst()
                        .orElse(null));
    }

    private static List<IdRef> list(Map<Kind, Set<UUID>> refs, Kind kind) {
        return refs.getOrDefault(kind, Set.of()).stream().map(IdRef::new).toList();
    }
}
