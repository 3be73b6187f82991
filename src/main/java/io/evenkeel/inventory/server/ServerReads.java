package io.evenkeel.inventory.server;

import io.evenkeel.platform.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Servers as answers show them: one statement for any number. */
@Component
class ServerReads {

    private static final String SQL = """
            select s.id, s.name, s.vpc_id, s.availability_zone, s.os_type, s.os_distribution, s.os_version, s.status,
                   s.created_at, s.updated_at, a.subnets, a.addresses
              from server s
              left join lateral (
                select array_agg(c.subnet_id order by c.address) as subnets,
                       array_agg(host(c.address) order by c.address) as addresses
                  from address_claim c where c.project_id = s.project_id and c.server_id = s.id) a on true
             where s.project_id = :project and s.id = any(:ids)""";

    private final JdbcClient jdbc;

    ServerReads(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the order of the ids; what is not there is left out. */
    List<ServerResponse> read(String projectId, Collection<String> ids) {
        var byId = new HashMap<String, ServerResponse>();
        jdbc.sql(SQL)
                .param("project", projectId)
                .param("ids", ids.toArray(String[]::new))
                .query((row, n) -> response(row))
                .list()
                .forEach(server -> byId.put(server.id(), server));
        return ids.stream().map(byId::get).filter(Objects::nonNull).toList();
    }

    private static ServerResponse response(ResultSet row) throws SQLException {
        var addresses = new ArrayList<ServerResponse.Address>();
        if (row.getArray("subnets") != null) {
            var subnets = (String[]) row.getArray("subnets").getArray();
            var texts = (String[]) row.getArray("addresses").getArray();
            for (int i = 0; i < subnets.length; i++) {
                addresses.add(new ServerResponse.Address(subnets[i], texts[i]));
            }
        }
        return new ServerResponse(
                row.getString("id"),
                row.getString("name"),
                row.getString("vpc_id"),
                row.getString("availability_zone"),
                new ServerResponse.Os(
                        row.getString("os_type"), row.getString("os_distribution"), row.getString("os_version")),
                row.getString("status"),
                List.copyOf(addresses),
                Timestamps.onWire(row.getTimestamp("created_at").toInstant()),
                Timestamps.onWire(row.getTimestamp("updated_at").toInstant()));
    }
}
