package io.evenkeel.audit;

import io.evenkeel.platform.Ids;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where whoever sees something happen writes it down. Takes part in the caller's transaction, so that an event stands
 * or falls with the state it tells of.
 */
@Component
public class Events {

    /** The key decides: of any number of nodes that tell the same event at once, the first to commit has told it. */
    private static final String SQL = """
            with told as (
                select * from unnest(cast(:keys as text[]), cast(:ids as uuid[]), cast(:projects as text[]),
                                     cast(:times as timestamptz[]), cast(:kinds as text[]), cast(:resourceKinds as text[]),
                                     cast(:resources as text[]), cast(:messages as text[]), cast(:details as text[]))
                              as t (key, id, project_id, happened_at, kind, resource_kind, resource_id, message, details)
            ), fresh as (
                insert into event_key (key, happened_at)
                select key, happened_at from told order by key
                on conflict do nothing returning key
            )
            insert into event (id, project_id, happened_at, kind, resource_kind, resource_id, message, details)
            select t.id, t.project_id, t.happened_at, t.kind, t.resource_kind, t.resource_id, t.message,
                   cast(t.details as jsonb)
              from told t join fresh f on f.key = t.key
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    Events(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /** Writes the event, unless its key is known: then nothing happens. Answers whether it is new. */
    public boolean record(Event event) {
        return recordAll(List.of(event)) == 1;
    }

    /** Any number of events, of different keys, in one statement; answers how many are new. */
    public int recordAll(Collection<Event> events) {
        if (events.isEmpty()) {
            return 0;
        }
        return jdbc.sql(SQL)
                .param("keys", column(events, Event::key))
                .param("ids", column(events, event -> Ids.next(clock).toString()))
                .param("projects", column(events, Event::projectId))
                .param(
                        "times",
                        column(
                                events,
                                event -> event.happenedAt()
                                        .atOffset(ZoneOffset.UTC)
                                        .toString()))
                .param("kinds", column(events, event -> event.kind().name()))
                .param("resourceKinds", column(events, Event::resourceKind))
                .param("resources", column(events, Event::resourceId))
                .param("messages", column(events, Event::message))
                .param("details", column(events, event -> json.writeValueAsString(event.details())))
                .update();
    }

    private static String[] column(Collection<Event> events, Function<Event, String> value) {
        return events.stream().map(value).toArray(String[]::new);
    }
}
