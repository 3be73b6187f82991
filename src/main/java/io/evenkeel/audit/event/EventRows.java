package io.evenkeel.audit.event;

import io.evenkeel.audit.event.position.Position;
import io.evenkeel.audit.event.position.Seen;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads rows of events by position. Each method is one statement and needs no transaction. */
@Component
class EventRows {

    private static final TypeReference<Map<String, @Nullable Object>> DETAILS = new TypeReference<>() {};

    /** As a worker's epochs, of system, timeline and incarnation. */
    private static final String NOW = """
            select encode(substring(sha256(convert_to(s.system_identifier || '/'
                       || left(pg_walfile_name(pg_current_wal_lsn()), 8) || '/' || i.id, 'UTF8')) for 4), 'hex') as database,
                   cast(pg_current_snapshot() as text) as seen
              from pg_control_system() s, incarnation i
            """;

    private static final String NEXT = """
            select e.*, cast(cast(e.recorded_in as text) as bigint) as transaction
              from event e
             where e.project_id = any(:projects)
               and e.recorded_in >= pg_snapshot_xmin(cast(:from as pg_snapshot))
               and not pg_visible_in_snapshot(e.recorded_in, cast(:from as pg_snapshot))
               and pg_visible_in_snapshot(e.recorded_in, cast(:to as pg_snapshot))
               and not (e.recorded_in = cast(:transaction as xid8) and e.id <= cast(:event as uuid))
             order by e.recorded_in, e.id
             limit :limit
            """;

    private static final String HEAL = """
            update event set recorded_in = '3' where recorded_in >= pg_snapshot_xmax(pg_current_snapshot())
            """;

    private static final Position.Last NONE = new Position.Last(0, new UUID(0, 0));

    private final JdbcClient jdbc;
    private final JsonMapper json;

    EventRows(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** An event and where it stands. */
    record Row(long transaction, String projectId, EventResponse event) {}

    /** Behind everything that is committed. */
    Position now() {
        return jdbc.sql(NOW)
                .query((row, n) -> new Position(
                        row.getString("database"),
                        Seen.parse(row.getString("seen")).orElseThrow(),
                        null))
                .single();
    }

    /** The next ones of these projects behind a position, no more than the limit, of what {@code to} includes. */
    List<Row> next(Collection<String> projects, Position from, Seen to, int limit) {
        var last = Objects.requireNonNullElse(from.last(), NONE);
        return jdbc.sql(NEXT)
                .param("projects", projects.toArray(String[]::new))
                .param("from", from.seen().text())
                .param("to", to.text())
                .param("transaction", Long.toString(last.transaction()))
                .param("event", last.event().toString())
                .param("limit", limit)
                .query((row, n) -> new Row(row.getLong("transaction"), row.getString("project_id"), event(row)))
                .list();
    }

    /**
     * After a restore from a dump rows may carry ids of transactions that this cluster has not reached: they were there
     * before anything that it does.
     */
    void heal() {
        jdbc.sql(HEAL).update();
    }

    EventResponse event(ResultSet row) throws SQLException {
        return new EventResponse(
                row.getObject("id", UUID.class),
                row.getTimestamp("happened_at").toInstant().toString(),
                row.getString("kind"),
                row.getString("resource_kind"),
                row.getString("resource_id"),
                row.getString("message"),
                json.readValue(row.getString("details"), DETAILS));
    }
}
