package io.evenkeel.status;

import io.evenkeel.audit.Event;
import io.evenkeel.audit.EventKind;
import io.evenkeel.audit.Events;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells once that a resource is not served by some worker, and once that every worker serves it again. Takes part in
 * the caller's transaction, after the worker's own word is written there. A worker that starts takes its word back
 * without a change here: what it says next, or the sweep, decides.
 */
class RejectionVerdicts {

    private static final String REJECT = """
            insert into rejection_verdict (resource_kind, resource_id, is_rejected, changes, since)
            values (:kind, :id, true, 1, :now)
            on conflict (resource_kind, resource_id) do update
               set is_rejected = true, changes = rejection_verdict.changes + 1, since = excluded.since
             where not rejection_verdict.is_rejected
            returning changes
            """;

    private static final String APPLY = """
            update rejection_verdict v set is_rejected = false, changes = v.changes + 1, since = :now
             where v.resource_kind = :kind and v.resource_id = :id and v.is_rejected
               and not exists (select 1 from worker_rejection r
                                where r.resource_kind = v.resource_kind and r.resource_id = v.resource_id)
            returning changes
            """;

    private final JdbcClient jdbc;
    private final Events events;
    private final Clock clock;

    RejectionVerdicts(JdbcClient jdbc, Events events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** A worker has just said so. */
    void rejected(String workerId, Rejection rejection) {
        changes(REJECT, rejection.kind(), rejection.resourceId())
                .ifPresent(changes -> tell(
                        EventKind.REJECTED,
                        rejection.kind(),
                        rejection.resourceId(),
                        changes,
                        "is not served: " + rejection.reason() + ": " + rejection.message(),
                        Map.of(
                                "worker_id", workerId,
                                "reason_code", rejection.reason(),
                                "reason", rejection.message(),
                                "generation", rejection.generation())));
    }

    /** Some worker took its word back; whether any other still stands is seen under the lock alone. */
    void settle(Rejection.Kind kind, UUID resourceId) {
        boolean isRejected = jdbc.sql("""
                        select 1 from rejection_verdict
                         where resource_kind = :kind and resource_id = :id and is_rejected for update""")
                .param("kind", kind.name())
                .param("id", resourceId)
                .query((row, n) -> true)
                .optional()
                .isPresent();
        if (isRejected) {
            changes(APPLY, kind, resourceId)
                    .ifPresent(
                            changes -> tell(EventKind.APPLIED, kind, resourceId, changes, "is served again", Map.of()));
        }
    }

    /** Resources whose rejections went with the workers that told them. */
    void settleForgotten() {
        jdbc.sql("""
                        select v.resource_kind, v.resource_id from rejection_verdict v
                         where v.is_rejected
                           and not exists (select 1 from worker_rejection r
                                            where r.resource_kind = v.resource_kind and r.resource_id = v.resource_id)
                         order by v.resource_kind, v.resource_id""")
                .query((row, n) -> Map.entry(Rejection.Kind.valueOf(row.getString(1)), row.getObject(2, UUID.class)))
                .list()
                .forEach(entry -> settle(entry.getKey(), entry.getValue()));
    }

    /** What was told of resources that do not exist any more. */
    void forgetDeleted() {
        jdbc.sql("""
                        delete from rejection_verdict v
                         where not exists (select 1 from listener l where l.id = v.resource_id)
                           and not exists (select 1 from load_balancer b where b.id = v.resource_id)
                           and not exists (select 1 from pool p where p.id = v.resource_id)""").update();
    }

    private Optional<Long> changes(String sql, Rejection.Kind kind, UUID resourceId) {
        return jdbc.sql(sql)
                .param("kind", kind.name())
                .param("id", resourceId)
                .param("now", Timestamp.from(clock.instant()))
                .query((row, n) -> row.getLong(1))
                .optional();
    }

    /** Of a resource that was deleted meanwhile there is nothing to tell. */
    private void tell(
            EventKind event,
            Rejection.Kind kind,
            UUID resourceId,
            long changes,
            String what,
            Map<String, Object> details) {
        var name = onWire(kind);
        jdbc.sql("select project_id from " + table(kind) + " where id = :id")
                .param("id", resourceId)
                .query((row, n) -> row.getString(1))
                .optional()
                .ifPresent(projectId -> events.record(new Event(
                        "rejection/%s/%s/%d".formatted(name, resourceId, changes),
                        event,
                        projectId,
                        name,
                        resourceId.toString(),
                        clock.instant(),
                        "%s %s %s".formatted(name, resourceId, what),
                        details)));
    }

    private static String onWire(Rejection.Kind kind) {
        return switch (kind) {
            case LOAD_BALANCER -> "loadbalancer";
            case LISTENER -> "listener";
            case POOL -> "pool";
        };
    }

    private static String table(Rejection.Kind kind) {
        return switch (kind) {
            case LOAD_BALANCER -> "load_balancer";
            case LISTENER -> "listener";
            case POOL -> "pool";
        };
    }
}
