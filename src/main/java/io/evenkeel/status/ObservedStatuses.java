package io.evenkeel.status;

import io.evenkeel.platform.Timestamps;
import io.evenkeel.status.worker.WorkerState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The {@code evenkeel} object of load balancers, listeners and pools: one statement for any number of them, whose cost
 * follows what is wrong, not what exists. What is not in the map is {@link ObservedStatus#ONLINE}. Of several causes the
 * gravest is told, and of those the oldest: the statements bring it last. What is wrong is looked up by pool and by VPC,
 * so that it costs what is wrong there and not in the whole installation.
 */
@Component
public class ObservedStatuses {

    private static final String LISTENERS = """
            select l.id, 'OFFLINE' as status, r.reason || ': ' || r.message as reason, r.since
            from worker_rejection r
            join listener l on l.id = r.resource_id
            where r.resource_kind = 'LISTENER' and l.id = any(cast(:ids as uuid[]))
            order by r.since desc
            """;

    private static final String POOLS = """
            select r.resource_id as id, 'DEGRADED' as status, r.reason || ': ' || r.message as reason, r.since, 0 as rank
            from worker_rejection r
            where r.resource_kind = 'POOL' and r.resource_id = any(cast(:ids as uuid[]))
            union all
            select s.pool_id, 'DEGRADED', s.why || ': ' || case s.why
                     when 'FAIL_OPEN' then 'no member is healthy, so all of them take traffic'
                     when 'STANDBY' then 'the standby takes the traffic of the master'
                     else 'too few members in the worker''s availability zone are healthy' end, s.since, 1
            from pool_stand_in s
            where s.pool_id = any(cast(:ids as uuid[]))
            union all
            select p.id,
                   case when o.offline >= p.member_count
                             and not exists (select 1 from pool_stand_in s where s.pool_id = p.id)
                        then 'OFFLINE' else 'DEGRADED' end,
                   'MEMBERS_OFFLINE: ' || o.offline || ' of ' || p.member_count || ' members are offline',
                   o.since, 0
            from pool p
            join (
                select w.pool_id, count(distinct w.member_id) as offline, max(w.since) as since
                from (
                    select f.pool_id, f.member_id, f.since from failing_member f
                    where f.pool_id = any(cast(:ids as uuid[]))
                    union all
                    select s.pool_id, s.member_id, s.since from stopped_member s
                    where s.pool_id = any(cast(:ids as uuid[]))
                      and (s.project_id, s.vpc_id) in (
                          select n.project_id, n.effective_vpc_id from pool n where n.id = any(cast(:ids as uuid[])))
                ) w
                group by w.pool_id
            ) o on o.pool_id = p.id
            order by status, rank, since desc
            """;

    private static final String LOAD_BALANCERS = """
            with reached as (
                select load_balancer_id, pool_id from pool_use
                where load_balancer_id = any(cast(:ids as uuid[]))
            ), wrong as (
                select f.pool_id, f.member_id, f.since from failing_member f
                where f.pool_id = any(array(select pool_id from reached))
                union all
                select s.pool_id, s.member_id, s.since from stopped_member s
                where (s.project_id, s.vpc_id) in (
                    select b.project_id, b.vpc_id from load_balancer b where b.id = any(cast(:ids as uuid[])))
            )
            select reached.load_balancer_id as id, 'DEGRADED' as status,
                   'MEMBERS_OFFLINE: ' || count(distinct o.member_id) || ' members are offline' as reason,
                   max(o.since) as since
            from reached join wrong o on o.pool_id = reached.pool_id
            group by reached.load_balancer_id
            union all
            select l.load_balancer_id, 'DEGRADED', 'LISTENER_NOT_SERVING: listener ' || l.id || ': ' || r.message, r.since
            from listener l
            join worker_rejection r on r.resource_kind = 'LISTENER' and r.resource_id = l.id
            where l.load_balancer_id = any(cast(:ids as uuid[]))
            union all
            select r.resource_id, 'DEGRADED', r.reason || ': ' || r.message, r.since
            from worker_rejection r
            where r.resource_kind = 'LOAD_BALANCER' and r.resource_id = any(cast(:ids as uuid[]))
            union all
            select b.id,
                   case when z.is_any then 'DEGRADED' else 'OFFLINE' end,
                   case when z.is_any
                        then 'WORKERS_OUT_OF_ZONE: no worker runs in ' || array_to_string(b.availability_zones, ', ')
                             || '; workers of other zones stand in'
                        else 'NO_WORKER: no worker has been heard for a minute' end,
                   null
            from load_balancer b
            cross join (select exists (select 1 from worker w where %1$s) as is_any) z
            where b.id = any(cast(:ids as uuid[]))
              and not exists (select 1 from worker w
                              where %1$s
                                and (w.availability_zone is null or w.availability_zone = any(b.availability_zones)))
            order by status, since desc
            """.formatted(
                    "w.heartbeat_at > now() - interval '%d seconds'".formatted(WorkerState.GONE_AFTER.toSeconds()));

    private final JdbcClient jdbc;

    ObservedStatuses(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Map<UUID, ObservedStatus> ofListeners(Collection<UUID> ids) {
        return read(LISTENERS, ids);
    }

    public Map<UUID, ObservedStatus> ofPools(Collection<UUID> ids) {
        return read(POOLS, ids);
    }

    public Map<UUID, ObservedStatus> ofLoadBalancers(Collection<UUID> ids) {
        return read(LOAD_BALANCERS, ids);
    }

    private Map<UUID, ObservedStatus> read(String sql, Collection<UUID> ids) {
        var statuses = new HashMap<UUID, ObservedStatus>();
        if (!ids.isEmpty()) {
            var texts = ids.stream().map(UUID::toString).toArray(String[]::new);
            jdbc.sql(sql).param("ids", texts).query(row -> {
                statuses.put(row.getObject("id", UUID.class), status(row));
            });
        }
        return statuses;
    }

    private static ObservedStatus status(ResultSet row) throws SQLException {
        var since = row.getTimestamp("since");
        return new ObservedStatus(
                row.getString("status"),
                row.getString("reason"),
                since == null ? null : Timestamps.onWire(since.toInstant()));
    }
}
