package io.evenkeel.loadbalancer.rest;

import io.evenkeel.loadbalancer.logtank.Logtanks;
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
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes answers out of ids: five statements for any number of load balancers. */
@Component
class LoadBalancerAnswers {

    private static final String LISTENERS =
            "select load_balancer_id, id from listener where load_balancer_id = any(:ids) order by id";

    private static final String POOLS = """
            select distinct load_balancer_id, pool_id from pool_use where load_balancer_id = any(:ids) order by 2
            """;

    private static final String BACKEND_SUBNET_IN_USE = """
            select 'member ' || m.id || ' of pool ' || m.pool_id from member m
            join backend_path b on b.member_id = m.id
            where b.load_balancer_id = :id and m.subnet_id = any(:subnets) limit 1
            """;

    private final EntityManager entities;
    private final JdbcClient jdbc;
    private final ObservedStatuses statuses;
    private final Logtanks logtanks;
    private final LoadBalancerMapper mapper;

    LoadBalancerAnswers(
            EntityManager entities,
            JdbcClient jdbc,
            ObservedStatuses statuses,
            Logtanks logtanks,
            LoadBalancerMapper mapper) {
        this.entities = entities;
        this.jdbc = jdbc;
        this.statuses = statuses;
        this.logtanks = logtanks;
        this.mapper = mapper;
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
        var listeners = refs(LISTENERS, ids);
        var pools = refs(POOLS, ids);
        var logs = logtanks.streamsOf(ids);
        var observed = statuses.ofLoadBalancers(ids);
        return rows.stream()
                .map(row -> mapper.toResponse(
                        row,
                        listeners.getOrDefault(row.id(), List.of()),
                        pools.getOrDefault(row.id(), List.of()),
                        logs.get(row.id()),
                        observed.getOrDefault(row.id(), ObservedStatus.ONLINE)))
                .toList();
    }

    private List<Row> rows(Collection<UUID> ids) {
        return entities.createQuery(
                        "select b.id, b.projectId, b.createdAt, b.updatedAt, b.spec from LoadBalancer b where b.id in :ids",
                        Row.class)
                .setParameter("ids", ids)
                .getResultList();
    }

    private Map<UUID, List<Ref>> refs(String sql, List<UUID> ids) {
        var refs = new HashMap<UUID, List<Ref>>();
        jdbc.sql(sql).param("ids", ids.toArray(UUID[]::new)).query(row -> {
            refs.computeIfAbsent(row.getObject(1, UUID.class), id -> new ArrayList<>())
                    .add(new Ref(row.getObject(2, UUID.class)));
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
