package io.evenkeel.status.traffic;

import io.evenkeel.platform.database.PartitionStep;
import io.evenkeel.platform.database.RangePartitions;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The two tables of traffic as time goes by. Each method takes part in the caller's transaction, so that a count is
 * always in exactly one of them.
 */
final class TrafficTables {

    private static final Logger log = LoggerFactory.getLogger(TrafficTables.class);
    private static final int HOURS_AHEAD = 2;
    private static final int DAYS_AHEAD = 1;

    /**
     * Things are numbered, because null is not equal to null in a join. What the worker said after the five minutes
     * ended tells of their end; what is condensed late joins what was.
     */
    private static final String CONDENSE = """
            with taken as (%s),
            numbered as materialized (
              select t.*, date_bin('5 minutes', t.bucket, timestamptz 'epoch') as began,
                     dense_rank() over (order by date_bin('5 minutes', t.bucket, timestamptz 'epoch'), worker_id, {thing}) as number
                from taken t),
            counted as (
              select number, began, worker_id, {thing}, {sums}, {gauges}
                from numbered group by number, began, worker_id, {thing}),
            timed as (
              select number, array_agg(micros order by micros) as micros, array_agg(amount order by micros) as counts
                from (select n.number, u.micros, cast(sum(u.amount) as bigint) as amount
                        from numbered n, unnest(n.time_micros, n.time_counts) u(micros, amount)
                       group by n.number, u.micros) b
               group by number),
            sketched as (
              select number, array_agg(entry order by entry) filter (where not of_sessions) as clients,
                     array_agg(entry order by entry) filter (where of_sessions) as sessions
                from (select n.number, false as of_sessions, max(e) as entry
                        from numbered n, unnest(n.client_sketch) e group by n.number, e / 64
                      union all
                      select n.number, true, max(e)
                        from numbered n, unnest(n.session_sketch) e group by n.number, e / 64) s
               group by number)
            insert into {coarse} as c (bucket, worker_id, {thing}, {columns}, time_micros, time_counts,
                                       client_sketch, session_sketch)
            select began, worker_id, {thing}, {columns}, coalesce(t.micros, '{}'), coalesce(t.counts, '{}'),
                   coalesce(s.clients, '{}'), coalesce(s.sessions, '{}')
              from counted left join timed t using (number) left join sketched s using (number)
            on conflict (bucket, worker_id, listener_id, pool_id, member_id) do update
            set {added},
                (time_micros, time_counts) = (
                  select coalesce(array_agg(micros order by micros), '{}'), coalesce(array_agg(amount order by micros), '{}')
                    from (select micros, cast(sum(amount) as bigint) as amount
                            from (select * from unnest(c.time_micros, c.time_counts)
                                  union all select * from unnest(excluded.time_micros, excluded.time_counts)) u(micros, amount)
                           group by micros) b),
                client_sketch = {client_sketch},
                session_sketch = {session_sketch}
            """;

    /** Of each register the larger. */
    private static final String MERGED = """
            (select coalesce(array_agg(e order by e), '{}')
               from (select max(e) as e from unnest(c.%s || excluded.%s) e group by e / 64) m)""";

    private final JdbcClient jdbc;
    private final RangePartitions fine;
    private final RangePartitions coarse;
    private final String condense;
    private final TrafficProperties properties;
    private final Clock clock;

    TrafficTables(JdbcClient jdbc, String fineTable, String coarseTable, TrafficProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.fine = new RangePartitions(fineTable, "bucket", PartitionStep.HOUR, jdbc);
        this.coarse = new RangePartitions(coarseTable, "bucket", PartitionStep.DAY, jdbc);
        this.condense = into(coarseTable);
        this.properties = properties;
        this.clock = clock;
    }

    private static String into(String coarseTable) {
        return CONDENSE.replace("{coarse}", coarseTable)
                .replace("{client_sketch}", MERGED.replace("%s", "client_sketch"))
                .replace("{session_sketch}", MERGED.replace("%s", "session_sketch"))
                .replace("{thing}", TrafficColumns.THING)
                .replace("{columns}", TrafficColumns.COUNTS)
                .replace("{sums}", TrafficColumns.each(TrafficColumns.SUMS, "cast(sum(%s) as bigint) as %s"))
                .replace(
                        "{gauges}",
                        TrafficColumns.each(
                                TrafficColumns.GAUGES,
                                "cast(coalesce(sum(%s) filter (where taken_at >= began + interval '5 minutes'), 0) as bigint) as %s"))
                .replace("{added}", TrafficColumns.each(TrafficColumns.COUNTS, "%s = c.%s + excluded.%s"));
    }

    /** Makes the partitions of now and soon. */
    void make() {
        fine.make(clock.instant(), HOURS_AHEAD);
        coarse.make(clock.instant(), DAYS_AHEAD);
    }

    /** Condenses the oldest hour that is due, and drops it; answers whether there was one. */
    boolean condenseOne() {
        var due = fine.endedBefore(keptFrom()).stream().findFirst();
        due.ifPresent(this::condense);
        return due.isPresent();
    }

    private void condense(String partition) {
        // Nobody writes there until it is gone; everybody may read.
        jdbc.sql("lock table " + partition + " in share mode").update();
        int rows = jdbc.sql(condense.formatted("select * from " + partition)).update();
        fine.drop(partition);
        log.atInfo().log("Condensed {} into {} rows", partition, rows);
    }

    /** Condenses rows that came too late for their partition, or never had one. */
    void condenseLate() {
        jdbc.sql(condense.formatted("delete from " + fine.other() + " where bucket < :from returning *"))
                .param("from", Timestamp.from(keptFrom()))
                .update();
    }

    /** Drops days that ended longer ago than they are kept, and such rows of the default partition. */
    void drop() {
        var oldest = PartitionStep.DAY.begin(before(properties.keepCondensed()));
        coarse.endedBefore(oldest).forEach(coarse::drop);
        jdbc.sql("delete from " + coarse.other() + " where bucket < :oldest")
                .param("oldest", Timestamp.from(oldest))
                .update();
    }

    private Instant keptFrom() {
        return PartitionStep.HOUR.begin(before(properties.keep()));
    }

    private Instant before(Duration age) {
        return clock.instant().minus(age);
    }
}
