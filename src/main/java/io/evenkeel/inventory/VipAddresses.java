package io.evenkeel.inventory;

import io.evenkeel.platform.IpAddress;
import io.evenkeel.platform.error.ErrorCode;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Gives addresses of subnets to load balancers. Part of the caller's transaction: the first statement locks the
 * subnet's row, so claims of one subnet queue up, and none can meet a server that takes the same address.
 */
@Component
public class VipAddresses {

    private static final String LOCK_SUBNET = """
            select vpc_id, cast(cidr as text) as cidr, cast(host(cidr) as inet) + 2 as first_usable,
                   cast(host(broadcast(cidr)) as inet) - 1 as last_usable
              from subnet where project_id = :project and id = :subnet for update""";

    /** The first usable address, or the one behind the lowest claim that is followed by a gap. */
    private static final String LOWEST_FREE = """
            select host(f.address) from (
              (select cast(:first as inet) as address
                where cast(:first as inet) <= cast(:last as inet)
                  and not exists (select 1 from address_claim c where c.project_id = :project and c.vpc_id = :vpc
                                     and c.address = cast(:first as inet)))
              union all
              (select c.address + 1 from address_claim c
                where c.project_id = :project and c.vpc_id = :vpc
                  and c.address >= cast(:first as inet) and c.address < cast(:last as inet)
                  and not exists (select 1 from address_claim n where n.project_id = :project and n.vpc_id = :vpc
                                     and n.address = c.address + 1)
                order by c.address limit 1)) f
             order by f.address limit 1""";

    private final JdbcClient jdbc;

    VipAddresses(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Room(String vpcId, String cidr, String firstUsable, String lastUsable) {}

    /**
     * Claims an address of the subnet for a load balancer: the given one, or the lowest that is free (never the
     * network, the broadcast, or the first address of the subnet).
     *
     * <p>Errors: {@link ErrorCode#NOT_FOUND} for the subnet, {@link ErrorCode#MISMATCH} for an address that is none or
     * lies outside the subnet, {@link ErrorCode#CONFLICT} for one that is taken, {@link ErrorCode#SUBNET_FULL}.
     *
     * @return the address in canonical form
     */
    public String claim(String projectId, String subnetId, Optional<String> address, UUID loadBalancerId) {
        var room = jdbc.sql(LOCK_SUBNET)
                .param("project", projectId)
                .param("subnet", subnetId)
                .query((row, n) -> new Room(
                        row.getString("vpc_id"),
                        row.getString("cidr"),
                        row.getString("first_usable"),
                        row.getString("last_usable")))
                .optional()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("subnet", subnetId));
        var chosen = address.isPresent()
                ? checked(projectId, subnetId, room, address.get())
                : lowestFree(projectId, subnetId, room);
        return jdbc.sql("""
                        insert into address_claim (project_id, vpc_id, address, subnet_id, subnet_cidr, load_balancer_id)
                        values (:project, :vpc, cast(:address as inet), :subnet, cast(:cidr as cidr), :loadBalancer)
                        returning host(address)""")
                .param("project", projectId)
                .param("vpc", room.vpcId())
                .param("address", chosen)
                .param("subnet", subnetId)
                .param("cidr", room.cidr())
                .param("loadBalancer", loadBalancerId)
                .query((row, n) -> row.getString(1))
                .single();
    }

    /** Gives the address back. The load balancer's row must not refer to it any more. */
    public void release(String projectId, String vpcId, String address, UUID loadBalancerId) {
        jdbc.sql("""
                        delete from address_claim
                         where project_id = :project and vpc_id = :vpc and address = cast(:address as inet)
                           and load_balancer_id = :loadBalancer""")
                .param("project", projectId)
                .param("vpc", vpcId)
                .param("address", address)
                .param("loadBalancer", loadBalancerId)
                .update();
    }

    /** The load balancer whose VIP the address is. */
    public Optional<UUID> findHolder(String projectId, String vpcId, IpAddress address) {
        return jdbc.sql("""
                        select load_balancer_id from address_claim
                         where project_id = :project and vpc_id = :vpc and address = cast(:address as inet)
                           and load_balancer_id is not null""")
                .param("project", projectId)
                .param("vpc", vpcId)
                .param("address", address.text())
                .query((row, n) -> row.getObject(1, UUID.class))
                .optional();
    }

    private String lowestFree(String projectId, String subnetId, Room room) {
        return jdbc.sql(LOWEST_FREE)
                .param("project", projectId)
                .param("vpc", room.vpcId())
                .param("first", room.firstUsable())
                .param("last", room.lastUsable())
                .query((row, n) -> row.getString(1))
                .optional()
                .orElseThrow(() -> ErrorCode.SUBNET_FULL.with(subnetId));
    }

    private String checked(String projectId, String subnetId, Room room, String address) {
        var given = IpAddress.parse(address)
                .orElseThrow(() -> ErrorCode.MISMATCH.with("'" + address + "' is not an IP address"));
        var found = jdbc.sql("""
                        select cast(:address as inet) << cast(:cidr as cidr) as is_inside,
                               cast(:address as inet) not in (cast(host(cast(:cidr as cidr)) as inet),
                                                              cast(host(broadcast(cast(:cidr as cidr))) as inet)) as is_host,
                               (select coalesce('server ' || c.server_id, 'load balancer ' || c.load_balancer_id)
                                  from address_claim c
                                 where c.project_id = :project and c.vpc_id = :vpc
                                   and c.address = cast(:address as inet)) as holder""")
                .param("project", projectId)
                .param("vpc", room.vpcId())
                .param("address", given.text())
                .param("cidr", room.cidr())
                .query((row, n) ->
                        new Checked(row.getBoolean("is_inside"), row.getBoolean("is_host"), row.getString("holder")))
                .single();
        if (!found.isInside() || !found.isHost()) {
            throw ErrorCode.MISMATCH.with(
                    "The address %s is no host address of subnet %s (%s)".formatted(address, subnetId, room.cidr()));
        }
        if (found.holder() != null) {
            throw ErrorCode.CONFLICT.with("The address %s is taken by %s".formatted(address, found.holder()));
        }
        return given.text();
    }

    private record Checked(
            boolean isInside, boolean isHost, @Nullable String holder) {}
}
