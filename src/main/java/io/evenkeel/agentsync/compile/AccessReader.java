package io.evenkeel.agentsync.compile;

import io.evenkeel.desiredstate.DesiredAccess;
import io.evenkeel.desiredstate.DesiredIpGroup;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who may connect to listeners: one statement for their IP groups, each read once however many listeners use it. */
final class AccessReader {

    private static final String IP_GROUPS = """
            select g.id, array(select e->>'range' from jsonb_array_elements(g.entries) e) as ranges
            from ip_group g
            where exists (
                select 1 from listener l
                where l.ipgroup_id = g.id and l.ipgroup_enable and l.load_balancer_id = any(cast(:ids as uuid[])))
            """;

    private final JdbcClient jdbc;

    AccessReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The ranges of the groups that are in use, by the group's id. */
    Map<UUID, List<String>> ipGroups(String[] loadBalancerIds) {
        var groups = new HashMap<UUID, List<String>>();
        jdbc.sql(IP_GROUPS).param("ids", loadBalancerIds).query(row -> {
            groups.put(row.getObject("id", UUID.class), List.of((String[])
                    row.getArray("ranges").getArray()));
        });
        return groups;
    }

    /** Of a listener's row. */
    static DesiredAccess access(ResultSet row, Map<UUID, List<String>> ipGroups) throws SQLException {
        var ranges = row.getBoolean("ipgroup_enable") ? ipGroups.get(row.getObject("ipgroup_id", UUID.class)) : null;
        var ipGroup = ranges == null
                ? Optional.<DesiredIpGroup>empty()
                : Optional.of(new DesiredIpGroup(
                        row.getObject("ipgroup_id", UUID.class),
                        row.getString("ipgroup_type").equals("white"),
                        ranges));
        return new DesiredAccess(ipGroup, row.getInt("connection"), row.getInt("cps"));
    }
}
