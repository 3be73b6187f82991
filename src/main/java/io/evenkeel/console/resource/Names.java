package io.evenkeel.console.resource;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Names of resources, which answers know each other by id only: one statement for any number of them. */
@Component
public class Names {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final String SQL = """
            select id, name from load_balancer where project_id = :project and id = any(:ids)
            union all
            select id, name from listener where project_id = :project and id = any(:ids)
            union all
            select id, name from pool where project_id = :project and id = any(:ids)
            union all
            select id, name from l7policy where project_id = :project and id = any(:ids)
            union all
            select id, name from ip_group where project_id = :project and id = any(:ids)
            """;

    private final JdbcClient jdbc;

    Names(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By id; what has no name, or is not of the project, is left out. */
    public Map<String, String> of(String projectId, Collection<String> ids) {
        var names = new HashMap<String, String>();
        var wanted = ids.stream()
                .filter(id -> ID.matcher(id).matches())
                .distinct()
                .map(UUID::fromString)
                .toArray(UUID[]::new);
        if (wanted.length > 0) {
            jdbc.sql(SQL).param("project", projectId).param("ids", wanted).query(row -> {
                if (!row.getString("name").isEmpty()) {
                    names.put(row.getString("id"), row.getString("name"));
                }
            });
        }
        return names;
    }
}
