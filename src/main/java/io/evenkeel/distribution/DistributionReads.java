package io.evenkeel.distribution;

import io.evenkeel.distribution.judging.DistinctCount;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.pool.spec.Algorithm;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is known of a pool and of its traffic since some time: a fixed number of statements. */
@Component
class DistributionReads {

    /** Both tables, because a count is in exactly one of them. Each row with the seconds it tells of. */
    static final String ROWS = """
            select bucket, taken_at as ended, extract(epoch from taken_at - bucket) as seconds, worker_id, listener_id,
                   member_id, picked, retries, active, stuck, configured, expected, away, client_sketch, session_sketch
              from traffic_10s where pool_id = :pool and bucket >= :from
            union all
            select bucket, bucket + interval '5 minutes', 300, worker_id, listener_id,
                   member_id, picked, retries, active, stuck, configured, expected, away, client_sketch, session_sketch
              from traffic_5min where pool_id = :pool and bucket >= :from
            """;

    private static final String MEMBERS = """
            with r as materialized (%s),
            span as (select extract(epoch from max(ended) - min(bucket)) as seconds from r),
            t as (
              select member_id, sum(picked) as picked, sum(retries) as retried, sum(stuck) as stuck,
                     sum(configured) as configured, sum(expected) as expected, sum(away) as away,
                     sum(active * seconds) / nullif((select seconds from span), 0) as open
                from r where member_id is not null group by member_id),
            m as (
              select m.id, m.name, host(m.address) as address, m.protocol_port, m.weight, s.availability_zone
                from member m
                join server s on s.project_id = m.project_id and s.id = m.server_id
               where m.pool_id = :pool)
            select coalesce(m.id, t.member_id) as id, m.name, m.address, m.protocol_port, m.availability_zone,
                   coalesce(m.weight, 0) as weight, coalesce(t.picked, 0) as picked, coalesce(t.retried, 0) as retried,
                   coalesce(t.stuck, 0) as stuck, coalesce(t.configured, 0) as configured,
                   coalesce(t.expected, 0) as expected, coalesce(t.away, 0) as away, coalesce(t.open, 0) as open,
                   (select count(*) from event e
                     where e.project_id = :project and e.resource_id = cast(coalesce(m.id, t.member_id) as text)
                       and e.kind = 'MEMBER_OFFLINE' and e.happened_at >= :from) as outages
              from m full join t on t.member_id = m.id
             order by 1
            """.formatted(ROWS);

    private static final String WORKERS = """
            select worker_id, sum(picked - retries) filter (where member_id is not null) as requests,
                   count(distinct listener_id) as listeners, min(bucket) as began, max(ended) as ended
              from (%s) r group by worker_id order by worker_id
            """.formatted(ROWS);

    private static final String SKETCHES = """
            with r as materialized (%s)
            select false as of_sessions, max(e) as entry from r, unnest(r.client_sketch) e group by e / 64
            union all
            select true, max(e) from r, unnest(r.session_sketch) e group by e / 64
            """.formatted(ROWS);

    private final JdbcClient jdbc;

    DistributionReads(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record KnownPool(UUID id, String projectId, Algorithm algorithm) {}

    /** A member, or who was one in the window, and what is counted of it. */
    record MemberRow(
            UUID id,
            @Nullable String name,
            @Nullable String address,
            @Nullable Integer port,
            @Nullable String zone,
            int weight,
            long picked,
            long retried,
            long stuck,
            long configured,
            long expected,
            long away,
            double open,
            int outages) {}

    record WorkerRow(String id, long requests, int listeners, Instant began, Instant ended) {}

    record Distinct(double clients, double sessions) {}

    /** Errors: NOT_FOUND. */
    KnownPool pool(String projectId, UUID id) {
        return jdbc.sql("select algorithm from pool where id = :id and project_id = :project")
                .param("id", id)
                .param("project", projectId)
                .query((row, n) -> new KnownPool(id, projectId, Algorithm.valueOf(row.getString(1))))
                .optional()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("pool", id));
    }

    List<MemberRow> members(KnownPool pool, Instant from) {
        return about(MEMBERS, pool, from)
                .param("project", pool.projectId())
                .query((row, n) -> member(row))
                .list();
    }

    private JdbcClient.StatementSpec about(String sql, KnownPool pool, Instant from) {
        return jdbc.sql(sql).param("pool", pool.id()).param("from", Timestamp.from(from));
    }

    private static MemberRow member(ResultSet row) throws SQLException {
        return new MemberRow(
                Objects.requireNonNull(row.getObject("id", UUID.class)),
                row.getString("name"),
                row.getString("address"),
                row.getObject("protocol_port", Integer.class),
                row.getString("availability_zone"),
                row.getInt("weight"),
                row.getLong("picked"),
                row.getLong("retried"),
                row.getLong("stuck"),
                row.getLong("configured"),
                row.getLong("expected"),
                row.getLong("away"),
                row.getDouble("open"),
                row.getInt("outages"));
    }

    List<WorkerRow> workers(KnownPool pool, Instant from) {
        return about(WORKERS, pool, from)
                .query((row, n) -> new WorkerRow(
                        row.getString("worker_id"),
                        row.getLong("requests"),
                        row.getInt("listeners"),
                        row.getTimestamp("began").toInstant(),
                        row.getTimestamp("ended").toInstant()))
                .list();
    }

    Distinct distinct(KnownPool pool, Instant from) {
        var clients = new ArrayList<Integer>();
        var sessions = new ArrayList<Integer>();
        about(SKETCHES, pool, from).query(row -> {
            (row.getBoolean("of_sessions") ? sessions : clients).add(row.getInt("entry"));
        });
        return new Distinct(DistinctCount.estimate(clients), DistinctCount.estimate(sessions));
    }

    /** From the first of the workers' rows to the last. */
    static Duration span(List<WorkerRow> workers) {
        var began = workers.stream().map(WorkerRow::began).min(Instant::compareTo);
        var ended = workers.stream().map(WorkerRow::ended).max(Instant::compareTo);
        return began.isPresent() && ended.isPresent() ? Duration.between(began.get(), ended.get()) : Duration.ZERO;
    }
}
