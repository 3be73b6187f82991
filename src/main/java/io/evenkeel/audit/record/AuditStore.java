package io.evenkeel.audit.record;

import io.evenkeel.platform.Ids;
import io.evenkeel.platform.write.ResourceWritten;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The one statement that writes audit records. */
@Component
class AuditStore {

    private static final String SQL = """
            insert into audit_record (id, project_id, happened_at, request_id, caller, caller_role, source_address,
                                      operation, action, resource_kind, resource_id, generation, difference)
            select w.id, w.project_id, :now, :request, :caller, :role, :source, :operation, w.action, w.kind, w.resource,
                   w.generation, cast(w.difference as jsonb)
              from unnest(cast(:ids as uuid[]), cast(:projects as text[]), cast(:actions as text[]), cast(:kinds as text[]),
                          cast(:resources as text[]), cast(:generations as bigint[]), cast(:differences as text[]))
                   as w (id, project_id, action, kind, resource, generation, difference)
            """;

    private final JdbcClient jdbc;
    private final Differences differences;
    private final Clock clock;

    AuditStore(JdbcClient jdbc, Differences differences, Clock clock) {
        this.jdbc = jdbc;
        this.differences = differences;
        this.clock = clock;
    }

    void insert(Origin origin, List<ResourceWritten> facts) {
        jdbc.sql(SQL)
                .param("now", Timestamp.from(clock.instant()))
                .param("request", origin.requestId())
                .param("caller", origin.caller())
                .param("role", origin.role())
                .param("source", origin.sourceAddress())
                .param("operation", origin.operation())
                .param("ids", column(facts, fact -> Ids.next(clock).toString()))
                .param("projects", column(facts, fact -> projectOf(fact, origin)))
                .param("actions", column(facts, fact -> fact.action().name()))
                .param("kinds", column(facts, ResourceWritten::kind))
                .param("resources", column(facts, ResourceWritten::id))
                .param("generations", column(facts, AuditStore::generationOf))
                .param("differences", column(facts, fact -> differences.of(fact).toString()))
                .update();
    }

    private static String projectOf(ResourceWritten fact, Origin origin) {
        return fact.projectId().equals(ResourceWritten.NO_PROJECT) ? origin.projectId() : fact.projectId();
    }

    private static @Nullable String generationOf(ResourceWritten fact) {
        return fact.generation() == null ? null : fact.generation().toString();
    }

    private static @Nullable String[] column(
            List<ResourceWritten> facts, Function<ResourceWritten, @Nullable String> value) {
        return facts.stream().map(value).toArray(String[]::new);
    }
}
