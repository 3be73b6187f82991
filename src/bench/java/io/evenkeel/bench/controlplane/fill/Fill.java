package io.evenkeel.bench.controlplane.fill;

import static io.evenkeel.bench.controlplane.fill.Size.LINUX_POOLS_IN_VPC;
import static io.evenkeel.bench.controlplane.fill.Size.LOAD_BALANCERS_IN_VPC;
import static io.evenkeel.bench.controlplane.fill.Size.MEMBERS_OF_POOL;
import static io.evenkeel.bench.controlplane.fill.Size.POOLS_IN_VPC;
import static io.evenkeel.bench.controlplane.fill.Size.SERVERS_IN_VPC;

import io.evenkeel.platform.Ids;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills the tables of an empty installation by COPY, each row after one that the service wrote. */
final class Fill {

    private static final Logger log = LoggerFactory.getLogger(Fill.class);
    private static final int SEED = 20_261_122;
    private static final int PORT = 8080;
    private static final String LINUX = "linux/ubuntu";
    private static final String WINDOWS = "windows/windows";
    private static final String WORKER = "worker-of-the-fill";
    /** Members that their last check failed, and servers that are stopped: one in so many. */
    private static final int OFFLINE_EVERY = 100;

    private static final int STOPPED_EVERY = 1000;

    private final Size size;
    private final Connection connection;
    private final Map<String, Template> templates;
    private final RandomGenerator random = new java.util.Random(SEED);
    private final UUID[] loadBalancers;
    private final UUID[] pools;
    private final UUID[] webListeners;

    Fill(Size size, Connection connection, Map<String, Template> templates) {
        this.size = size;
        this.connection = connection;
        this.templates = templates;
        this.loadBalancers = ids(size.loadBalancers());
        this.pools = ids(size.vpcs() * POOLS_IN_VPC);
        this.webListeners = ids(size.loadBalancers());
    }

    private static UUID[] ids(int count) {
        return Stream.generate(Fill::id).limit(count).toArray(UUID[]::new);
    }

    private static UUID id() {
        return Ids.next(Clock.systemUTC());
    }

    /** The tables whose rows are made after one that the service wrote. */
    static Map<String, Template> templates(Connection connection) throws SQLException {
        var templates = new HashMap<String, Template>();
        for (var table : new String[] {
            "vpc",
            "subnet",
            "server",
            "address_claim",
            "load_balancer",
            "pool",
            "health_monitor",
            "member",
            "listener",
            "l7policy",
            "l7policy_pool",
            "l7rule"
        }) {
            templates.put(table, Template.of(connection, table));
        }
        return templates;
    }

    void run() throws SQLException {
        projects();
        network();
        loadBalancers();
        pools();
        listeners();
        policies();
        members();
        counters();
    }

    private CopyRows like(String table) throws SQLException {
        log.info("Filling {}", table);
        var template = templates.get(table);
        if (template == null) {
            throw new IllegalArgumentException(table);
        }
        return CopyRows.like(connection, template);
    }

    private void projects() throws SQLException {
        try (var rows = CopyRows.into(connection, "project", "id", "name", "created_at")) {
            for (int project = 1; project < size.projects(); project++) {
                rows.set("id", Size.project(project))
                        .set("name", Size.project(project))
                        .set("created_at", "now")
                        .write();
            }
        }
        try (var rows = CopyRows.into(connection, "quota", "project_id", "quota_key", "quota_limit")) {
            for (int project = 0; project < size.projects(); project++) {
                for (var key : new String[] {"listener", "pool", "member", "l7policy", "members_per_pool"}) {
                    rows.set("project_id", Size.project(project))
                            .set("quota_key", key)
                            .set("quota_limit", 100_000_000)
                            .write();
                }
            }
        }
    }

    private void network() throws SQLException {
        try (var rows = like("vpc")) {
            for (int vpc = 0; vpc < size.vpcs(); vpc++) {
                in(rows, vpc)
                        .set("id", Size.vpc(vpc))
                        .set("cidr", Size.address(vpc, 0) + "/22")
                        .write();
            }
        }
        try (var rows = like("subnet")) {
            for (int vpc = 0; vpc < size.vpcs(); vpc++) {
                in(rows, vpc).set("vpc_id", Size.vpc(vpc)).set("vpc_cidr", Size.address(vpc, 0) + "/22");
                rows.set("id", Size.servers(vpc)).set("cidr", serverRange(vpc)).write();
                rows.set("id", Size.vips(vpc)).set("cidr", vipRange(vpc)).write();
            }
        }
        try (var rows = like("server")) {
            for (int vpc = 0; vpc < size.vpcs(); vpc++) {
                in(rows, vpc).set("vpc_id", Size.vpc(vpc));
                for (int server = 0; server < SERVERS_IN_VPC; server++) {
                    server(rows, vpc, server).write();
                }
            }
        }
        addresses();
    }

    private CopyRows server(CopyRows rows, int vpc, int server) {
        return rows.set("id", Size.server(vpc, server))
                .set("availability_zone", server % 2 == 0 ? "az-1" : "az-2")
                .set("os_type", Size.isLinux(server) ? "linux" : "windows")
                .set("os_distribution", Size.isLinux(server) ? "ubuntu" : "windows")
                .set("status", random.nextInt(STOPPED_EVERY) == 0 ? "STOPPED" : "ACTIVE");
    }

    private void addresses() throws SQLException {
        try (var rows = like("address_claim")) {
            for (int vpc = 0; vpc < size.vpcs(); vpc++) {
                in(rows, vpc).set("vpc_id", Size.vpc(vpc));
                rows.set("subnet_id", Size.servers(vpc)).set("subnet_cidr", serverRange(vpc));
                rows.set("load_balancer_id", null);
                for (int server = 0; server < SERVERS_IN_VPC; server++) {
                    rows.set("address", Size.serverAddress(vpc, server))
                            .set("server_id", Size.server(vpc, server))
                            .write();
                }
                rows.set("subnet_id", Size.vips(vpc)).set("subnet_cidr", vipRange(vpc));
                rows.set("server_id", null);
                for (int n = 0; n < LOAD_BALANCERS_IN_VPC; n++) {
                    rows.set("address", Size.vip(vpc, n))
                            .set("load_balancer_id", loadBalancer(vpc, n))
                            .write();
                }
            }
        }
    }

    private void loadBalancers() throws SQLException {
        try (var rows = like("load_balancer")) {
            for (int vpc = 0; vpc < size.vpcs(); vpc++) {
                in(rows, vpc).set("vpc_id", Size.vpc(vpc)).set("vip_subnet_id", Size.vips(vpc));
                for (int n = 0; n < LOAD_BALANCERS_IN_VPC; n++) {
                    rows.set("id", loadBalancer(vpc, n))
                            .set("name", "load-balancer-" + vpc + "-" + n)
                            .set("vip_address", Size.vip(vpc, n))
                            .set("vip_port_id", id())
                            .write();
                }
            }
        }
    }

    private void pools() throws SQLException {
        try (var rows = like("pool")) {
            for (int vpc = 0; vpc < size.vpcs(); vpc++) {
                in(rows, vpc).set("effective_vpc_id", Size.vpc(vpc)).set("vpc_id", null);
                for (int n = 0; n < POOLS_IN_VPC; n++) {
                    rows.set("id", pool(vpc, n))
                            .set("name", "pool-" + vpc + "-" + n)
                            .set("load_balancer_id", loadBalancer(vpc, n % LOAD_BALANCERS_IN_VPC))
                            .set("protocol", n < LOAD_BALANCERS_IN_VPC ? "TCP" : "HTTP")
                            .set("os", system(n))
                            .set("member_count", MEMBERS_OF_POOL)
                            .write();
                }
            }
        }
        try (var rows = like("health_monitor")) {
            for (int vpc = 0; vpc < size.vpcs(); vpc++) {
                in(rows, vpc);
                for (int n = 0; n < POOLS_IN_VPC; n++) {
                    rows.set("id", id()).set("pool_id", pool(vpc, n)).write();
                }
            }
        }
    }

    /** Each load balancer serves its first pool by TCP, and its second by HTTP. */
    private void listeners() throws SQLException {
        try (var rows = like("listener")) {
            for (int vpc = 0; vpc < size.vpcs(); vpc++) {
                in(rows, vpc).set("vpc_id", Size.vpc(vpc));
                for (int n = 0; n < LOAD_BALANCERS_IN_VPC; n++) {
                    rows.set("load_balancer_id", loadBalancer(vpc, n));
                    rows.set("id", id()).set("protocol", "TCP").set("protocol_port", 81);
                    rows.set("default_pool_id", pool(vpc, n)).write();
                    rows.set("id", webListener(vpc, n)).set("protocol", "HTTP").set("protocol_port", 80);
                    rows.set("default_pool_id", pool(vpc, n + LOAD_BALANCERS_IN_VPC))
                            .write();
                }
            }
        }
    }

    /** A path of its HTTP listener leads to its third pool. */
    private void policies() throws SQLException {
        var policies = ids(size.loadBalancers());
        try (var rows = like("l7policy")) {
            for (int i = 0; i < policies.length; i++) {
                place(rows, i).set("id", policies[i]).set("redirect_pool_id", thirdPool(i));
                rows.set("project_id", size.projectOf(i / LOAD_BALANCERS_IN_VPC))
                        .write();
            }
        }
        try (var rows = like("l7policy_pool")) {
            for (int i = 0; i < policies.length; i++) {
                place(rows, i)
                        .set("l7policy_id", policies[i])
                        .set("pool_id", thirdPool(i))
                        .write();
            }
        }
        try (var rows = like("l7rule")) {
            for (int i = 0; i < policies.length; i++) {
                in(rows, i / LOAD_BALANCERS_IN_VPC)
                        .set("id", id())
                        .set("l7policy_id", policies[i])
                        .write();
            }
        }
    }

    private CopyRows place(CopyRows rows, int loadBalancer) {
        return rows.set("listener_id", webListeners[loadBalancer])
                .set("load_balancer_id", loadBalancers[loadBalancer])
                .set("vpc_id", Size.vpc(loadBalancer / LOAD_BALANCERS_IN_VPC));
    }

    private UUID thirdPool(int loadBalancer) {
        return pool(
                loadBalancer / LOAD_BALANCERS_IN_VPC, loadBalancer % LOAD_BALANCERS_IN_VPC + 2 * LOAD_BALANCERS_IN_VPC);
    }

    private void members() throws SQLException {
        var members = new UUID[size.members()];
        int next = 0;
        try (var rows = like("member")) {
            for (int vpc = 0; vpc < size.vpcs(); vpc++) {
                in(rows, vpc).set("vpc_id", Size.vpc(vpc)).set("subnet_id", Size.servers(vpc));
                rows.set("protocol_port", PORT);
                for (int n = 0; n < POOLS_IN_VPC; n++) {
                    rows.set("pool_id", pool(vpc, n)).set("os", system(n));
                    for (int m = 0; m < MEMBERS_OF_POOL; m++) {
                        int server = Size.memberServer(n, m);
                        members[next] = id();
                        rows.set("id", members[next]).set("server_id", Size.server(vpc, server));
                        rows.set("address", Size.serverAddress(vpc, server)).write();
                        progress("members", ++next, members.length);
                    }
                }
            }
        }
        health(members);
    }

    private void health(UUID[] members) throws SQLException {
        try (var rows = CopyRows.into(connection, "worker", "id", "started_at", "heartbeat_at", "watermark")) {
            rows.set("id", WORKER)
                    .set("started_at", "now")
                    .set("heartbeat_at", "now")
                    .set("watermark", "1:1:")
                    .write();
        }
        try (var rows = CopyRows.into(
                connection, "member_health", "worker_id", "member_id", "pool_id", "is_online", "reason", "since")) {
            rows.set("worker_id", WORKER).set("since", "now");
            for (int i = 0; i < members.length; i++) {
                boolean isOnline = random.nextInt(OFFLINE_EVERY) != 0;
                rows.set("member_id", members[i]).set("pool_id", pools[i / MEMBERS_OF_POOL]);
                rows.set("is_online", isOnline)
                        .set("reason", isOnline ? null : "CONNECT_REFUSED")
                        .write();
                progress("health of members", i + 1, members.length);
            }
        }
    }

    private static void progress(String what, int done, int all) {
        if (done % 100_000 == 0 || done == all) {
            log.info("Filling {}: {} of {}", what, done, all);
        }
    }

    private void counters() throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var counted : Map.of(
                            "loadbalancer", "load_balancer",
                            "listener", "listener",
                            "pool", "pool",
                            "member", "member",
                            "healthmonitor", "health_monitor",
                            "l7policy", "l7policy")
                    .entrySet()) {
                statement.executeUpdate("""
                        insert into quota_counter (project_id, quota_key, used)
                        select project_id, '%s', count(*) from %s group by project_id
                        """.formatted(counted.getKey(), counted.getValue()));
            }
        }
    }

    private CopyRows in(CopyRows rows, int vpc) {
        return rows.set("project_id", size.projectOf(vpc));
    }

    private UUID loadBalancer(int vpc, int n) {
        return loadBalancers[vpc * LOAD_BALANCERS_IN_VPC + n];
    }

    private UUID pool(int vpc, int n) {
        return pools[vpc * POOLS_IN_VPC + n];
    }

    private UUID webListener(int vpc, int n) {
        return webListeners[vpc * LOAD_BALANCERS_IN_VPC + n];
    }

    private static @Nullable String system(int pool) {
        return pool < LINUX_POOLS_IN_VPC ? LINUX : WINDOWS;
    }

    private static String serverRange(int vpc) {
        return Size.address(vpc, 0) + "/23";
    }

    private static String vipRange(int vpc) {
        return Size.address(vpc, 512) + "/24";
    }
}
