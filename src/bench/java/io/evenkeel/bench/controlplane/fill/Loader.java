package io.evenkeel.bench.controlplane.fill;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills an empty installation: has the service write one row of each kind, and multiplies them by COPY, with triggers off
 * and indexes made afterwards. What that leaves unchecked is checked at the end.
 */
public final class Loader {

    private static final Logger log = LoggerFactory.getLogger(Loader.class);

    private Loader() {}

    /**
     * @param api of the installation, whose tables hold nothing yet
     * @param connection to its database, as superuser
     */
    public static void fill(Size size, Api api, Connection connection) throws SQLException {
        long begun = System.nanoTime();
        writeOneOfEach(api);
        var templates = Fill.templates(connection);
        run(connection, "truncate vpc, quota, quota_counter, audit_record, event, event_key, tombstone cascade");
        var indexes = dropIndexes(connection, templates.keySet().stream().toList());
        // Neither foreign keys nor triggers: both are looked after below.
        run(connection, "set session_replication_role = replica");
        connection.setAutoCommit(false);
        new Fill(size, connection, templates).run();
        connection.commit();
        connection.setAutoCommit(true);
        run(connection, "set session_replication_role = origin");
        log.info("Making {} indexes", indexes.size());
        for (var index : indexes) {
            run(connection, index);
        }
        run(connection, "vacuum analyze");
        Consistency.check(connection);
        log.info(
                "Filled {} load balancers and {} members in {} s",
                size.loadBalancers(),
                size.members(),
                Duration.ofNanos(System.nanoTime() - begun).toSeconds());
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Those that no constraint needs; answers with what makes them anew. */
    private static List<String> dropIndexes(Connection connection, List<String> tables) throws SQLException {
        var definitions = new LinkedHashMap<String, String>();
        try (var statement = connection.prepareStatement("""
                select c.relname, pg_get_indexdef(i.indexrelid)
                from pg_index i
                join pg_class c on c.oid = i.indexrelid
                join pg_class t on t.oid = i.indrelid
                where t.relname = any(?) and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)
                order by 1""")) {
            statement.setArray(1, connection.createArrayOf("text", tables.toArray()));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    definitions.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        for (var index : definitions.keySet()) {
            run(connection, "drop index " + index);
        }
        return new ArrayList<>(definitions.values());
    }

    private static void writeOneOfEach(Api api) {
        var cloud = Cloud.create(api);
        cloud.server(1);
        var loadBalancer = create(
                api,
                "loadbalancer",
                "/loadbalancers",
                Map.of(
                        "vip_subnet_cidr_id", cloud.vipSubnetId(),
                        "availability_zone_list", List.of("az-1", "az-2")));
        var pool = create(
                api,
                "pool",
                "/pools",
                Map.of("protocol", "HTTP", "lb_algorithm", "ROUND_ROBIN", "loadbalancer_id", loadBalancer));
        create(
                api,
                "healthmonitor",
                "/healthmonitors",
                Map.of("pool_id", pool, "type", "TCP", "delay", 5, "timeout", 3, "max_retries", 3));
        create(
                api,
                "member",
                "/pools/" + pool + "/members",
                Map.of("address", cloud.address(1), "subnet_cidr_id", cloud.serverSubnetId(), "protocol_port", 8080));
        var listener = create(
                api,
                "listener",
                "/listeners",
                Map.of(
                        "loadbalancer_id",
                        loadBalancer,
                        "protocol",
                        "HTTP",
                        "protocol_port",
                        80,
                        "default_pool_id",
                        pool));
        create(
                api,
                "l7policy",
                "/l7policies",
                Map.of(
                        "listener_id",
                        listener,
                        "action",
                        "REDIRECT_TO_POOL",
                        "redirect_pool_id",
                        pool,
                        "rules",
                        List.of(Map.of("type", "PATH", "compare_type", "STARTS_WITH", "value", "/api"))));
    }

    private static String create(Api api, String wrapper, String path, Map<String, Object> body) {
        return api.post(api.elb(path), Map.of(wrapper, body))
                .expect(201)
                .path(wrapper)
                .path("id")
                .asString();
    }
}
