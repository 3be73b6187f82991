package io.evenkeel.loadbalancer;

import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.write.ResourceWritten;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The tags of a load balancer or listener by themselves, for the tag operations. Runs in the caller's transaction. */
@Component
public class TagColumn {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    TagColumn(JdbcClient jdbc, JsonMapper json, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.events = events;
        this.clock = clock;
    }

    /** What has tags. */
    public enum Owner {
        LOAD_BALANCER("load_balancer", "loadbalancer"),
        LISTENER("listener", "listener");

        private final String table;
        private final String kind;

        Owner(String table, String kind) {
            this.table = table;
            this.kind = kind;
        }
    }

    /** A key with every value that some resource gives it, sorted. */
    public record KeyValues(String key, List<String> values) {}

    /** What is told of a resource whose tags were written. */
    private record Tagged(List<Tag> tags) {}

    /** Errors: NOT_FOUND. */
    public List<Tag> of(Owner owner, String projectId, UUID id) {
        return jdbc.sql("select tags from " + owner.table + " where id = :id and project_id = :project")
                .param("id", id)
                .param("project", projectId)
                .query((row, n) -> read(Objects.requireNonNull(row.getString(1))))
                .optional()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with(owner.kind, id));
    }

    private List<Tag> read(String text) {
        return json.readValue(text, new TypeReference<List<Tag>>() {});
    }

    /** Everything that the project's resources of one kind are tagged with, by key. */
    public List<KeyValues> all(Owner owner, String projectId) {
        return jdbc.sql("""
                        select tag->>'key', array_agg(distinct tag->>'value' order by tag->>'value')
                        from %s cross join jsonb_array_elements(tags) tag
                        where project_id = :project group by 1 order by 1
                        """.formatted(owner.table))
                .param("project", projectId)
                .query((row, n) -> new KeyValues(Objects.requireNonNull(row.getString(1)), List.of((String[])
                        row.getArray(2).getArray())))
                .list();
    }

    /** The caller has locked what orders the resource's writers. Errors: NOT_FOUND, INVALID_INPUT, REQUIRED. */
    public void change(Owner owner, String projectId, UUID id, TagChange change) {
        var now = of(owner, projectId, id);
        var after = change.applyTo(now);
        if (after.equals(now)) {
            return;
        }
        jdbc.sql("update " + owner.table + " set tags = cast(:tags as jsonb), updated_at = :now where id = :id")
                .param("tags", json.writeValueAsString(after))
                .param("now", Timestamp.from(clock.instant()))
                .param("id", id)
                .update();
        events.publishEvent(
                ResourceWritten.updated(projectId, owner.kind, id, null, new Tagged(now), new Tagged(after)));
    }
}
