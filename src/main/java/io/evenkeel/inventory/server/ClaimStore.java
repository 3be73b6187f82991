package io.evenkeel.inventory.server;

import io.evenkeel.platform.IpAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who holds which address: the statements for servers, each for any number of addresses. */
@Component
class ClaimStore {

    private final JdbcClient jdbc;

    ClaimStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An address in whose way something is. */
    record Taken(IpAddress address, String holder) {}

    /** An address that a member of a pool uses. */
    record Used(String serverId, String address, String poolId) {}

    Set<Claim> claimsOf(String projectId, Collection<String> serverIds) {
        var claims = new HashSet<Claim>();
        jdbc.sql("""
                        select server_id, vpc_id, subnet_id, cast(subnet_cidr as text) as subnet_cidr,
                               host(address) as address
                          from address_claim where project_id = :project and server_id = any(:ids)""")
                .param("project", projectId)
                .param("ids", serverIds.toArray(String[]::new))
                .query(row -> {
                    claims.add(new Claim(
                            row.getString("server_id"),
                            row.getString("vpc_id"),
                            row.getString("subnet_id"),
                            row.getString("subnet_cidr"),
                            IpAddress.parse(row.getString("address")).orElseThrow()));
                });
        return claims;
    }

    /** The first of the addresses that somebody else than these servers holds. */
    Optional<Taken> firstTaken(String projectId, List<Claim> claims, Collection<String> serverIds) {
        return jdbc.sql("""
                        select host(c.address) as address,
                               coalesce('server ' || c.server_id, 'load balancer ' || c.load_balancer_id) as holder
                          from unnest(cast(:vpcs as text[]), cast(:addresses as inet[])) as w (vpc_id, address)
                          join address_claim c on c.project_id = :project and c.vpc_id = w.vpc_id and c.address = w.address
                         where c.server_id is null or c.server_id <> all(cast(:ids as text[])) limit 1""")
                .param("project", projectId)
                .param("vpcs", ServerStore.column(claims, Claim::vpcId))
                .param(
                        "addresses",
                        ServerStore.column(claims, claim -> claim.address().text()))
                .param("ids", serverIds.toArray(String[]::new))
                .query((row, n) ->
                        new Taken(IpAddress.parse(row.getString("address")).orElseThrow(), row.getString("holder")))
                .optional();
    }

    /** The first of the addresses that a member of a pool uses. */
    Optional<Used> firstUsed(String projectId, Collection<Claim> claims) {
        return jdbc.sql("""
                        select m.server_id, host(m.address) as address, m.pool_id
                          from unnest(cast(:ids as text[]), cast(:addresses as inet[])) as g (server_id, address)
                          join member m on m.project_id = :project and m.server_id = g.server_id
                                       and m.address = g.address
                         limit 1""")
                .param("project", projectId)
                .param("ids", ServerStore.column(claims, Claim::serverId))
                .param(
                        "addresses",
                        ServerStore.column(claims, claim -> claim.address().text()))
                .query((row, n) ->
                        new Used(row.getString("server_id"), row.getString("address"), row.getString("pool_id")))
                .optional();
    }

    void release(String projectId, Collection<Claim> claims) {
        jdbc.sql("""
                        delete from address_claim c
                         using unnest(cast(:vpcs as text[]), cast(:addresses as inet[]), cast(:ids as text[]))
                               as g (vpc_id, address, server_id)
                         where c.project_id = :project and c.vpc_id = g.vpc_id and c.address = g.address
                           and c.server_id = g.server_id""")
                .param("project", projectId)
                .param("vpcs", ServerStore.column(claims, Claim::vpcId))
                .param(
                        "addresses",
                        ServerStore.column(claims, claim -> claim.address().text()))
                .param("ids", ServerStore.column(claims, Claim::serverId))
                .update();
    }

    void claim(String projectId, List<Claim> sorted) {
        jdbc.sql("""
                        insert into address_claim (project_id, vpc_id, address, subnet_id, subnet_cidr, server_id)
                        select :project, w.vpc_id, w.address, w.subnet_id, w.subnet_cidr, w.server_id
                          from unnest(cast(:vpcs as text[]), cast(:addresses as inet[]), cast(:subnets as text[]),
                                      cast(:cidrs as cidr[]), cast(:ids as text[]))
                               as w (vpc_id, address, subnet_id, subnet_cidr, server_id)""")
                .param("project", projectId)
                .param("vpcs", ServerStore.column(sorted, Claim::vpcId))
                .param(
                        "addresses",
                        ServerStore.column(sorted, claim -> claim.address().text()))
                .param("subnets", ServerStore.column(sorted, Claim::subnetId))
                .param("cidrs", ServerStore.column(sorted, Claim::subnetCidr))
                .param("ids", ServerStore.column(sorted, Claim::serverId))
                .update();
    }
}
