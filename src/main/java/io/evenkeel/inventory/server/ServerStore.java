package io.evenkeel.inventory.server;

import io.evenkeel.inventory.KnownSubnet;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The statements behind a put of servers; each handles any number of them. Locks are taken in one order: subnets by
 * id, servers by id, addresses.
 */
@Component
class ServerStore {

    private final JdbcClient jdbc;

    ServerStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A server as it was before the call. */
    record Before(String vpcId, String availabilityZone, String os, String status) {}

    /** Those that exist, kept from being changed or from giving a VIP away meanwhile. */
    Map<String, KnownSubnet> lockSubnets(String projectId, Collection<String> ids) {
        var subnets = new HashMap<String, KnownSubnet>();
        jdbc.sql("""
                        select id, vpc_id, cast(cidr as text) as cidr, family(cidr) = 6 as is_ipv6 from subnet
                         where project_id = :project and id = any(:ids) order by id for key share""")
                .param("project", projectId)
                .param("ids", ids.toArray(String[]::new))
                .query((row, n) -> new KnownSubnet(
                        row.getString("id"), row.getString("vpc_id"), row.getString("cidr"), row.getBoolean("is_ipv6")))
                .list()
                .forEach(subnet -> subnets.put(subnet.id(), subnet));
        return subnets;
    }

    Set<String> zones(Collection<String> codes) {
        return new HashSet<>(jdbc.sql("select code from availability_zone where code = any(:codes)")
                .param("codes", codes.toArray(String[]::new))
                .query((row, n) -> row.getString(1))
                .list());
    }

    Map<String, Before> lockServers(String projectId, Collection<String> ids) {
        var before = new HashMap<String, Before>();
        jdbc.sql("""
                        select id, vpc_id, availability_zone, os, status from server
                         where project_id = :project and id = any(:ids) order by id for update""")
                .param("project", projectId)
                .param("ids", ids.toArray(String[]::new))
                .query(row -> {
                    before.put(
                            row.getString("id"),
                            new Before(
                                    row.getString("vpc_id"),
                                    row.getString("availability_zone"),
                                    row.getString("os"),
                                    row.getString("status")));
                });
        return before;
    }

    /** Writes those that differ from what is there; {@code moved} are the servers whose addresses changed. */
    void write(
            String projectId,
            List<WantedServer> sorted,
            Map<String, List<Claim>> claims,
            Set<String> moved,
            Instant now) {
        jdbc.sql("""
                        insert into server as s (project_id, id, vpc_id, name, availability_zone, os_type, os_distribution,
                                                 os_version, status, created_at, updated_at)
                        select :project, w.id, w.vpc_id, w.name, w.zone, w.os_type, w.os_distribution, w.os_version,
                               w.status, :now, :now
                          from unnest(cast(:ids as text[]), cast(:vpcs as text[]), cast(:names as text[]),
                                      cast(:zones as text[]), cast(:types as text[]), cast(:distributions as text[]),
                                      cast(:versions as text[]), cast(:statuses as text[]))
                               as w (id, vpc_id, name, zone, os_type, os_distribution, os_version, status)
                        on conflict (project_id, id) do update
                           set vpc_id = excluded.vpc_id, name = excluded.name,
                               availability_zone = excluded.availability_zone, os_type = excluded.os_type,
                               os_distribution = excluded.os_distribution, os_version = excluded.os_version,
                               status = excluded.status, updated_at = excluded.updated_at
                         where s.id = any(cast(:moved as text[]))
                            or (s.vpc_id, s.name, s.availability_zone, s.os_type, s.os_distribution, s.os_version, s.status)
                               is distinct from
                               (excluded.vpc_id, excluded.name, excluded.availability_zone, excluded.os_type,
                                excluded.os_distribution, excluded.os_version, excluded.status)""")
                .param("project", projectId)
                .param("ids", column(sorted, WantedServer::id))
                .param("vpcs", column(sorted, server -> vpcOf(claims, server)))
                .param("names", column(sorted, WantedServer::name))
                .param("zones", column(sorted, WantedServer::availabilityZone))
                .param("types", column(sorted, WantedServer::osType))
                .param("distributions", column(sorted, WantedServer::osDistribution))
                .param("versions", column(sorted, WantedServer::osVersion))
                .param("statuses", column(sorted, WantedServer::status))
                .param("moved", moved.toArray(String[]::new))
                .param("now", Timestamp.from(now))
                .update();
    }

    void delete(String projectId, String id) {
        jdbc.sql("delete from server where project_id = :project and id = :id")
                .param("project", projectId)
                .param("id", id)
                .update();
    }

    static String vpcOf(Map<String, List<Claim>> claims, WantedServer server) {
        return claims.getOrDefault(server.id(), List.of()).getFirst().vpcId();
    }

    static <T> String[] column(Collection<T> rows, Function<T, String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }
}
