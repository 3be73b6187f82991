package io.evenkeel.console.search;

import io.evenkeel.platform.IpAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Two statements: the ways to a backend server, and what has a name. */
@Component
class SearchReads {

    static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int MOST = 200;

    private static final String WAYS = """
            select m.id as member_id, m.name as member_name, host(m.address) as address, m.protocol_port as member_port,
                   m.weight, p.id as pool_id, p.name as pool_name, b.id as load_balancer_id,
                   b.name as load_balancer_name, host(b.vip_address) as vip, l.id as listener_id,
                   l.name as listener_name, l.protocol, l.protocol_port,
                   (select coalesce(sum(t.picked), 0) from traffic_10s t
                     where t.pool_id = m.pool_id and t.bucket >= :from and t.member_id = m.id
                       and t.listener_id = l.id) as requests
            from member m
            join pool p on p.id = m.pool_id
            left join lateral (
                select distinct w.listener_id, w.load_balancer_id from pool_use w
                where w.pool_id = m.pool_id
                  and (w.listener_id is not null
                       or not exists (select 1 from pool_use o
                                      where o.pool_id = w.pool_id and o.load_balancer_id = w.load_balancer_id
                                        and o.listener_id is not null))
            ) u on true
            left join load_balancer b on b.id = u.load_balancer_id
            left join listener l on l.id = u.listener_id
            where m.project_id = :project and {backend}
            order by b.name, l.protocol_port, p.name, m.id
            limit :most
            """;

    private static final String NAMED = """
            select 'load-balancers' as kind, cast(id as text) as id, name, host(vip_address) as note
            from load_balancer
            where project_id = :project
              and (name ilike :like or cast(id as text) = :text or host(vip_address) = :text)
            union all
            select 'listeners', cast(id as text), name, protocol || ' ' || protocol_port
            from listener where project_id = :project and (name ilike :like or cast(id as text) = :text)
            union all
            select 'groups', cast(id as text), name, protocol
            from pool where project_id = :project and (name ilike :like or cast(id as text) = :text)
            union all
            select 'servers', id, name, availability_zone
            from server where project_id = :project and (name ilike :like or id = :text)
            order by 1, 3
            limit :most
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    SearchReads(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * From a load balancer to a member.
     *
     * @param loadBalancerId null when no load balancer uses the group
     * @param listenerId null when the group belongs to the load balancer and no listener leads there
     * @param requests of the last ten minutes that came this way
     */
    record Way(
            String memberId,
            String memberName,
            String address,
            int memberPort,
            int weight,
            String poolId,
            String poolName,
            @Nullable String loadBalancerId,
            @Nullable String loadBalancerName,
            @Nullable String vip,
            @Nullable String listenerId,
            @Nullable String listenerName,
            @Nullable String protocol,
            int port,
            long requests) {}

    record Named(
            String kind, String id, String name, @Nullable String note) {}

    /** To members with this address. */
    List<Way> toAddress(String projectId, IpAddress address) {
        return ways(projectId, "m.address = cast(:backend as inet)", address.text());
    }

    /** To members on this server. */
    List<Way> toServer(String projectId, String serverId) {
        return ways(projectId, "m.server_id = :backend", serverId);
    }

    private List<Way> ways(String projectId, String condition, String backend) {
        return jdbc.sql(WAYS.replace("{backend}", condition))
                .param("project", projectId)
                .param("backend", backend)
                .param("from", OffsetDateTime.ofInstant(clock.instant().minus(WINDOW), ZoneOffset.UTC))
                .param("most", MOST)
                .query((row, n) -> way(row))
                .list();
    }

    private static Way way(ResultSet row) throws SQLException {
        return new Way(
                text(row, "member_id"),
                text(row, "member_name"),
                text(row, "address"),
                row.getInt("member_port"),
                row.getInt("weight"),
                text(row, "pool_id"),
                text(row, "pool_name"),
                row.getString("load_balancer_id"),
                row.getString("load_balancer_name"),
                row.getString("vip"),
                row.getString("listener_id"),
                row.getString("listener_name"),
                row.getString("protocol"),
                row.getInt("protocol_port"),
                row.getLong("requests"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column));
    }

    /** Load balancers, listeners, groups and servers with the text in their name, or as their id or address. */
    List<Named> named(String projectId, String text) {
        var like = "%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%";
        return jdbc.sql(NAMED)
                .param("project", projectId)
                .param("like", like)
                .param("text", text)
                .param("most", MOST)
                .query((row, n) ->
                        new Named(text(row, "kind"), text(row, "id"), text(row, "name"), row.getString("note")))
                .list();
    }
}
