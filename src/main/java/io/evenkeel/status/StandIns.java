package io.evenkeel.status;

import io.evenkeel.audit.Event;
import io.evenkeel.audit.EventKind;
import io.evenkeel.audit.Events;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes down at which worker, in which pools, others take traffic than those who are there for it, and tells an event
 * for each begin and end. Takes part in the caller's transaction.
 */
class StandIns {

    private static final String END = """
            delete from pool_stand_in s using pool p
             where s.worker_id = :worker and p.id = s.pool_id
               and not exists (select 1 from unnest(cast(:pools as uuid[]), cast(:reasons as text[])) as n (pool_id, why)
                                where n.pool_id = s.pool_id and n.why = s.why)
            returning s.pool_id, p.project_id, s.why, s.since
            """;

    private static final String BEGIN = """
            insert into pool_stand_in (worker_id, pool_id, why, since)
            select :worker, p.id, n.why, :now
              from unnest(cast(:pools as uuid[]), cast(:reasons as text[])) as n (pool_id, why)
              join pool p on p.id = n.pool_id
             order by p.id for key share of p
            on conflict do nothing
            returning pool_id, (select project_id from pool p where p.id = pool_stand_in.pool_id) as project_id, why, since
            """;

    private final JdbcClient jdbc;
    private final Events events;
    private final Clock clock;

    StandIns(JdbcClient jdbc, Events events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    private record Row(UUID poolId, String projectId, String why, Instant since) {}

    /**
     * These are all at this worker now. Pools that were deleted meanwhile are passed over.
     *
     * @param whyByPool FAIL_OPEN, ZONE_FALLBACK or STANDBY by pool
     */
    void record(String workerId, Map<UUID, String> whyByPool) {
        var pools = List.copyOf(whyByPool.entrySet());
        var ids = pools.stream().map(entry -> entry.getKey().toString()).toArray(String[]::new);
        var reasons = pools.stream().map(Map.Entry::getValue).toArray(String[]::new);
        var ended = run(END, workerId, ids, reasons);
        var begun = run(BEGIN, workerId, ids, reasons);
        events.recordAll(ended.stream()
                .map(row -> event(row, workerId, EventKind.STAND_IN_ENDED))
                .toList());
        events.recordAll(begun.stream()
                .map(row -> event(row, workerId, EventKind.STAND_IN_BEGAN))
                .toList());
    }

    private List<Row> run(String sql, String workerId, String[] pools, String[] reasons) {
        return jdbc.sql(sql)
                .param("worker", workerId)
                .param("pools", pools)
                .param("reasons", reasons)
                .param("now", Timestamp.from(clock.instant()))
                .query((row, n) -> new Row(
                        row.getObject("pool_id", UUID.class),
                        row.getString("project_id"),
                        row.getString("why"),
                        row.getTimestamp("since").toInstant()))
                .list();
    }

    private Event event(Row row, String workerId, EventKind kind) {
        return new Event(
                "stand-in/%s/%s/%s/%s/%s".formatted(row.poolId(), workerId, row.why(), row.since(), kind),
                kind,
                row.projectId(),
                "pool",
                row.poolId().toString(),
                clock.instant(),
                "%s: %s".formatted(kind == EventKind.STAND_IN_BEGAN ? "From now on" : "No longer", sentence(row.why())),
                Map.of("why", row.why(), "worker_id", workerId));
    }

    /** What is so while others stand in. */
    private static String sentence(String why) {
        return switch (why) {
            case "FAIL_OPEN" -> "no member is healthy, so all of them take traffic (pool_health)";
            case "ZONE_FALLBACK" -> "too few members in the worker's availability zone are healthy (az_affinity)";
            case "STANDBY" -> "the standby takes the traffic of the master";
            default -> why;
        };
    }
}
