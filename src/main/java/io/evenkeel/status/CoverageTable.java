package io.evenkeel.status;

import io.evenkeel.audit.Event;
import io.evenkeel.audit.EventKind;
import io.evenkeel.audit.Events;
import io.evenkeel.status.ZoneCoverage.Zone;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which zones of load balancers, or of pools, are covered. Takes part in the caller's transaction. */
final class CoverageTable {

    /** Where in a statement the things are named that it is about: all of them without it. */
    private static final String OF_SOME = "any(cast(:ids as uuid[]))";

    private static final String WORKS = """
            join server s on s.project_id = m.project_id and s.id = m.server_id
                         and s.status = 'ACTIVE' and s.availability_zone = z.zone
            left join health_monitor hm on hm.pool_id = m.pool_id and hm.admin_state_up
            left join member_verdict v on v.member_id = m.id""";

    /** Of some things or of all: two statements, because one for both could use no index for some. */
    private static final String DIFFERING = """
            select distinct coalesce(j.thing_id, c.thing_id)
              from (%s) j
              full join (select {id} as thing_id, availability_zone, is_covered from {table} %s) c
                on c.thing_id = j.thing_id and c.availability_zone = j.zone
             where c.is_covered is distinct from j.is_covered or j.zone is null
            """;

    /** What has zones that are to be covered. */
    enum Of {
        LOAD_BALANCERS(
                "zone_coverage", "load_balancer_id", "load_balancer", "loadbalancer", """
                select b.id as thing_id, b.project_id, z.zone
                  from load_balancer b cross join lateral unnest(b.availability_zones) as z (zone)
                 where b.id = {some}""", """
                select 1 from backend_path p
                  join member m on m.id = p.member_id and m.weight > 0
                  %s
                 where p.load_balancer_id = z.thing_id and (hm.id is null or v.is_online)""".formatted(WORKS), ""),
        POOLS("pool_zone_coverage", "pool_id", "pool", "pool", """
                select distinct u.pool_id as thing_id, b.project_id, a.zone
                  from pool_use u
                  join load_balancer b on b.id = u.load_balancer_id
                 cross join lateral unnest(b.availability_zones) as a (zone)
                 where u.pool_id = {some}""", """
                select 1 from member m
                  %s
                 where m.pool_id = z.thing_id and m.weight > 0 and (hm.id is null or v.is_online)""".formatted(WORKS), " of the pool");

        private final String table;
        private final String idColumn;
        private final String owner;
        private final String kind;
        private final String zones;
        private final String works;
        private final String inMessage;

        Of(String table, String idColumn, String owner, String kind, String zones, String works, String inMessage) {
            this.table = table;
            this.idColumn = idColumn;
            this.owner = owner;
            this.kind = kind;
            this.zones = zones;
            this.works = works;
            this.inMessage = inMessage;
        }

        private String sql(String text) {
            return text.replace("{table}", table).replace("{id}", idColumn).replace("{owner}", owner);
        }

        private String judged(boolean isOfSome) {
            return "select z.*, exists (%s) as is_covered from (%s) z".formatted(works, zones(isOfSome));
        }

        private String zones(boolean isOfSome) {
            var some = zones.replace("{some}", OF_SOME);
            return isOfSome ? some : some.substring(0, some.lastIndexOf("where"));
        }
    }

    private final Of of;
    private final JdbcClient jdbc;
    private final Events events;
    private final Clock clock;

    CoverageTable(Of of, JdbcClient jdbc, Events events, Clock clock) {
        this.of = of;
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    private record Changed(UUID thingId, String projectId, String zone, boolean isCovered, long changes) {}

    List<Zone> of(Collection<UUID> ids) {
        return jdbc.sql(of.sql("""
                        select {id}, availability_zone, is_covered, since from {table}
                         where {id} = any(cast(:ids as uuid[])) and is_covered is not null
                         order by {id}, availability_zone"""))
                .param("ids", texts(ids))
                .query((row, n) -> new Zone(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getBoolean(3),
                        row.getTimestamp(4).toInstant()))
                .list();
    }

    List<UUID> differing(Collection<UUID> ids) {
        return ids.isEmpty()
                ? List.of()
                : ids(jdbc.sql(of.sql(DIFFERING.formatted(of.judged(true), "where {id} = " + OF_SOME)))
                        .param("ids", texts(ids)));
    }

    List<UUID> differing() {
        return ids(jdbc.sql(of.sql(DIFFERING.formatted(of.judged(false), ""))));
    }

    private static List<UUID> ids(JdbcClient.StatementSpec statement) {
        return statement.query((row, n) -> row.getObject(1, UUID.class)).list();
    }

    /** Judges the zones of the things anew, under their lock, and tells what changed. */
    void settle(Collection<UUID> thingIds) {
        if (thingIds.isEmpty()) {
            return;
        }
        var ids = texts(thingIds);
        lock(ids);
        var told = jdbc.sql(of.sql("""
                        update {table} c set is_covered = j.is_covered, changes = c.changes + 1, since = :now
                          from (%s) j
                          join {table} w on w.{id} = j.thing_id and w.availability_zone = j.zone
                         where c.{id} = j.thing_id and c.availability_zone = j.zone
                           and c.is_covered is distinct from j.is_covered
                        returning j.*, c.changes, w.is_covered is null as is_first""".formatted(of.judged(true))))
                .param("ids", ids)
                .param("now", Timestamp.from(clock.instant()))
                .query((row, n) -> row.getBoolean("is_first")
                        ? List.<Changed>of()
                        : List.of(new Changed(
                                row.getObject("thing_id", UUID.class),
                                row.getString("project_id"),
                                row.getString("zone"),
                                row.getBoolean("is_covered"),
                                row.getLong("changes"))))
                .list();
        events.recordAll(told.stream().flatMap(List::stream).map(this::event).toList());
    }

    private void lock(String[] ids) {
        jdbc.sql(of.sql("select 1 from {owner} where id = " + OF_SOME + " order by id for key share"))
                .param("ids", ids)
                .query((row, n) -> true)
                .list();
        jdbc.sql(of.sql("""
                        insert into {table} ({id}, availability_zone, since)
                        select z.thing_id, z.zone, :now from (%s) z
                         where exists (select 1 from {owner} o where o.id = z.thing_id) order by 1, 2
                        on conflict do nothing""".formatted(of.zones(true))))
                .param("ids", ids)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        jdbc.sql(of.sql("""
                        select 1 from {table} where {id} = any(cast(:ids as uuid[]))
                         order by {id}, availability_zone for update""")).param("ids", ids).query((row, n) -> true).list();
        jdbc.sql(of.sql("""
                        delete from {table} c
                         where c.{id} = any(cast(:ids as uuid[]))
                           and not exists (select 1 from (%s) z
                                            where z.thing_id = c.{id} and z.zone = c.availability_zone)""".formatted(of.zones(true)))).param("ids", ids).update();
    }

    private Event event(Changed changed) {
        return new Event(
                // With the time, because a zone that leaves and comes back counts from the beginning.
                "zone/%s/%s/%d/%s".formatted(changed.thingId(), changed.zone(), changed.changes(), clock.instant()),
                changed.isCovered() ? EventKind.AZ_COVERED : EventKind.AZ_UNCOVERED,
                changed.projectId(),
                of.kind,
                changed.thingId().toString(),
                clock.instant(),
                (changed.isCovered()
                                ? "Availability zone %s has a working backend%s again"
                                : "Availability zone %s has no working backend%s any more")
                        .formatted(changed.zone(), of.inMessage),
                Map.of("availability_zone", changed.zone()));
    }

    private static String[] texts(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }
}
