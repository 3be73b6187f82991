package io.evenkeel.relations;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.platform.paging.ListOperation;
import io.evenkeel.platform.paging.ListQueries;
import io.evenkeel.platform.write.WriteChecks;
import io.evenkeel.status.MemberStatuses;
import io.evenkeel.status.ObservedStatuses;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.LinkedMultiValueMap;

/**
 * What is asked about a few things costs what they have, and not what the installation has: no such statement reads a
 * large table from end to end. Seen from the database's own counters, in a transaction that fills the tables with tens of
 * thousands of rows, looks, and is rolled back.
 */
@EvenkeelTest
class QueryPlanTests {

    private static final Set<String> LARGE = Set.of("pool", "member", "member_health", "server");

    private static final int LOAD_BALANCERS = 200;
    private static final int POOLS = 2_000;
    private static final int MEMBERS = 20_000;

    /** Executions enough for driver and database to settle on prepared, generic plans, where those look cheaper. */
    private static final int EXECUTIONS = 12;

    @Autowired
    Api api;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ObservedStatuses observed;

    @Autowired
    MemberStatuses members;

    @Autowired
    List<WriteChecks> checks;

    @Autowired
    List<ListOperation> operations;

    @Autowired
    ListQueries lists;

    private Cloud cloud;
    private UUID loadBalancer;
    private UUID pool;
    private UUID member;

    @BeforeEach
    void begin() {
        var estate = Estate.create(api);
        cloud = estate.cloud();
        cloud.server(1);
        loadBalancer = UUID.fromString(estate.loadBalancer());
        pool = UUID.fromString(estate.poolOf(loadBalancer.toString()));
        estate.listener(loadBalancer.toString(), 80, pool.toString());
        estate.monitor(pool.toString());
        member = UUID.fromString(estate.member(pool.toString(), 1));
    }

    @Test
    void noneReadsALargeTableFromEndToEnd() {
        var statements = Map.<String, Runnable>of(
                "status of a load balancer",
                () -> observed.ofLoadBalancers(List.of(loadBalancer)),
                "status of a pool",
                () -> observed.ofPools(List.of(pool)),
                "status of a member",
                () -> members.of(List.of(member)),
                "checks of a write to a pool",
                () -> checks.forEach(check -> check.check(Set.of(), Set.of(pool))),
                "checks of a write to a load balancer",
                () -> checks.forEach(check -> check.check(Set.of(loadBalancer), Set.of())),
                "lookup by address",
                () -> page("ListLoadBalancers", "member_address", cloud.address(1), Map.of()),
                "lookup by server",
                () -> page("ListLoadBalancers", "member_device_id", cloud.serverId(1), Map.of()),
                "members of a pool",
                () -> page("ListMembers", "marker", member.toString(), Map.of("t.pool_id", pool)),
                "one that does",
                () -> jdbc.sql("select count(*) from member where name = 'x'")
                        .query(Long.class)
                        .single());

        assertThat(scannedBy(statements)).isEqualTo(Map.of("one that does", Map.of("member", (long) EXECUTIONS)));
    }

    private void page(String operationId, String name, String value, Map<String, UUID> fixed) {
        var query = new LinkedMultiValueMap<String, String>();
        query.add(name, value);
        var operation = operations.stream()
                .filter(one -> one.operationId().equals(operationId))
                .findFirst()
                .orElseThrow();
        lists.page(operation, api.projectId(), query, fixed);
    }

    /** By statement, the large tables that it reads from end to end, with how often; all being filled. */
    private Map<String, Map<String, Long>> scannedBy(Map<String, Runnable> statements) {
        return transaction.execute(status -> {
            status.setRollbackOnly();
            fill();
            var all = new HashMap<String, Map<String, Long>>();
            statements.forEach((name, statement) -> {
                var scanned = scannedBy(statement);
                if (!scanned.isEmpty()) {
                    all.put(name, scanned);
                }
            });
            return all;
        });
    }

    private Map<String, Long> scannedBy(Runnable statement) {
        var before = scans();
        for (int i = 0; i < EXECUTIONS; i++) {
            statement.run();
        }
        var scanned = scans();
        before.forEach((table, count) -> scanned.merge(table, -count, Long::sum));
        scanned.values().removeIf(count -> count == 0);
        return scanned;
    }

    private Map<String, Long> scans() {
        var scans = new HashMap<String, Long>();
        jdbc.sql("select relname, coalesce(seq_scan, 0) from pg_stat_xact_user_tables")
                .query(row -> {
                    if (LARGE.contains(row.getString(1))) {
                        scans.put(row.getString(1), row.getLong(2));
                    }
                });
        return scans;
    }

    /** Rows like those that the service made, ten pools to a load balancer and ten members to a pool. */
    private void fill() {
        // Without checks of foreign keys: what is copied keeps their order, and nothing of it stays.
        jdbc.sql("set local session_replication_role = replica").update();
        copy("load_balancer", "id", loadBalancer, LOAD_BALANCERS, "'id', " + id(1));
        copy("pool", "id", pool, POOLS, "'id', %s, 'load_balancer_id', %s".formatted(id(2), parent(1, LOAD_BALANCERS)));
        copy("health_monitor", "pool_id", pool, POOLS, "'id', %s, 'pool_id', %s".formatted(id(3), id(2)));
        copy("server", "id", cloud.serverId(1), MEMBERS, "'id', 'copy-' || n, 'status', " + oneIn(1000, "STOPPED"));
        copy(
                "member",
                "id",
                member,
                MEMBERS,
                "'id', %s, 'pool_id', %s, 'server_id', 'copy-' || n, 'address', %s"
                        .formatted(id(4), parent(2, POOLS), address()));
        jdbc.sql("insert into worker (id, started_at, heartbeat_at, watermark) values ('filled', now(), now(), '1:1:')")
                .update();
        jdbc.sql("insert into member_health (worker_id, member_id, pool_id, is_online, since)"
                        + " select 'filled', m.id, m.pool_id, m.server_id not like '%00', now() from member m")
                .update();
        jdbc.sql("analyze load_balancer, pool, health_monitor, server, member, member_health")
                .update();
    }

    /** Copies a row as often as asked, with other values in some columns. */
    private void copy(String table, String key, Object id, int count, String others) {
        var columns = String.join(
                ", ", jdbc.sql("""
                        select column_name from information_schema.columns
                        where table_schema = 'public' and table_name = :table and is_generated = 'NEVER'""").param("table", table).query(String.class).list());
        jdbc.sql("""
                        insert into %s (%s)
                        select %2$s from (
                            select (jsonb_populate_record(t, jsonb_build_object(%s))).*
                            from %1$s t, generate_series(1, %d) n where t.%s = :id) c""".formatted(table, columns, others, count, key))
                .param("id", id)
                .update();
    }

    /** The n-th id of a kind. */
    private static String id(int kind) {
        return "cast(md5('%d-' || n) as uuid)".formatted(kind);
    }

    /** The id of the parent that the n-th is dealt to. */
    private static String parent(int kind, int parents) {
        return "cast(md5('%d-' || (1 + n %% %d)) as uuid)".formatted(kind, parents);
    }

    private static String address() {
        return "cast('10.200.0.0' as inet) + n";
    }

    private static String oneIn(int count, String text) {
        return "case when n %% %d = 0 then '%s' else 'ACTIVE' end".formatted(count, text);
    }
}
