package io.evenkeel.topology.check;

import io.evenkeel.platform.write.Warnings;
import io.evenkeel.platform.write.WriteChecks;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Warns of load balancers and pools that a write leaves without enough backends. One statement for all that was
 * touched; each question in it ends at the first member that answers it, so that its cost does not follow the number of
 * members. It goes from what was touched to its pools to their members, in steps that the planner must not join into one:
 * it would scan all pools first.
 */
@Component
class BackendChecks implements WriteChecks {

    /**
     * With sticky sessions a client stays where it is, so load evens out only as sessions end, and a member that fails
     * hands all its sessions to the others. Below three members that means: all of them to one.
     */
    static final int ENOUGH_FOR_STICKY_SESSIONS = 3;

    /** A backend that no worker has checked yet may well work; one that failed a check, or is not running, does not. */
    private static final String WORKS = """
            join server s on s.project_id = m.project_id and s.id = m.server_id
            where m.weight > 0
              and s.availability_zone = z.code
              and s.status = 'ACTIVE'
              and (not exists (select 1 from member_health h
                               where h.member_id = m.id and not h.is_online and h.reason <> 'NOT_CHECKED_YET')
                   or exists (select 1 from member_health h where h.member_id = m.id and h.is_online)
                   or not exists (select 1 from health_monitor hm
                                  where hm.pool_id = m.pool_id and hm.admin_state_up))
            """;

    private static final String SQL = """
            with touched as materialized (
                select unnest(:loadBalancers) as id
                union
                select u.load_balancer_id from pool_use u where u.pool_id = any(:pools)
            ), reached as materialized (
                select u.load_balancer_id, u.pool_id from pool_use u
                where u.load_balancer_id = any(array(select id from touched))
            )
            select 'AZ_WITHOUT_BACKEND' as code,
                   'Load balancer ' || b.id || ' has no working backend in availability zone ' || z.code as message
            from load_balancer b
            cross join unnest(b.availability_zones) z (code)
            where b.id = any(array(select load_balancer_id from reached))
              and (select true
                   from reached u
                   join member m on m.pool_id = u.pool_id
                   {works} and u.load_balancer_id = b.id
                   limit 1) is null
            union all
            select 'POOL_AZ_WITHOUT_BACKEND',
                   'Pool ' || u.pool_id || ' has no working backend in availability zone ' || z.code
                   || ' of load balancer ' || b.id || ', which other pools serve there'
            from (select distinct load_balancer_id, pool_id from reached where pool_id = any(:pools)) u
            join pool p on p.id = u.pool_id and p.member_count > 0
            join load_balancer b on b.id = u.load_balancer_id
            cross join unnest(b.availability_zones) z (code)
            where (select true from member m {works} and m.pool_id = u.pool_id limit 1) is null
              and (select true
                   from reached o
                   join member m on m.pool_id = o.pool_id
                   {works} and o.load_balancer_id = b.id and o.pool_id <> u.pool_id
                   limit 1)
            union all
            select 'STICKY_SESSIONS_WITH_FEW_MEMBERS',
                   'Pool ' || p.id || ' keeps sessions at their member and has only ' || few.count
                   || ' with a weight: when one fails, the others get all its sessions'
            from pool p
            cross join lateral (
                select count(*) as count
                from (select 1 from member m where m.pool_id = p.id and m.weight > 0 limit :enough) m
            ) few
            where p.id = any(:pools)
              and p.session_persistence is not null
              and few.count between 1 and :enough - 1
            union all
            select 'ALL_WEIGHTS_ZERO', 'All members of pool ' || p.id || ' have weight 0: it takes no new requests'
            from pool p
            where p.id = any(:pools)
              and p.member_count > 0
              and not exists (select 1 from member m where m.pool_id = p.id and m.weight > 0)
            order by 1, 2
            """.replace("{works}", WORKS);

    private final JdbcClient jdbc;

    BackendChecks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void check(Set<UUID> loadBalancers, Set<UUID> pools) {
        if (loadBalancers.isEmpty() && pools.isEmpty()) {
            return;
        }
        jdbc.sql(SQL)
                .param("loadBalancers", loadBalancers.toArray(UUID[]::new))
                .param("pools", pools.toArray(UUID[]::new))
                .param("enough", ENOUGH_FOR_STICKY_SESSIONS)
                .query(row -> {
                    Warnings.add(row.getString("code"), row.getString("message"));
                });
    }
}
