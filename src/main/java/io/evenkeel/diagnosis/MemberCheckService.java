package io.evenkeel.diagnosis;

import io.evenkeel.diagnosis.MemberCheckJobInfo.Details;
import io.evenkeel.diagnosis.MemberCheckJobInfo.Group;
import io.evenkeel.diagnosis.MemberCheckJobInfo.Item;
import io.evenkeel.diagnosis.MemberCheckJobInfo.Result;
import io.evenkeel.platform.Ids;
import io.evenkeel.platform.Timestamps;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.write.ResourceWritten;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Asks for checks of a member and shows their answers; never waits for one. */
@Service
class MemberCheckService {

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    MemberCheckService(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** What is told of a question. */
    private record Asked(UUID memberId, UUID listenerId) {}

    private record Standing(boolean isReached, boolean isMonitored, UUID poolId) {}

    /** Errors: NOT_FOUND for member and listener, MISMATCH when one does not lead to the other, or nothing says how. */
    @Transactional
    UUID ask(String projectId, UUID memberId, String listener) {
        var listenerId = Ids.parse(listener).orElseThrow(() -> ErrorCode.NOT_FOUND.with("listener", listener));
        var standing = standing(projectId, memberId, listenerId);
        requireListener(projectId, listenerId);
        if (!standing.isReached()) {
            throw ErrorCode.MISMATCH.with("Listener %s does not lead to member %s".formatted(listenerId, memberId));
        }
        if (!standing.isMonitored()) {
            throw ErrorCode.MISMATCH.with(
                    "Pool %s has no health monitor that says how its members are checked".formatted(standing.poolId()));
        }
        var id = Ids.next(clock);
        jdbc.sql("""
                        insert into health_check_job (id, project_id, member_id, listener_id)
                        values (:id, :project, :member, :listener)
                        """)
                .param("id", id)
                .param("project", projectId)
                .param("member", memberId)
                .param("listener", listenerId)
                .update();
        events.publishEvent(
                ResourceWritten.created(projectId, "health_check_job", id, null, new Asked(memberId, listenerId)));
        return id;
    }

    private Standing standing(String projectId, UUID memberId, UUID listenerId) {
        return jdbc.sql("""
                        select m.pool_id,
                               exists (select 1 from backend_path b
                                        where b.member_id = m.id and b.listener_id = :listener) as is_reached,
                               exists (select 1 from health_monitor h
                                        where h.pool_id = m.pool_id and h.admin_state_up) as is_monitored
                          from member m where m.id = :member and m.project_id = :project
                        """)
                .param("member", memberId)
                .param("project", projectId)
                .param("listener", listenerId)
                .query((row, n) -> new Standing(
                        row.getBoolean("is_reached"),
                        row.getBoolean("is_monitored"),
                        row.getObject("pool_id", UUID.class)))
                .optional()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("member", memberId));
    }

    private void requireListener(String projectId, UUID listenerId) {
        boolean isThere = jdbc.sql("select exists (select 1 from listener where id = :id and project_id = :project)")
                .param("id", listenerId)
                .param("project", projectId)
                .query(Boolean.class)
                .single();
        if (!isThere) {
            throw ErrorCode.NOT_FOUND.with("listener", listenerId);
        }
    }

    /** Errors: NOT_FOUND. */
    @Transactional(readOnly = true)
    MemberCheckJobInfo show(String projectId, UUID jobId) {
        return jdbc.sql("""
                        select j.*,
                               claimed_at is null
                                   and created_at <= now() - cast(:seconds as integer) * interval '1 second' as is_ignored,
                               answered_at is null and claimed_at < now() - interval '2 minutes' as is_lost
                          from health_check_job j where id = :id and project_id = :project
                        """)
                .param("id", jobId)
                .param("project", projectId)
                .param("seconds", HealthCheckJobs.CLAIM_WITHIN.toSeconds())
                .query((row, n) -> info(row))
                .optional()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("job", jobId));
    }

    private static MemberCheckJobInfo info(ResultSet row) throws SQLException {
        var jobId = text(row, "id");
        boolean isAnswered = row.getTimestamp("answered_at") != null;
        @Nullable
        String lost = row.getBoolean("is_ignored") ? "NO_WORKER" : row.getBoolean("is_lost") ? "WORKER_LOST" : null;
        var details = new Details(
                lost == null ? row.getString("reason") : lost,
                row.getString("expected_response"),
                row.getString("received_response"),
                row.getObject("duration_millis", Long.class),
                row.getString("claimed_by"));
        var updated = Stream.of("answered_at", "claimed_at", "created_at")
                .map(column -> instant(row, column))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
        return new MemberCheckJobInfo(
                jobId,
                text(row, "member_id"),
                text(row, "listener_id"),
                isAnswered ? "processed" : lost == null ? "processing" : "failed",
                isAnswered ? result(jobId, row.getBoolean("is_passed"), details) : null,
                Objects.requireNonNull(instant(row, "created_at")),
                updated,
                1,
                isAnswered ? 1 : 0,
                details);
    }

    private static Result result(String jobId, boolean isPassed, Details details) {
        return new Result(new Group(isPassed, isPassed ? List.of() : List.of(item(jobId, details)), "processed"));
    }

    private static Item item(String jobId, Details details) {
        var reason = Objects.requireNonNullElse(details.reasonCode(), "");
        var params = Stream.of(details.expectedResponse(), details.healthcheckResponse())
                .flatMap(Stream::ofNullable)
                .toList();
        var text = params.isEmpty() ? reason : reason + ": expected %s, got %s".formatted(params.toArray());
        var template = params.isEmpty() ? reason : reason + ": expected %s, got %s";
        return new Item("health_check", text, "Major", "config", jobId, template, params);
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column));
    }

    private static @Nullable String instant(ResultSet row, String column) {
        try {
            var time = row.getTimestamp(column);
            return time == null ? null : Timestamps.onWire(time.toInstant());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
