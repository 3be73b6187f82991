package io.evenkeel.loadbalancer;

import io.evenkeel.platform.error.ErrorCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What other features may do with load balancers. Every call runs in the caller's transaction; an advance is its first
 * statement that writes, and comes before any advance of a pool. Unknown and foreign ids:
 * {@link ErrorCode#NOT_FOUND}.
 */
@Component
public class LoadBalancers {

    private static final String FACTS = """
            t.id, t.generation, t.vpc_id, t.ip_target_enable, host(t.vip_address) as vip,
            host(t.ipv6_vip_address) as ipv6_vip, t.l4_flavor_id is not null as has_l4, t.l7_flavor_id is not null as has_l7,
            t.enterprise_project_id
            """;

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    LoadBalancers(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    /** Locks the load balancer and gives it its next generation, in one statement. */
    public AdvancedLoadBalancer advance(String projectId, UUID id) {
        var advanced = jdbc.sql("""
                        update load_balancer t set generation = t.generation + 1, changed_in = pg_current_xact_id()
                        where t.id = :id and t.project_id = :project returning %s
                        """.formatted(FACTS))
                .param("id", id)
                .param("project", projectId)
                .query((row, n) -> read(row))
                .optional()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("loadbalancer", id));
        events.publishEvent(new LoadBalancerChanged(id, advanced.generation()));
        return advanced;
    }

    /** Locks the load balancer for a write that changes nothing of what workers are told. */
    public void lock(String projectId, UUID id) {
        boolean isKnown = jdbc.sql(
                        "select 1 from load_balancer where id = :id and project_id = :project for no key update")
                .param("id", id)
                .param("project", projectId)
                .query(Integer.class)
                .optional()
                .isPresent();
        if (!isKnown) {
            throw ErrorCode.NOT_FOUND.with("loadbalancer", id);
        }
    }

    /** Advances several in the order of their ids, which is also the order of the answer; duplicates count once. */
    public List<AdvancedLoadBalancer> advanceAll(String projectId, Collection<UUID> ids) {
        return ids.stream()
                .distinct()
                .sorted()
                .map(id -> advance(projectId, id))
                .toList();
    }

    /** The load balancer as it is now, without a lock. */
    public AdvancedLoadBalancer require(String projectId, UUID id) {
        return jdbc.sql("select " + FACTS + " from load_balancer t where t.id = :id and t.project_id = :project")
                .param("id", id)
                .param("project", projectId)
                .query((row, n) -> read(row))
                .optional()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("loadbalancer", id));
    }

    private static AdvancedLoadBalancer read(ResultSet row) throws SQLException {
        var vip = row.getString("vip");
        var ipv6Vip = row.getString("ipv6_vip");
        return new AdvancedLoadBalancer(
                row.getObject("id", UUID.class),
                row.getLong("generation"),
                row.getString("vpc_id"),
                row.getBoolean("ip_target_enable"),
                Stream.concat(Stream.ofNullable(vip), Stream.ofNullable(ipv6Vip))
                        .toList(),
                row.getBoolean("has_l4"),
                row.getBoolean("has_l7"),
                row.getString("enterprise_project_id"));
    }
}
