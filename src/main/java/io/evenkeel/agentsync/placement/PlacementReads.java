package io.evenkeel.agentsync.placement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What placement is decided by: who tells that he lives, in which zones load balancers are, which pools they lead to. */
@Component
public class PlacementReads {

    private static final String ZONES = "select id, availability_zones from load_balancer ";

    /** What a pool is used for is traffic; one without a listener is held by all, and checked by none. */
    private static final String USERS =
            "select distinct pool_id, load_balancer_id from pool_use where listener_id is not null ";

    private final JdbcClient jdbc;

    PlacementReads(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Heartbeat> heartbeats() {
        return jdbc.sql(
                        "select id, availability_zone, replicas_per_zone, cast(heartbeat_at as text) as beat from worker")
                .query((row, n) -> new Heartbeat(worker(row), row.getString("beat")))
                .list();
    }

    static LiveWorker worker(ResultSet row) throws SQLException {
        var replicas = row.getObject("replicas_per_zone", Integer.class);
        return new LiveWorker(
                row.getString("id"),
                Optional.ofNullable(row.getString("availability_zone")),
                replicas == null ? LiveWorker.ALL : replicas);
    }

    /** The zones of every load balancer. */
    Map<UUID, List<String>> zones() {
        return zones(jdbc.sql(ZONES));
    }

    Map<UUID, List<String>> zones(Collection<UUID> loadBalancerIds) {
        return loadBalancerIds.isEmpty()
                ? Map.of()
                : zones(jdbc.sql(ZONES + "where id = any(cast(:ids as uuid[]))").param("ids", texts(loadBalancerIds)));
    }

    private static Map<UUID, List<String>> zones(JdbcClient.StatementSpec statement) {
        var zones = new HashMap<UUID, List<String>>();
        statement.query(row -> {
            var codes = (String[]) row.getArray("availability_zones").getArray();
            zones.put(row.getObject("id", UUID.class), List.of(codes));
        });
        return zones;
    }

    /** The load balancers whose listeners lead to a pool, by pool. */
    Map<UUID, Set<UUID>> users() {
        return users(jdbc.sql(USERS));
    }

    Map<UUID, Set<UUID>> users(Collection<UUID> poolIds) {
        return poolIds.isEmpty()
                ? Map.of()
                : users(jdbc.sql(USERS + "and pool_id = any(cast(:ids as uuid[]))")
                        .param("ids", texts(poolIds)));
    }

    private static Map<UUID, Set<UUID>> users(JdbcClient.StatementSpec statement) {
        var users = new HashMap<UUID, Set<UUID>>();
        statement.query(row -> {
            users.computeIfAbsent(row.getObject("pool_id", UUID.class), pool -> new HashSet<>())
                    .add(row.getObject("load_balancer_id", UUID.class));
        });
        return users;
    }

    /** The pools to which listeners of these load balancers lead. */
    List<UUID> poolsOf(Collection<UUID> loadBalancerIds) {
        return loadBalancerIds.isEmpty()
                ? List.of()
                : jdbc.sql("""
                                select distinct pool_id from pool_use
                                 where load_balancer_id = any(cast(:ids as uuid[])) and listener_id is not null""")
                        .param("ids", texts(loadBalancerIds))
                        .query((row, n) -> row.getObject(1, UUID.class))
                        .list();
    }

    private static String[] texts(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }
}
