package io.evenkeel.status.worker;

import io.evenkeel.audit.Event;
import io.evenkeel.audit.EventKind;
import io.evenkeel.audit.Events;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rows of workers. Times of heartbeats are the database's, so that clocks of nodes need not agree. Takes part in the
 * caller's transaction.
 */
public final class WorkerRows {

    private static final String HEARTBEAT = """
            insert into worker (id, availability_zone, replicas_per_zone, started_at, heartbeat_at, watermark)
            values (:worker, :zone, :replicas, :started, now(), :watermark)
            on conflict (id) do update
            set availability_zone = excluded.availability_zone, replicas_per_zone = excluded.replicas_per_zone,
                started_at = excluded.started_at, heartbeat_at = now(), watermark = excluded.watermark
            returning xmax = 0 as is_new
            """;

    private static final String SILENT =
            "w.id = any(:ids) and w.heartbeat_at < now() - cast(:seconds as integer) * interval '1 second'";

    private final JdbcClient jdbc;
    private final Events events;
    private final Clock clock;

    public WorkerRows(JdbcClient jdbc, Events events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    private record Gone(String id, Optional<String> zone, Instant heartbeatAt) {}

    /** Whether the worker was unknown, or had been forgotten. */
    public boolean heartbeat(WorkerFacts worker, String watermark) {
        return jdbc.sql(HEARTBEAT)
                .param("worker", worker.id())
                .param("zone", worker.availabilityZone())
                .param("replicas", worker.replicasPerZone())
                .param("started", Timestamp.from(worker.startedAt()))
                .param("watermark", watermark)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** Members that one of these workers sees healthy and another one does not: without the first they are judged anew. */
    public List<UUID> contested(Collection<String> ids, Duration silence) {
        return jdbc.sql("""
                        select distinct h.member_id from worker w
                          join member_health h on h.worker_id = w.id and h.is_online
                          join member_health o on o.member_id = h.member_id and o.worker_id <> w.id and not o.is_online
                         where %s""".formatted(SILENT))
                .param("ids", ids.toArray(String[]::new))
                .param("seconds", silence.toSeconds())
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    /** Forgets those of them that are silent still, and tells every project with a load balancer in their zones. */
    public void forget(Collection<String> ids, Duration silence) {
        jdbc.sql("delete from worker w where %s returning w.id, w.availability_zone, w.heartbeat_at".formatted(SILENT))
                .param("ids", ids.toArray(String[]::new))
                .param("seconds", silence.toSeconds())
                .query((row, n) -> gone(row))
                .list()
                .forEach(this::tell);
    }

    private static Gone gone(ResultSet row) throws SQLException {
        return new Gone(
                row.getString(1),
                Optional.ofNullable(row.getString(2)),
                row.getTimestamp(3).toInstant());
    }

    private void tell(Gone worker) {
        var projects = jdbc.sql("""
                        select distinct project_id from load_balancer
                         where cast(:zone as text) is null or :zone = any(availability_zones) order by 1""")
                .param("zone", worker.zone().orElse(null))
                .query((row, n) -> row.getString(1))
                .list();
        events.recordAll(
                projects.stream().map(projectId -> event(worker, projectId)).toList());
    }

    private Event event(Gone worker, String projectId) {
        var place = worker.zone().map(zone -> " in availability zone " + zone).orElse("");
        return new Event(
                "worker/%s/%s/%s".formatted(worker.id(), worker.heartbeatAt(), projectId),
                EventKind.WORKER_GONE,
                projectId,
                "worker",
                worker.id(),
                clock.instant(),
                "Worker %s%s is gone: it was heard last at %s".formatted(worker.id(), place, worker.heartbeatAt()),
                worker.zone()
                        .<Map<String, Object>>map(zone -> Map.of("availability_zone", zone))
                        .orElse(Map.of()));
    }
}
