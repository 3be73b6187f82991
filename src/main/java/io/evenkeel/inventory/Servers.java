package io.evenkeel.inventory;

import io.evenkeel.platform.IpAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The cloud servers of a project by their addresses, for other modules. */
@Component
public class Servers {

    private static final String BY_ADDRESS = """
            select s.id, s.vpc_id, s.availability_zone, s.os, s.status, host(a.address) as address, a.subnet_id
              from address_claim a
              join server s on s.project_id = a.project_id and s.id = a.server_id
             where a.project_id = :project and a.vpc_id = :vpc and a.address = any(cast(:addresses as inet[]))
             order by s.id, a.address""";

    private final JdbcClient jdbc;

    Servers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The server of the VPC that holds the address. */
    public Optional<KnownServer> findByAddress(String projectId, String vpcId, IpAddress address) {
        return read(BY_ADDRESS, projectId, vpcId, List.of(address)).stream().findFirst();
    }

    /**
     * The servers that hold the addresses, by one statement, locked in the order of their ids: until the caller's
     * transaction ends nobody changes or deletes them, so what is decided on their state stays true. Call it before
     * any load balancer or pool is locked.
     */
    public Map<IpAddress, KnownServer> lockByAddress(String projectId, String vpcId, Collection<IpAddress> addresses) {
        var found = new HashMap<IpAddress, KnownServer>();
        for (var server : read(BY_ADDRESS + " for share of s", projectId, vpcId, addresses)) {
            IpAddress.parse(server.address()).ifPresent(address -> found.put(address, server));
        }
        return found;
    }

    private List<KnownServer> read(String sql, String projectId, String vpcId, Collection<IpAddress> addresses) {
        return jdbc.sql(sql)
                .param("project", projectId)
                .param("vpc", vpcId)
                .param("addresses", addresses.stream().map(IpAddress::text).toArray(String[]::new))
                .query((row, n) -> known(row))
                .list();
    }

    private static KnownServer known(ResultSet row) throws SQLException {
        return new KnownServer(
                row.getString("id"),
                row.getString("vpc_id"),
                row.getString("availability_zone"),
                row.getString("os"),
                row.getString("status"),
                row.getString("address"),
                row.getString("subnet_id"));
    }
}
