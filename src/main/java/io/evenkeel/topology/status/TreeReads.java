package io.evenkeel.topology.status;

import io.evenkeel.platform.error.ErrorCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The configuration that the tree shows: one statement for each kind, whatever the number of resources. */
@Component
class TreeReads {

    private static final String POOLS = """
            select p.id, p.name, p.admin_state_up, hm.id as monitor_id, hm.name as monitor_name, hm.type as monitor_type
            from pool p
            left join health_monitor hm on hm.pool_id = p.id
            where p.id in (select u.pool_id from pool_use u where u.load_balancer_id = :id)
            order by p.id
            """;

    private static final String MEMBERS = """
            select m.id, m.pool_id, host(m.address) as address, m.protocol_port, m.weight, s.availability_zone
            from member m
            join server s on s.project_id = m.project_id and s.id = m.server_id
            where m.pool_id = any(:pools)
            order by m.id
            """;

    private final JdbcClient jdbc;

    TreeReads(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record LoadBalancerRow(UUID id, String name, boolean isUp, List<String> zones) {}

    record ListenerRow(
            UUID id, String name, boolean isUp, @Nullable UUID defaultPool) {}

    record Monitor(UUID id, String name, String type) {}

    record PoolRow(
            UUID id, String name, boolean isUp, @Nullable Monitor monitor) {}

    record MemberRow(UUID id, UUID poolId, String address, int port, int weight, String zone) {}

    /** Errors: NOT_FOUND. */
    LoadBalancerRow loadBalancer(String projectId, UUID id) {
        return jdbc.sql("""
                        select id, name, admin_state_up, availability_zones from load_balancer
                        where id = :id and project_id = :project""")
                .param("id", id)
                .param("project", projectId)
                .query((row, n) ->
                        new LoadBalancerRow(id, text(row, "name"), row.getBoolean("admin_state_up"), List.of((String[])
                                row.getArray("availability_zones").getArray())))
                .optional()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("loadbalancer", id));
    }

    List<ListenerRow> listeners(UUID loadBalancerId) {
        return jdbc.sql("""
                        select id, name, admin_state_up, default_pool_id from listener
                        where load_balancer_id = :id order by id""")
                .param("id", loadBalancerId)
                .query((row, n) -> new ListenerRow(
                        id(row, "id"),
                        text(row, "name"),
                        row.getBoolean("admin_state_up"),
                        row.getObject("default_pool_id", UUID.class)))
                .list();
    }

    List<PoolRow> pools(UUID loadBalancerId) {
        return jdbc.sql(POOLS)
                .param("id", loadBalancerId)
                .query((row, n) ->
                        new PoolRow(id(row, "id"), text(row, "name"), row.getBoolean("admin_state_up"), monitor(row)))
                .list();
    }

    private static @Nullable Monitor monitor(ResultSet row) throws SQLException {
        @Nullable UUID id = row.getObject("monitor_id", UUID.class);
        return id == null ? null : new Monitor(id, text(row, "monitor_name"), text(row, "monitor_type"));
    }

    List<MemberRow> members(Collection<UUID> pools) {
        return jdbc.sql(MEMBERS)
                .param("pools", pools.toArray(UUID[]::new))
                .query((row, n) -> new MemberRow(
                        id(row, "id"),
                        id(row, "pool_id"),
                        text(row, "address"),
                        row.getInt("protocol_port"),
                        row.getInt("weight"),
                        text(row, "availability_zone")))
                .list();
    }

    private static UUID id(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, UUID.class));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column));
    }
}
