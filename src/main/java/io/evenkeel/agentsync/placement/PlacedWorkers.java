package io.evenkeel.agentsync.placement;

import io.evenkeel.status.worker.WorkerState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Workers and what falls to each of them, as a node that is none of them sees it: by the age of their heartbeats. Takes
 * part in the caller's transaction.
 */
@Component
public class PlacedWorkers {

    private final JdbcClient jdbc;

    PlacedWorkers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param watermark a {@code pg_snapshot} as text
     * @param loadBalancers sorted; of a worker that is late, what it has as long as it is not cut off from its clients
     */
    public record KnownWorker(
            String id,
            Optional<String> zone,
            Optional<Integer> replicasPerZone,
            Instant startedAt,
            Instant heartbeatAt,
            WorkerState state,
            String watermark,
            List<UUID> loadBalancers) {}

    private record Row(
            LiveWorker worker, Instant startedAt, Instant heartbeatAt, WorkerState state, String watermark) {}

    /** All workers by id, with the load balancers of the project. */
    public List<KnownWorker> of(String projectId) {
        var rows = rows();
        var zones = zones(projectId);
        return rows.stream().map(row -> known(row, rows, zones)).toList();
    }

    private List<Row> rows() {
        return jdbc.sql("""
                        select *, greatest(extract(epoch from now() - heartbeat_at), 0) as silent_seconds
                          from worker order by id""").query((row, n) -> row(row)).list();
    }

    private static Row row(ResultSet row) throws SQLException {
        var silence = Duration.ofMillis((long) (row.getDouble("silent_seconds") * 1000));
        return new Row(
                PlacementReads.worker(row),
                row.getTimestamp("started_at").toInstant(),
                row.getTimestamp("heartbeat_at").toInstant(),
                WorkerState.after(silence),
                row.getString("watermark"));
    }

    private Map<UUID, List<String>> zones(String projectId) {
        var zones = new TreeMap<UUID, List<String>>();
        jdbc.sql("select id, availability_zones from load_balancer where project_id = :project")
                .param("project", projectId)
                .query(row -> {
                    var codes = (String[]) row.getArray("availability_zones").getArray();
                    zones.put(row.getObject("id", UUID.class), List.of(codes));
                });
        return zones;
    }

    private static KnownWorker known(Row row, List<Row> all, Map<UUID, List<String>> zones) {
        var worker = row.worker();
        // One that is late takes itself for alive, as others do that are not heard.
        var live = Stream.concat(
                        Stream.of(worker),
                        all.stream()
                                .filter(other -> other.state() == WorkerState.LIVE)
                                .map(Row::worker)
                                .filter(other -> !other.id().equals(worker.id())))
                .toList();
        var served = row.state() == WorkerState.GONE
                ? List.<UUID>of()
                : zones.entrySet().stream()
                        .filter(entry -> Placement.serves(worker, entry.getKey(), entry.getValue(), live))
                        .map(Map.Entry::getKey)
                        .toList();
        return new KnownWorker(
                worker.id(),
                worker.zone(),
                Optional.of(worker.replicasPerZone()).filter(replicas -> replicas != LiveWorker.ALL),
                row.startedAt(),
                row.heartbeatAt(),
                row.state(),
                row.watermark(),
                served);
    }
}
