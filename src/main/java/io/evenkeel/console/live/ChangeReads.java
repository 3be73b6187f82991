package io.evenkeel.console.live;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What came last in a project: every write leaves an audit record, every change of what is observed an event. */
@Component
class ChangeReads {

    private static final String SQL = """
            select coalesce((select cast(id as text) from event where project_id = :project order by id desc limit 1), '')
                || '/' ||
                   coalesce((select cast(id as text) from audit_record where project_id = :project
                             order by id desc limit 1), '')
            """;

    private final JdbcClient jdbc;

    ChangeReads(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Another text after something changed. */
    String last(String projectId) {
        return jdbc.sql(SQL)
                .param("project", projectId)
                .query((row, n) -> String.valueOf(row.getString(1)))
                .single();
    }
}
