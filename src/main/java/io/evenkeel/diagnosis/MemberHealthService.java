package io.evenkeel.diagnosis;

import io.evenkeel.diagnosis.MemberHealthTold.SeenByWorker;
import io.evenkeel.platform.Timestamps;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.status.worker.WorkerState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads what each worker sees of a member: three statements. */
@Service
class MemberHealthService {

    private final JdbcClient jdbc;

    MemberHealthService(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Errors: NOT_FOUND for the pool, and for a member that is not in it. */
    @Transactional(readOnly = true)
    MemberHealthTold show(String projectId, UUID poolId, UUID memberId) {
        requirePool(projectId, poolId);
        var status = jdbc.sql(
                        "select operating_status from member_status where member_id = :member and pool_id = :pool")
                .param("member", memberId)
                .param("pool", poolId)
                .query((row, n) -> row.getString(1))
                .optional()
                .orElseThrow(() -> ErrorCode.NOT_FOUND.with("member", memberId));
        return new MemberHealthTold(memberId, poolId, status, workers(memberId));
    }

    private void requirePool(String projectId, UUID poolId) {
        boolean isThere = jdbc.sql("select exists (select 1 from pool where id = :id and project_id = :project)")
                .param("id", poolId)
                .param("project", projectId)
                .query(Boolean.class)
                .single();
        if (!isThere) {
            throw ErrorCode.NOT_FOUND.with("pool", poolId);
        }
    }

    private List<SeenByWorker> workers(UUID memberId) {
        return jdbc.sql("""
                        select h.*, w.availability_zone,
                               greatest(extract(epoch from now() - w.heartbeat_at), 0) as silent_seconds
                          from member_health h join worker w on w.id = h.worker_id
                         where h.member_id = :member order by h.worker_id""")
                .param("member", memberId)
                .query((row, n) -> seen(row))
                .list();
    }

    private static SeenByWorker seen(ResultSet row) throws SQLException {
        var silence = Duration.ofMillis((long) (row.getDouble("silent_seconds") * 1000));
        return new SeenByWorker(
                row.getString("worker_id"),
                row.getString("availability_zone"),
                WorkerState.after(silence).onWire(),
                row.getBoolean("is_online") ? "ONLINE" : "OFFLINE",
                row.getString("reason"),
                row.getString("expected_response"),
                row.getString("healthcheck_response"),
                Timestamps.onWire(row.getTimestamp("since").toInstant()));
    }
}
