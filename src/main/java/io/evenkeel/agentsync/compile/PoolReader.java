package io.evenkeel.agentsync.compile;

import io.evenkeel.desiredstate.Algorithm;
import io.evenkeel.desiredstate.DesiredHealthMonitor;
import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.DesiredStickiness;
import io.evenkeel.desiredstate.PoolProtocol;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Pools with members and monitors: two statements. */
@Component
class PoolReader {

    private static final String POOLS = """
            select p.id, p.generation, p.project_id, p.admin_state_up, p.protocol, p.algorithm, p.any_port_enable,
                   p.session_persistence ->> 'type' as sticky_type,
                   p.session_persistence ->> 'cookie_name' as sticky_cookie,
                   cast(p.session_persistence ->> 'persistence_timeout' as integer) as sticky_minutes,
                   encode(p.stickiness_key, 'hex') as sticky_key,
                   exists (select 1 from pool_use u where u.pool_id = p.id and u.listener_id is not null) as is_used,
                   h.id as monitor_id, h.type, h.delay, h.timeout, h.max_retries, h.max_retries_down, h.monitor_port,
                   h.domain_name, h.url_path, h.http_method, h.expected_codes,
                   %s
            from pool p
            left join health_monitor h on h.pool_id = p.id and h.admin_state_up
            where p.id = any(cast(:ids as uuid[]))
            order by p.id
            """.formatted(PresenceColumns.SELECT);

    private static final String MEMBERS = """
            select m.pool_id, m.id, host(m.address) as address, m.weight, m.role, s.availability_zone, s.status,
                   case when p.any_port_enable then 0 else m.protocol_port end as protocol_port
            from member m
            join pool p on p.id = m.pool_id
            join server s on s.project_id = m.project_id and s.id = m.server_id
            where m.pool_id = any(cast(:ids as uuid[]))
            order by m.pool_id, m.id
            """;

    private final JdbcClient jdbc;

    PoolReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<DesiredPool> read(List<UUID> ids) {
        var texts = ids.stream().map(UUID::toString).toArray(String[]::new);
        var members = members(texts);
        return jdbc.sql(POOLS)
                .param("ids", texts)
                .query((row, n) -> pool(row, members.getOrDefault(row.getObject("id", UUID.class), List.of())))
                .list();
    }

    private Map<UUID, List<DesiredMember>> members(String[] ids) {
        var members = new HashMap<UUID, List<DesiredMember>>();
        jdbc.sql(MEMBERS).param("ids", ids).query(row -> {
            members.computeIfAbsent(row.getObject("pool_id", UUID.class), pool -> new ArrayList<>())
                    .add(member(row));
        });
        return members;
    }

    private static DesiredMember member(ResultSet row) throws SQLException {
        return new DesiredMember(
                row.getObject("id", UUID.class),
                row.getString("address"),
                row.getInt("protocol_port"),
                row.getInt("weight"),
                row.getString("availability_zone"),
                row.getString("status").equals("ACTIVE"),
                "slave".equals(row.getString("role")));
    }

    private static DesiredPool pool(ResultSet row, List<DesiredMember> members) throws SQLException {
        return new DesiredPool(
                row.getObject("id", UUID.class),
                row.getLong("generation"),
                row.getString("project_id"),
                row.getBoolean("admin_state_up"),
                row.getBoolean("is_used"),
                PoolProtocol.valueOf(row.getString("protocol")),
                Algorithm.valueOf(row.getString("algorithm")),
                row.getBoolean("any_port_enable"),
                monitor(row),
                members,
                PresenceColumns.read(row),
                stickiness(row));
    }

    private static Optional<DesiredStickiness> stickiness(ResultSet row) throws SQLException {
        var name = row.getString("sticky_type");
        if (name == null) {
            return Optional.empty();
        }
        var type = DesiredStickiness.Type.valueOf(name);
        boolean isTimed = type != DesiredStickiness.Type.APP_COOKIE;
        return Optional.of(new DesiredStickiness(
                type,
                or(row.getString("sticky_cookie"), ""),
                isTimed ? Duration.ofMinutes(row.getInt("sticky_minutes")) : Duration.ZERO,
                row.getString("sticky_key")));
    }

    private static Optional<DesiredHealthMonitor> monitor(ResultSet row) throws SQLException {
        var id = row.getObject("monitor_id", UUID.class);
        if (id == null) {
            return Optional.empty();
        }
        return Optional.of(new DesiredHealthMonitor(
                id,
                DesiredHealthMonitor.Type.valueOf(row.getString("type")),
                Duration.ofSeconds(row.getInt("delay")),
                Duration.ofSeconds(row.getInt("timeout")),
                row.getInt("max_retries"),
                row.getInt("max_retries_down"),
                Optional.ofNullable(row.getObject("monitor_port", Integer.class)),
                Optional.ofNullable(row.getString("domain_name")),
                or(row.getString("url_path"), "/"),
                or(row.getString("http_method"), "GET"),
                or(row.getString("expected_codes"), "200")));
    }

    private static String or(@Nullable String text, String fallback) {
        return text == null ? fallback : text;
    }
}
