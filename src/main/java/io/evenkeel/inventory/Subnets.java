package io.evenkeel.inventory;

import io.evenkeel.platform.error.ErrorCode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The subnets of a project, for other modules. */
@Component
public class Subnets {

    private final JdbcClient jdbc;

    Subnets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Errors: {@link ErrorCode#NOT_FOUND}. */
    public KnownSubnet require(String projectId, String subnetId) {
        return requireAll(projectId, List.of(subnetId)).getFirst();
    }

    /** In the order of the ids, by one statement. Errors: {@link ErrorCode#NOT_FOUND} naming the first that is missing. */
    public List<KnownSubnet> requireAll(String projectId, Collection<String> subnetIds) {
        var known = findAll(projectId, subnetIds);
        return subnetIds.stream()
                .map(id -> {
                    var subnet = known.get(id);
                    if (subnet == null) {
                        throw ErrorCode.NOT_FOUND.with("subnet", id);
                    }
                    return subnet;
                })
                .toList();
    }

    /** Those that exist, by id; an id that is no id is simply not there. */
    public Map<String, KnownSubnet> findAll(String projectId, Collection<String> subnetIds) {
        var known = new LinkedHashMap<String, KnownSubnet>();
        jdbc.sql("""
                        select id, vpc_id, cast(cidr as text) as cidr, family(cidr) = 6 as is_ipv6
                          from subnet where project_id = :project and id = any(:ids)""")
                .param("project", projectId)
                .param("ids", subnetIds.toArray(String[]::new))
                .query((row, n) -> new KnownSubnet(
                        row.getString("id"), row.getString("vpc_id"), row.getString("cidr"), row.getBoolean("is_ipv6")))
                .list()
                .forEach(subnet -> known.put(subnet.id(), subnet));
        return known;
    }
}
