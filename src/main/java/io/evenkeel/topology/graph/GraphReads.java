package io.evenkeel.topology.graph;

import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.topology.graph.Graph.EipNode;
import io.evenkeel.topology.graph.Graph.ListenerNode;
import io.evenkeel.topology.graph.Graph.LoadBalancerNode;
import io.evenkeel.topology.graph.Graph.PolicyLabel;
import io.evenkeel.topology.graph.Graph.PoolNode;
import io.evenkeel.topology.graph.Graph.PortRange;
import io.evenkeel.topology.graph.Graph.RuleLabel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the graph is made of: one statement for each kind of node and edge. */
@Component
class GraphReads {

    private static final String POOLS = """
            select p.id, p.name, p.protocol, p.type, p.algorithm, p.load_balancer_id is not distinct from :id as is_owned
            from pool p
            where p.id in (select u.pool_id from pool_use u where u.load_balancer_id = :id)
            order by p.id
            """;

    private static final String WAYS = """
            select l.id as listener_id, l.default_pool_id as pool_id, null::uuid as policy_id
            from listener l where l.load_balancer_id = :id and l.default_pool_id is not null
            union all
            select y.listener_id, y.pool_id, y.l7policy_id from l7policy_pool y where y.load_balancer_id = :id
            order by listener_id, policy_id nulls first, pool_id
            """;

    private final JdbcClient jdbc;

    GraphReads(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record LoadBalancerRow(LoadBalancerNode node, List<EipNode> eips) {}

    record PoolRow(PoolNode node, boolean isOwned) {}

    /** From a listener to a pool; by a policy, or as the default. */
    record Way(UUID listenerId, UUID poolId, @Nullable UUID policyId) {}

    record PolicyRow(UUID listenerId, PolicyLabel label) {}

    /** Errors: NOT_FOUND. */
    LoadBalancerRow loadBalancer(String projectId, UUID id) {
        return jdbc.sql("""
                        select name, l4_flavor_id, l7_flavor_id, host(vip_address) as vip, availability_zones,
                               host(ipv6_vip_address) as ipv6_vip,
                               array(select e->>'id' from jsonb_array_elements(public_ips) e) as eips
                        from load_balancer where id = :id and project_id = :project""")
                .param("id", id)
                .param("project", projectId)
                .query((row, n) -> new LoadBalancerRow(
                        new LoadBalancerNode(
                                id,
                                text(row, "name"),
                                true,
                                row.getString("l4_flavor_id"),
                                row.getString("l7_flavor_id"),
                                row.getString("vip"),
                                row.getString("ipv6_vip"),
                                texts(row, "availability_zones")),
                        texts(row, "eips").stream()
                                .map(eip -> new EipNode(eip, "", 4))
                                .toList()))
                .optional()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("loadbalancer", id));
    }

    List<ListenerNode> listeners(UUID loadBalancerId) {
        return jdbc.sql("""
                        select id, name, protocol, protocol_port,
                               array(select r->>'startPort' || '-' || (r->>'endPort')
                                       from jsonb_array_elements(port_ranges) r) as ranges
                        from listener where load_balancer_id = :id order by id""")
                .param("id", loadBalancerId)
                .query((row, n) -> new ListenerNode(
                        id(row, "id"),
                        text(row, "name"),
                        text(row, "protocol"),
                        row.getInt("protocol_port"),
                        texts(row, "ranges").stream().map(GraphReads::range).toList()))
                .list();
    }

    private static PortRange range(String text) {
        var ends = Stream.of(text.split("-", 2)).map(Integer::valueOf).toList();
        return new PortRange(ends.getFirst(), ends.getLast());
    }

    List<PoolRow> pools(UUID loadBalancerId) {
        return jdbc.sql(POOLS)
                .param("id", loadBalancerId)
                .query((row, n) -> new PoolRow(
                        new PoolNode(
                                id(row, "id"),
                                text(row, "name"),
                                text(row, "protocol"),
                                text(row, "type"),
                                text(row, "algorithm")),
                        row.getBoolean("is_owned")))
                .list();
    }

    List<Way> ways(UUID loadBalancerId) {
        return jdbc.sql(WAYS)
                .param("id", loadBalancerId)
                .query((row, n) ->
                        new Way(id(row, "listener_id"), id(row, "pool_id"), row.getObject("policy_id", UUID.class)))
                .list();
    }

    List<PolicyRow> policies(UUID loadBalancerId) {
        var rules = rules(loadBalancerId);
        return jdbc.sql("""
                        select id, listener_id, name, priority, action, admin_state_up from l7policy
                        where load_balancer_id = :id order by id""")
                .param("id", loadBalancerId)
                .query((row, n) -> new PolicyRow(
                        id(row, "listener_id"),
                        new PolicyLabel(
                                id(row, "id"),
                                text(row, "name"),
                                row.getObject("priority", Integer.class),
                                text(row, "action"),
                                row.getBoolean("admin_state_up"),
                                rules.getOrDefault(id(row, "id"), List.of()))))
                .list();
    }

    private Map<UUID, List<RuleLabel>> rules(UUID loadBalancerId) {
        var rules = new HashMap<UUID, List<RuleLabel>>();
        jdbc.sql("""
                        select r.* from l7rule r join l7policy y on y.id = r.l7policy_id
                        where y.load_balancer_id = :id order by r.id""").param("id", loadBalancerId).query(row -> {
            rules.computeIfAbsent(id(row, "l7policy_id"), id -> new ArrayList<>())
                    .add(rule(row));
        });
        return rules;
    }

    private static RuleLabel rule(ResultSet row) throws SQLException {
        return RuleLabel.of(
                id(row, "id"),
                text(row, "project_id"),
                row.getBoolean("admin_state_up"),
                text(row, "type"),
                text(row, "compare_type"),
                text(row, "value"),
                row.getBoolean("invert"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant());
    }

    private static UUID id(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, UUID.class));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
