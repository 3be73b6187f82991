package io.evenkeel.distribution.sizing;

import io.evenkeel.platform.error.ErrorCode;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The load of a pool and its members over time: a fixed number of statements. */
@Component
class LoadReads {

    /**
     * For each ten seconds, or five minutes of what is condensed, the load of each member: requests per second, or what
     * was under way at the end. A worker tells of each listener by itself.
     */
    private static final String LOADS = """
            with told as (
              select date_bin('10 seconds', bucket, timestamptz 'epoch') as began, worker_id, listener_id, member_id,
                     sum((picked - retries) / greatest(10, extract(epoch from taken_at - bucket))) as rate,
                     max(active) as open, sum(picked) as picked
                from traffic_10s where pool_id = :pool and bucket >= :from and member_id is not null group by 1, 2, 3, 4
              union all
              select bucket, worker_id, listener_id, member_id, (picked - retries) / 300.0, active, picked
                from traffic_5min where pool_id = :pool and bucket >= :from and member_id is not null),
            loads as materialized (
              select began, member_id, sum(case when :byRate then rate else open end) as load, sum(picked) as picked
                from told group by began, member_id)
            """;

    private static final String PEAK = LOADS + """
            select began, sum(load) as load, (select count(distinct began) from loads) as readings,
                   (select coalesce(sum(picked), 0) from loads) as picked,
                   (select min(began) from loads) as first, (select max(began) from loads) as last
              from loads group by began order by load desc, began desc limit 1
            """;

    private static final String MEMBERS = LOADS + """
            select m.id, m.name, host(m.address) as address, m.protocol_port, m.weight, s.availability_zone,
                   t.operating_status <> 'OFFLINE' and p.admin_state_up as is_working,
                   coalesce((select max(l.load) from loads l where l.member_id = m.id), 0) as peak
              from member m
              join pool p on p.id = m.pool_id
              join server s on s.project_id = m.project_id and s.id = m.server_id
              join member_status t on t.member_id = m.id
             where m.pool_id = :pool
             order by m.id
            """;

    private final JdbcClient jdbc;

    LoadReads(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param isByRate whether requests make its load; otherwise what is under way does */
    record KnownPool(UUID id, boolean isByRate, boolean weighs) {}

    /**
     * @param readings of how many times the load is known
     * @param first when the first of them began
     */
    record Peak(double load, Instant began, int readings, long picked, Instant first, Instant last) {}

    record MemberRow(
            UUID id, String name, String address, int port, int weight, String zone, boolean isWorking, double peak) {}

    /** Errors: NOT_FOUND. */
    KnownPool pool(String projectId, UUID id) {
        return jdbc.sql("""
                        select protocol in ('HTTP', 'HTTPS', 'GRPC'), algorithm <> 'SOURCE_IP' from pool
                         where id = :id and project_id = :project""")
                .param("id", id)
                .param("project", projectId)
                .query((row, n) -> new KnownPool(id, row.getBoolean(1), row.getBoolean(2)))
                .optional()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("pool", id));
    }

    /** Zones of the load balancers that use the pool. */
    List<String> zones(KnownPool pool) {
        return jdbc.sql("""
                        select distinct z.code from pool_use u
                          join load_balancer b on b.id = u.load_balancer_id
                         cross join unnest(b.availability_zones) z (code)
                         where u.pool_id = :pool order by 1""")
                .param("pool", pool.id())
                .query((row, n) -> Objects.requireNonNull(row.getString(1)))
                .list();
    }

    /** Empty when there was no traffic. */
    Optional<Peak> peak(KnownPool pool, Instant from) {
        return about(PEAK, pool, from)
                .query((row, n) -> new Peak(
                        row.getDouble("load"),
                        row.getTimestamp("began").toInstant(),
                        row.getInt("readings"),
                        row.getLong("picked"),
                        row.getTimestamp("first").toInstant(),
                        row.getTimestamp("last").toInstant()))
                .optional();
    }

    List<MemberRow> members(KnownPool pool, Instant from) {
        return about(MEMBERS, pool, from)
                .query((row, n) -> new MemberRow(
                        Objects.requireNonNull(row.getObject("id", UUID.class)),
                        Objects.requireNonNull(row.getString("name")),
                        Objects.requireNonNull(row.getString("address")),
                        row.getInt("protocol_port"),
                        row.getInt("weight"),
                        Objects.requireNonNull(row.getString("availability_zone")),
                        row.getBoolean("is_working"),
                        row.getDouble("peak")))
                .list();
    }

    private JdbcClient.StatementSpec about(String sql, KnownPool pool, Instant from) {
        return jdbc.sql(sql)
                .param("pool", pool.id())
                .param("from", Timestamp.from(from))
                .param("byRate", pool.isByRate());
    }
}
