package io.evenkeel.status;

import io.evenkeel.audit.Event;
import io.evenkeel.audit.EventKind;
import io.evenkeel.audit.Events;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whether each availability zone of a load balancer has a working backend, and since when.
 *
 * <p>The rule: a zone is covered while at least one member that a way leads to (view {@code backend_path}) works there:
 * its server is in the zone and ACTIVE, its weight is above 0, and its pool has no enabled monitor or its checks said
 * ONLINE last ({@code member_verdict}). The first look at a zone is told to nobody; each change after it is an event.
 *
 * <p>Looked at on every node a moment after a change of the load balancer, of a pool or of a verdict was committed, and
 * now and then all over. A look judges by what is committed, so of two changes that meet, the look that follows the
 * later one sees both; and it locks the zones of the load balancer and judges again before it changes them, so that
 * of several nodes one tells.
 */
@Component
public class ZoneCoverage {

    private static final String JUDGED = """
            select b.id as load_balancer_id, b.project_id, z.zone, exists (
                     select 1 from backend_path p
                       join member m on m.id = p.member_id and m.weight > 0
                       join server s on s.project_id = m.project_id and s.id = m.server_id
                                    and s.status = 'ACTIVE' and s.availability_zone = z.zone
                       left join health_monitor hm on hm.pool_id = m.pool_id and hm.admin_state_up
                       left join member_verdict v on v.member_id = m.id
                      where p.load_balancer_id = b.id and (hm.id is null or v.is_online)) as is_covered
              from load_balancer b cross join lateral unnest(b.availability_zones) as z (zone)
            """;

    /** Of some load balancers or of all: two statements, because one for both could use no index for some. */
    private static final String DIFFERING = """
            select distinct coalesce(j.load_balancer_id, c.load_balancer_id)
              from (%s %s) j
              full join (select * from zone_coverage %s) c
                on c.load_balancer_id = j.load_balancer_id and c.availability_zone = j.zone
             where c.is_covered is distinct from j.is_covered or j.zone is null
            """;

    private static final String DIFFERING_OF = DIFFERING.formatted(
            JUDGED, "where b.id = any(cast(:ids as uuid[]))", "where load_balancer_id = any(cast(:ids as uuid[]))");

    private static final String DIFFERING_OF_ALL = DIFFERING.formatted(JUDGED, "", "");

    private static final String CHANGE = """
            update zone_coverage c set is_covered = j.is_covered, changes = c.changes + 1, since = :now
              from (%s where b.id = any(cast(:ids as uuid[]))) j
              join zone_coverage w on w.load_balancer_id = j.load_balancer_id and w.availability_zone = j.zone
             where c.load_balancer_id = j.load_balancer_id and c.availability_zone = j.zone
               and c.is_covered is distinct from j.is_covered
            returning j.*, c.changes, w.is_covered is null as is_first
            """.formatted(JUDGED);

    private final JdbcClient jdbc;
    private final Events events;
    private final Clock clock;

    ZoneCoverage(JdbcClient jdbc, Events events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A zone as it was judged last.
     *
     * @param since when it came into this state, or was looked at first
     */
    public record Zone(UUID loadBalancerId, String availabilityZone, boolean isCovered, Instant since) {}

    private record Changed(UUID loadBalancerId, String projectId, String zone, boolean isCovered, long changes) {}

    /** By load balancer and zone; what was created a moment ago may be missing. */
    public List<Zone> of(Collection<UUID> loadBalancerIds) {
        return jdbc.sql("""
                        select load_balancer_id, availability_zone, is_covered, since from zone_coverage
                         where load_balancer_id = any(cast(:ids as uuid[])) and is_covered is not null
                         order by load_balancer_id, availability_zone""")
                .param("ids", texts(loadBalancerIds))
                .query((row, n) -> new Zone(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getBoolean(3),
                        row.getTimestamp(4).toInstant()))
                .list();
    }

    /** Load balancers that one of the pools serves, on whatever way. */
    List<UUID> using(Collection<UUID> poolIds) {
        return jdbc.sql("""
                        select distinct u.load_balancer_id from pool_use u
                         where u.pool_id = any(cast(:pools as uuid[])) order by 1""")
                .param("pools", texts(poolIds))
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    List<UUID> differing(Collection<UUID> loadBalancerIds) {
        return ids(jdbc.sql(DIFFERING_OF).param("ids", texts(loadBalancerIds)));
    }

    List<UUID> differing() {
        return ids(jdbc.sql(DIFFERING_OF_ALL));
    }

    private static List<UUID> ids(JdbcClient.StatementSpec statement) {
        return statement.query((row, n) -> row.getObject(1, UUID.class)).list();
    }

    /** Judges the zones of the load balancers anew, under their lock, and tells what changed. */
    void settle(Collection<UUID> loadBalancerIds) {
        if (loadBalancerIds.isEmpty()) {
            return;
        }
        var ids = texts(loadBalancerIds);
        lock(ids);
        var told = jdbc.sql(CHANGE)
                .param("ids", ids)
                .param("now", Timestamp.from(clock.instant()))
                .query((row, n) -> row.getBoolean("is_first")
                        ? List.<Changed>of()
                        : List.of(new Changed(
                                row.getObject("load_balancer_id", UUID.class),
                                row.getString("project_id"),
                                row.getString("zone"),
                                row.getBoolean("is_covered"),
                                row.getLong("changes"))))
                .list();
        events.recordAll(told.stream().flatMap(List::stream).map(this::event).toList());
    }

    private void lock(String[] ids) {
        jdbc.sql("""
                        insert into zone_coverage (load_balancer_id, availability_zone, since)
                        select b.id, z.zone, :now
                          from load_balancer b cross join lateral unnest(b.availability_zones) as z (zone)
                         where b.id = any(cast(:ids as uuid[])) order by b.id, z.zone for key share of b
                        on conflict do nothing""")
                .param("ids", ids)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        jdbc.sql("""
                        select 1 from zone_coverage where load_balancer_id = any(cast(:ids as uuid[]))
                         order by load_balancer_id, availability_zone for update""").param("ids", ids).query((row, n) -> true).list();
        jdbc.sql("""
                        delete from zone_coverage c using load_balancer b
                         where b.id = any(cast(:ids as uuid[])) and c.load_balancer_id = b.id
                           and c.availability_zone <> all (b.availability_zones)""").param("ids", ids).update();
    }

    private Event event(Changed changed) {
        return new Event(
                // With the time, because a zone that leaves and comes back counts from the beginning.
                "zone/%s/%s/%d/%s"
                        .formatted(changed.loadBalancerId(), changed.zone(), changed.changes(), clock.instant()),
                changed.isCovered() ? EventKind.AZ_COVERED : EventKind.AZ_UNCOVERED,
                changed.projectId(),
                "loadbalancer",
                changed.loadBalancerId().toString(),
                clock.instant(),
                changed.isCovered()
                        ? "Availability zone %s has a working backend again".formatted(changed.zone())
                        : "Availability zone %s has no working backend any more".formatted(changed.zone()),
                Map.of("availability_zone", changed.zone()));
    }

    private static String[] texts(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }
}
