package io.evenkeel.topology.standby;

import io.evenkeel.platform.Timestamps;
import io.evenkeel.pool.spec.ConnectionDrain;
import io.evenkeel.pool.spec.QuicCidHashStrategy;
import io.evenkeel.pool.spec.SessionPersistence;
import io.evenkeel.status.MemberStatus;
import io.evenkeel.status.MemberStatuses;
import io.evenkeel.status.ObservedStatus;
import io.evenkeel.topology.standby.MasterSlavePoolResponse.Monitor;
import io.evenkeel.topology.standby.MasterSlavePoolResponse.Part;
import io.evenkeel.topology.standby.MasterSlavePoolResponse.Ref;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Pools of a master and a standby as answers: three statements for any number of them. */
@Component
class MasterSlavePoolReads {

    private static final String POOLS = """
            select p.*, array(select distinct u.listener_id from pool_use u
                               where u.pool_id = p.id and u.listener_id is not null order by 1) as listeners,
                   array(select distinct u.load_balancer_id from pool_use u where u.pool_id = p.id order by 1) as owners,
                   hm.id as hm_id, hm.name as hm_name, hm.admin_state_up as hm_up, hm.type as hm_type, hm.delay,
                   hm.timeout, hm.max_retries, hm.max_retries_down, hm.monitor_port, hm.domain_name, hm.url_path,
                   hm.http_method, hm.expected_codes
            from pool p left join health_monitor hm on hm.pool_id = p.id
            where p.project_id = :project and p.is_master_slave and p.id = any(:ids)
            """;

    private static final String MEMBERS = """
            select m.*, host(m.address) as host, family(m.address) as family, s.availability_zone
            from member m join server s on s.project_id = m.project_id and s.id = m.server_id
            where m.pool_id = any(:ids) order by m.role
            """;

    private static final MemberStatus UNKNOWN =
            new MemberStatus("OFFLINE", List.of(), null, new ObservedStatus("OFFLINE", null, null));

    private final JdbcClient jdbc;
    private final MemberStatuses statuses;
    private final JsonMapper json;

    MasterSlavePoolReads(JdbcClient jdbc, MemberStatuses statuses, JsonMapper json) {
        this.jdbc = jdbc;
        this.statuses = statuses;
        this.json = json;
    }

    private record Row(UUID id, UUID poolId) {}

    /** In the order of the ids; what is no such pool of the project is left out. */
    List<MasterSlavePoolResponse> read(String projectId, Collection<UUID> ids) {
        var parts = parts(ids);
        var found = new HashMap<UUID, MasterSlavePoolResponse>();
        jdbc.sql(POOLS).param("project", projectId).param("ids", array(ids)).query(row -> {
            var id = row.getObject("id", UUID.class);
            found.put(id, pool(row, id, parts.getOrDefault(id, List.of())));
        });
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    private Map<UUID, List<Part>> parts(Collection<UUID> pools) {
        var members = jdbc.sql("select id, pool_id from member where pool_id = any(:ids)")
                .param("ids", array(pools))
                .query((row, n) -> new Row(row.getObject("id", UUID.class), row.getObject("pool_id", UUID.class)))
                .list();
        var seen = statuses.of(members.stream().map(Row::id).toList());
        var parts = new HashMap<UUID, List<Part>>();
        jdbc.sql(MEMBERS).param("ids", array(pools)).query(row -> {
            parts.computeIfAbsent(row.getObject("pool_id", UUID.class), id -> new ArrayList<>())
                    .add(part(row, seen.getOrDefault(row.getObject("id", UUID.class), UNKNOWN)));
        });
        return parts;
    }

    private static Part part(ResultSet row, MemberStatus seen) throws SQLException {
        var subnet = row.getString("subnet_id");
        var server = subnet == null ? "" : row.getString("server_id");
        return new Part(
                row.getObject("id", UUID.class),
                row.getString("name"),
                true,
                subnet,
                row.getInt("protocol_port"),
                row.getString("host"),
                row.getInt("family") == 4 ? "v4" : "v6",
                server.isEmpty() ? "" : "compute:" + row.getString("availability_zone"),
                server,
                seen.operatingStatus(),
                seen.reason(),
                subnet == null ? "ip" : "instance",
                server,
                row.getString("role"),
                seen.perListener(),
                seen.observed());
    }

    private MasterSlavePoolResponse pool(ResultSet row, UUID id, List<Part> parts) throws SQLException {
        var vpc = row.getString("vpc_id");
        return new MasterSlavePoolResponse(
                id,
                row.getString("name"),
                row.getString("description"),
                row.getString("project_id"),
                row.getString("enterprise_project_id"),
                row.getString("protocol"),
                row.getString("algorithm"),
                row.getString("ip_version"),
                vpc == null ? "" : vpc,
                row.getString("type"),
                refs(row, "listeners"),
                refs(row, "owners"),
                parts,
                monitor(row),
                json(row, "session_persistence", SessionPersistence.class),
                json(row, "connection_drain", ConnectionDrain.class),
                json(row, "quic_cid_hash_strategy", QuicCidHashStrategy.class),
                row.getBoolean("any_port_enable"),
                Timestamps.onWire(row.getTimestamp("created_at").toInstant()),
                Timestamps.onWire(row.getTimestamp("updated_at").toInstant()));
    }

    private static List<Ref> refs(ResultSet row, String column) throws SQLException {
        return Stream.of((UUID[]) row.getArray(column).getArray()).map(Ref::new).toList();
    }

    private <T> @Nullable T json(ResultSet row, String column, Class<T> type) throws SQLException {
        var text = row.getString(column);
        return text == null ? null : json.readValue(text, type);
    }

    private static @Nullable Monitor monitor(ResultSet row) throws SQLException {
        @Nullable UUID id = row.getObject("hm_id", UUID.class);
        if (id == null) {
            return null;
        }
        return new Monitor(
                id,
                row.getString("hm_name"),
                row.getBoolean("hm_up"),
                row.getString("hm_type"),
                row.getInt("delay"),
                row.getInt("timeout"),
                row.getInt("max_retries"),
                row.getInt("max_retries_down"),
                row.getObject("monitor_port", Integer.class),
                row.getString("domain_name"),
                row.getString("url_path"),
                row.getString("http_method"),
                row.getString("expected_codes"));
    }

    private static UUID[] array(Collection<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }
}
