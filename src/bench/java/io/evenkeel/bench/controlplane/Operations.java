package io.evenkeel.bench.controlplane;

import io.evenkeel.bench.controlplane.fill.Size;
import io.evenkeel.testing.TestInstance;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is called, each time about something else of what the measured project has. */
final class Operations {

    private static final int BATCH = 200;
    private static final int PAGE = 100;
    private static final int LONGEST_PAGE = 2000;
    private static final String ADDED = "added";

    private record Pool(String id, int vpc) {}

    private record Member(String id, String poolId) {}

    private final List<String> loadBalancers;
    private final Map<Integer, List<String>> loadBalancersOfVpc = new TreeMap<>();
    private final List<Integer> vpcs;
    private final List<Pool> pools = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    Operations(Connection connection) throws SQLException {
        loadBalancers = new ArrayList<>();
        read(
                connection,
                "select id, replace(vpc_id, 'vpc-', '') from load_balancer where project_id = ? order by id",
                (id, vpc) -> {
                    loadBalancers.add(id);
                    loadBalancersOfVpc
                            .computeIfAbsent(Integer.valueOf(vpc), key -> new ArrayList<>())
                            .add(id);
                });
        vpcs = List.copyOf(loadBalancersOfVpc.keySet());
        read(connection, """
                select id, replace(effective_vpc_id, 'vpc-', '') from pool
                where project_id = ? and os = 'linux/ubuntu' order by id""", (id, vpc) -> pools.add(new Pool(id, Integer.parseInt(vpc))));
        read(
                connection,
                "select id, pool_id from member where project_id = ? and name <> 'added' order by id",
                (id, pool) -> members.add(new Member(id, pool)));
    }

    private interface Row {
        void of(String first, String second);
    }

    private static void read(Connection connection, String sql, Row each) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, TestInstance.PROJECT_ID);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    each.of(rows.getString(1), rows.getString(2));
                }
            }
        }
    }

    List<Operation> all() {
        var all = new ArrayList<>(List.of(
                Operation.reading("lookup by IP address", this::byAddress),
                Operation.reading("lookup by server id", this::byServer),
                Operation.reading("show load balancer", this::show),
                Operation.reading("list page of 100", random -> list(random, PAGE))));
        if (loadBalancers.size() > LONGEST_PAGE) {
            all.add(Operation.reading("list page of 2,000", random -> list(random, LONGEST_PAGE)));
        }
        all.add(Operation.writing("member add", this::add));
        all.add(Operation.writing("batch of 200 adds", this::addBatch));
        all.add(Operation.writing("weight update", this::update));
        return all;
    }

    /** Takes away what the writing operations left, so that the next one finds what the fill made. */
    static void reset(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("delete from member where name = '" + ADDED + "'");
            statement.execute(
                    "update pool set member_count = %1$d where member_count <> %1$d".formatted(Size.MEMBERS_OF_POOL));
            statement.execute("""
                    update quota_counter c set used = m.used
                    from (select project_id, count(*) as used from member group by project_id) m
                    where c.project_id = m.project_id and c.quota_key = 'member'""");
            statement.execute("truncate audit_record");
            statement.execute("vacuum analyze member, pool, quota_counter, audit_record");
        }
    }

    private Call byAddress(RandomGenerator random) {
        int vpc = one(vpcs, random);
        int server = random.nextInt(Size.LINUX_SERVERS_IN_VPC);
        var address = Size.serverAddress(vpc, server);
        return Call.get("/loadbalancers?member_address=" + address, using(vpc, server, address));
    }

    private Call byServer(RandomGenerator random) {
        int vpc = one(vpcs, random);
        int server = random.nextInt(Size.LINUX_SERVERS_IN_VPC);
        var id = Size.server(vpc, server);
        return Call.get("/loadbalancers?member_device_id=" + id, using(vpc, server, id));
    }

    /** What was asked for, and the load balancers that answer it, in their order. */
    private List<String> using(int vpc, int server, String asked) {
        var values = new ArrayList<String>(List.of(asked));
        var ofVpc = loadBalancersOfVpc.getOrDefault(vpc, List.of());
        IntStream.range(0, Size.POOLS_IN_VPC)
                .filter(pool -> IntStream.range(0, Size.MEMBERS_OF_POOL)
                        .anyMatch(member -> Size.memberServer(pool, member) == server))
                .map(pool -> pool % Size.LOAD_BALANCERS_IN_VPC)
                .sorted()
                .mapToObj(ofVpc::get)
                .forEach(values::add);
        return values;
    }

    private Call show(RandomGenerator random) {
        var id = one(loadBalancers, random);
        return Call.get("/loadbalancers/" + id, List.of(id));
    }

    private Call list(RandomGenerator random, int limit) {
        if (loadBalancers.size() <= limit) {
            return Call.get("/loadbalancers?limit=" + limit, loadBalancers);
        }
        int marker = random.nextInt(loadBalancers.size() - limit);
        return Call.get(
                "/loadbalancers?limit=%d&marker=%s".formatted(limit, loadBalancers.get(marker)),
                loadBalancers.subList(marker, marker + 1 + limit));
    }

    private Call add(RandomGenerator random) {
        var pool = one(pools, random);
        int server = random.nextInt(Size.LINUX_SERVERS_IN_VPC);
        int port = port();
        return new Call(
                "POST",
                "/pools/" + pool.id() + "/members",
                "{\"member\":" + member(pool.vpc(), server, port) + "}",
                201,
                List.of(
                        pool.id(),
                        Size.vpc(pool.vpc()),
                        Size.servers(pool.vpc()),
                        Integer.toString(port),
                        Size.server(pool.vpc(), server),
                        Size.serverAddress(pool.vpc(), server)));
    }

    private Call addBatch(RandomGenerator random) {
        var pool = one(pools, random);
        int port = port();
        var values = new ArrayList<>(
                List.of(pool.id(), Size.vpc(pool.vpc()), Size.servers(pool.vpc()), Integer.toString(port)));
        for (int server = 0; server < BATCH; server++) {
            values.add(Size.server(pool.vpc(), server));
            values.add(Size.serverAddress(pool.vpc(), server));
        }
        var members = IntStream.range(0, BATCH)
                .mapToObj(server -> member(pool.vpc(), server, port))
                .collect(Collectors.joining(","));
        return new Call(
                "POST", "/pools/" + pool.id() + "/members/batch-add", "{\"members\":[" + members + "]}", 200, values);
    }

    private static String member(int vpc, int server, int port) {
        return """
                {"name":"%s","address":"%s","subnet_cidr_id":"%s","protocol_port":%d,"weight":1}""".formatted(ADDED, Size.serverAddress(vpc, server), Size.servers(vpc), port);
    }

    private Call update(RandomGenerator random) {
        var member = one(members, random);
        int weight = 2 + next.getAndIncrement() % 99;
        return new Call(
                "PUT",
                "/pools/" + member.poolId() + "/members/" + member.id(),
                "{\"member\":{\"weight\":" + weight + "}}",
                200,
                List.of(member.poolId(), member.id(), Integer.toString(weight)));
    }

    /** None that the fill uses, and each long not twice. */
    private int port() {
        return 10_000 + next.getAndIncrement() % 55_000;
    }

    private static <T> T one(List<T> all, RandomGenerator random) {
        return all.get(random.nextInt(all.size()));
    }
}
