package io.evenkeel.loadbalancer.rest;

import io.evenkeel.loadbalancer.logtank.LogStream;
import io.evenkeel.loadbalancer.rest.LoadBalancerResponse.Ref;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.status.ObservedStatus;
import io.evenkeel.status.ObservedStatuses;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes answers out of ids: three statements for any number of load balancers. */
@Component
class LoadBalancerAnswers {

    private static final String REFS = """
            select load_balancer_id, 'LISTENER' as kind, id, null as log_group_id, null as log_topic_id
              from listener where load_balancer_id = any(:ids)
            union all
            select load_balancer_id, 'POOL', pool_id, null, null
              from pool_use where load_balancer_id = any(:ids)
            union all
            select load_balancer_id, 'LOGTANK', id, log_group_id, log_topic_id
              from logtank where load_balancer_id = any(:ids)
            """;

    private static final String BACKEND_SUBNET_IN_USE = """
            select 'member ' || m.id || ' of pool ' || m.pool_id from member m
            join backend_path b on b.member_id = m.id
            where b.load_balancer_id = :id and m.subnet_id = any(:subnets) limit 1
            """;

    private final EntityManager entities;
    private final JdbcClient jdbc;
    private final ObservedStatuses statuses;
    private final LoadBalancerMapper mapper;

    LoadBalancerAnswers(EntityManager entities, JdbcClient jdbc, ObservedStatuses statuses, LoadBalancerMapper mapper) {
        this.entities = entities;
        this.jdbc = jdbc;
        this.statuses = statuses;
        this.mapper = mapper;
    }

    private enum Kind {
        LISTENER,
        POOL,
        LOGTANK
    }

    /** A load balancer as it was read, not managed. */
    record Row(UUID id, String projectId, Instant createdAt, Instant updatedAt, LoadBalancerSpec spec) {}

    /** Errors: {@link ErrorCode#NOT_FOUND}. */
    Row require(String projectId, UUID id) {
        return rows(List.of(id)).stream()
                .filter(row -> row.projectId().equals(projectId))
                .findFirst()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("loadbalancer", id));
    }

    LoadBalancerResponse of(Row row) {
        return ofRows(List.of(row)).getFirst();
    }

    /** In the order of the ids; what was deleted meanwhile is left out. */
    List<LoadBalancerResponse> of(String projectId, List<UUID> ids) {
        var rows = rows(ids).stream()
                .filter(row -> row.projectId().equals(projectId))
                .collect(Collectors.toMap(Row::id, Function.identity()));
        return ofRows(ids.stream()
                .flatMap(id -> Optional.ofNullable(rows.get(id)).stream())
                .toList());
    }

    private List<LoadBalancerResponse> ofRows(List<Row> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        var ids = rows.stream().map(Row::id).toList();
        var refs = refs(ids);
        var observed = statuses.ofLoadBalancers(ids);
        return rows.stream()
                .map(row -> {
                    var own = refs.getOrDefault(row.id(), Refs.NONE);
                    return mapper.toResponse(
                            row,
                            own.listeners(),
                            own.pools(),
                            own.logStream().orElse(null),
                            observed.getOrDefault(row.id(), ObservedStatus.ONLINE));
                })
                .toList();
    }

    private List<Row> rows(Collection<UUID> ids) {
        return entities.createQuery(
                        "select b.id, b.projectId, b.createdAt, b.updatedAt, b.spec from LoadBalancer b where b.id in :ids",
                        Row.class)
                .setParameter("ids", ids)
                .getResultList();
    }

    /** What belongs to a load balancer. A pool may be reached in several ways; sets sort here what is few for each. */
    private record Refs(Set<UUID> listenerIds, Set<UUID> poolIds, List<LogStream> logStreams) {

        static final Refs NONE = new Refs(Set.of(), Set.of(), List.of());

        Refs() {
            this(new TreeSet<>(), new TreeSet<>(), new ArrayList<>(1));
        }

        List<Ref> listeners() {
            return listenerIds.stream().map(Ref::new).toList();
        }

        List<Ref> pools() {
            return poolIds.stream().map(Ref::new).toList();
        }

        Optional<LogStream> logStream() {
            return logStreams.stream().findFirst();
        }
    }

    private Map<UUID, Refs> refs(List<UUID> ids) {
        var refs = new HashMap<UUID, Refs>();
        jdbc.sql(REFS).param("ids", ids.toArray(UUID[]::new)).query(row -> {
            var own = refs.computeIfAbsent(row.getObject(1, UUID.class), id -> new Refs());
            switch (Kind.valueOf(row.getString(2))) {
                case LISTENER -> own.listenerIds().add(row.getObject(3, UUID.class));
                case POOL -> own.poolIds().add(row.getObject(3, UUID.class));
                case LOGTANK ->
                    own.logStreams()
                            .add(new LogStream(
                                    Objects.requireNonNull(row.getString(4)),
                                    Objects.requireNonNull(row.getString(5))));
            }
        });
        return refs;
    }

    /** What keeps the load balancer from being deleted. */
    Optional<String> userOf(UUID id) {
        return text("""
                (select 'listener ' || id from listener where load_balancer_id = :id order by id limit 1)
                union all (select 'pool ' || id from pool where load_balancer_id = :id order by id limit 1) limit 1
                """, Map.of("id", id));
    }

    /** A listener that cannot do without the flavor of its layer. */
    Optional<String> listenerOn(UUID id, List<String> protocols) {
        return text(
                "select 'listener ' || id from listener where load_balancer_id = :id and protocol = any(:protocols) limit 1",
                Map.of("id", id, "protocols", protocols.toArray(String[]::new)));
    }

    /** A member of this load balancer in one of the subnets. */
    Optional<String> memberIn(UUID id, Collection<String> subnets) {
        return subnets.isEmpty()
                ? Optional.empty()
                : text(BACKEND_SUBNET_IN_USE, Map.of("id", id, "subnets", subnets.toArray(String[]::new)));
    }

    private Optional<String> text(String sql, Map<String, ?> parameters) {
        return jdbc.sql(sql)
                .params(parameters)
                .query((row, n) -> row.getString(1))
                .optional();
    }
}
