package io.evenkeel.agentsync.receipt;

import io.evenkeel.agentsync.placement.LiveWorker;
import io.evenkeel.agentsync.placement.Placement;
import io.evenkeel.status.receipt.Receipt.Subject;
import io.evenkeel.status.receipt.ServingWorkers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Answers by the rule that the workers themselves go by. Two statements for any number of resources. */
@Component
class ServingPlacement implements ServingWorkers {

    private static final String LIVE = """
            select id, availability_zone, replicas_per_zone from worker
             where heartbeat_at > now() - interval '10 seconds'
            """;

    /** A load balancer serves itself; a pool is served where load balancers are whose listeners lead to it. */
    private static final String SERVED_BY = """
            select b.id as subject_id, b.id, b.availability_zones from load_balancer b
             where b.id = any(cast(:ids as uuid[]))
            union all
            select distinct u.pool_id, b.id, b.availability_zones
              from pool_use u join load_balancer b on b.id = u.load_balancer_id
             where u.pool_id = any(cast(:ids as uuid[])) and u.listener_id is not null
            """;

    private final JdbcClient jdbc;

    ServingPlacement(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<Subject, Set<String>> of(Collection<Subject> subjects) {
        var live = live();
        var all = live.stream().map(LiveWorker::id).collect(Collectors.toUnmodifiableSet());
        var placed = placed(subjects, live);
        var workers = new HashMap<Subject, Set<String>>();
        subjects.forEach(subject -> workers.put(subject, placed.getOrDefault(subject.id(), all)));
        return workers;
    }

    private Map<UUID, Set<String>> placed(Collection<Subject> subjects, List<LiveWorker> live) {
        var placed = new HashMap<UUID, Set<String>>();
        jdbc.sql(SERVED_BY)
                .param(
                        "ids",
                        subjects.stream().map(Subject::id).map(UUID::toString).toArray(String[]::new))
                .query(row -> {
                    placed.computeIfAbsent(row.getObject("subject_id", UUID.class), id -> new HashSet<>())
                            .addAll(Placement.workersOf(row.getObject("id", UUID.class), zones(row), live));
                });
        return placed;
    }

    private static List<String> zones(ResultSet row) throws SQLException {
        return List.of((String[]) row.getArray("availability_zones").getArray());
    }

    private List<LiveWorker> live() {
        return jdbc.sql(LIVE)
                .query((row, n) -> {
                    var replicas = row.getObject("replicas_per_zone", Integer.class);
                    return new LiveWorker(
                            row.getString("id"),
                            Optional.ofNullable(row.getString("availability_zone")),
                            replicas == null ? LiveWorker.ALL : replicas);
                })
                .list();
    }
}
