package io.evenkeel.agentsync;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Configuration of a project of a test's own, written straight into the tables; taken away by {@link #close}. Nothing
 * here listens or is checked, so the worker of the tested instance holds it and does nothing.
 */
public final class Rows implements AutoCloseable {

    private static final AtomicInteger NEXT = new AtomicInteger(1);

    private final JdbcClient jdbc;
    private final int number = NEXT.getAndIncrement();
    private final String projectId = "rows-" + number;

    public Rows(JdbcClient jdbc) {
        this.jdbc = jdbc;
        jdbc.sql("insert into project values (?, 'rows', now())")
                .param(projectId)
                .update();
    }

    public String projectId() {
        return projectId;
    }

    public UUID pool() {
        return pools(1).getFirst();
    }

    public List<UUID> pools(int count) {
        var ids = IntStream.range(0, count).mapToObj(n -> UUID.randomUUID()).toList();
        jdbc.sql("""
                insert into pool (id, project_id, generation, created_at, updated_at, effective_vpc_id, name,
                    description, admin_state_up, protocol, algorithm, type, ip_version, any_port_enable,
                    member_deletion_protection_enable, protection_status, protection_reason, enterprise_project_id)
                select id, :project, 1, now(), now(), (select v.id from vpc v where v.project_id = :project), '', '',
                    true, 'HTTP', 'ROUND_ROBIN', 'instance', 'v4', false, false, 'nonProtection', '', '0'
                from unnest(cast(:ids as uuid[])) id
                """).param("ids", texts(ids)).param("project", projectId).update();
        return ids;
    }

    /** To be made before the pools and load balancers that are to lie in it. */
    public Rows vpc() {
        jdbc.sql("insert into availability_zone values ('az-1', now()) on conflict do nothing")
                .update();
        jdbc.sql("""
                insert into vpc values (:project, 'vpc', 'vpc', cast(:cidr as cidr), now(), now())
                """)
                .param("project", projectId)
                .param("cidr", network() + ".0/24")
                .update();
        jdbc.sql("""
                insert into subnet values
                    (:project, 'subnet', 'vpc', cast(:cidr as cidr), 'subnet', cast(:cidr as cidr), now(), now())
                """)
                .param("project", projectId)
                .param("cidr", network() + ".0/24")
                .update();
        return this;
    }

    private String network() {
        return "172.16." + number;
    }

    public UUID loadBalancer() {
        var id = UUID.randomUUID();
        jdbc.sql("""
                insert into load_balancer (id, project_id, generation, created_at, updated_at, name, description,
                    admin_state_up, vpc_id, availability_zones, backend_subnet_ids, ip_target_enable,
                    deletion_protection_enable, public_ips, waf_failure_action, protection_status, protection_reason,
                    enterprise_project_id, tags)
                values (:id, :project, 1, now(), now(), '', '', true, 'vpc', '{az-1}', '{}', false, false, '[]',
                    'forward', 'nonProtection', '', '0', '[]')
                """).param("id", id).param("project", projectId).update();
        return id;
    }

    /** A listener of a load balancer without an address: known, and bound nowhere. */
    public UUID listener(UUID loadBalancerId, UUID poolId, int port, String insertHeaders) {
        var id = UUID.randomUUID();
        jdbc.sql("""
                insert into listener (id, project_id, load_balancer_id, vpc_id, created_at, updated_at, name,
                    description, admin_state_up, protocol, protocol_port, port_ranges, default_pool_id,
                    sni_container_refs, sni_match_algo, http2_enable, insert_headers, enable_member_retry,
                    proxy_protocol_enable, enhance_l7policy_enable, gzip_enable, ssl_early_data_enable, cps,
                    connection, nat64_enable, transparent_client_ip_enable, protection_status, protection_reason,
                    enterprise_project_id, tags)
                values (:id, :project, :owner, 'vpc', now(), now(), '', '', true, 'HTTP', :port, '[]', :pool, '{}',
                    'wildcard', false, cast(:headers as jsonb), true, false, false, false, false, 0, 0, false, false,
                    'nonProtection', '', '0', '[]')
                """)
                .param("id", id)
                .param("project", projectId)
                .param("owner", loadBalancerId)
                .param("port", port)
                .param("pool", poolId)
                .param("headers", insertHeaders)
                .update();
        return id;
    }

    /** A member on a server of its own, at the n-th address (1..250). */
    public UUID member(UUID poolId, int n) {
        var id = UUID.randomUUID();
        jdbc.sql("""
                with s as (
                    insert into server (project_id, id, vpc_id, name, availability_zone, os_type, os_distribution,
                        os_version, status, created_at, updated_at)
                    values (:project, :server, 'vpc', '', 'az-1', 'linux', 'ubuntu', '24.04', 'ACTIVE', now(), now())
                ), a as (
                    insert into address_claim (project_id, vpc_id, address, subnet_id, subnet_cidr, server_id)
                    values (:project, 'vpc', cast(:address as inet), 'subnet', cast(:cidr as cidr), :server)
                ), p as (
                    update pool set member_count = member_count + 1 where id = :pool
                )
                insert into member (id, project_id, pool_id, vpc_id, server_id, address, created_at, updated_at, name,
                    protocol_port, weight)
                values (:id, :project, :pool, 'vpc', :server, cast(:address as inet), now(), now(), '', 80, 1)
                """)
                .param("project", projectId)
                .param("server", "server-" + n)
                .param("address", network() + "." + n)
                .param("cidr", network() + ".0/24")
                .param("pool", poolId)
                .param("id", id)
                .update();
        return id;
    }

    public void monitor(UUID poolId) {
        jdbc.sql("""
                insert into health_monitor (id, project_id, pool_id, created_at, updated_at, name, admin_state_up, type,
                    delay, timeout, max_retries, max_retries_down)
                values (gen_random_uuid(), :project, :pool, now(), now(), '', true, 'TCP', 5, 3, 3, 3)
                """).param("project", projectId).param("pool", poolId).update();
    }

    /** As the first statement of every write does. */
    public void advance(String table, UUID id) {
        jdbc.sql("update " + table + " set generation = generation + 1, changed_in = pg_current_xact_id() where id = ?")
                .param(id)
                .update();
    }

    public void delete(String table, UUID id) {
        jdbc.sql("delete from " + table + " where id = ?").param(id).update();
    }

    @Override
    public void close() {
        for (var table : List.of(
                "member",
                "listener",
                "health_monitor",
                "pool",
                "load_balancer",
                "address_claim",
                "server",
                "subnet",
                "vpc")) {
            jdbc.sql("delete from " + table + " where project_id = ?")
                    .param(projectId)
                    .update();
        }
        jdbc.sql("delete from project where id = ?").param(projectId).update();
    }

    private static String[] texts(List<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }
}
