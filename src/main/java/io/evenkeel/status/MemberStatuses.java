package io.evenkeel.status;

import io.evenkeel.platform.Timestamps;
import io.evenkeel.status.MemberStatus.FailedCheck;
import io.evenkeel.status.MemberStatus.ListenerStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is known of members: one statement for any number of them. */
@Component
public class MemberStatuses {

    /** Shown in {@code evenkeel.reason} alone: the vendor has no code for it. */
    private static final String NOT_CHECKED_YET = "NOT_CHECKED_YET";

    private static final String SQL = """
            select s.member_id, s.operating_status, s.server_status,
                   h.reason, h.expected_response, h.healthcheck_response, h.since, h.workers, h.failing,
                   d.since as drained_since, d.until as drained_until,
                   array(select distinct cast(u.listener_id as text) from pool_use u
                         where u.pool_id = s.pool_id and u.listener_id is not null order by 1) as listeners
            from member_status s
            left join lateral (
                select h.*, count(*) over () as workers,
                       count(*) filter (where not h.is_online and h.reason is distinct from 'NOT_CHECKED_YET') over ()
                           as failing
                from member_health h where h.member_id = s.member_id order by h.is_online desc, h.since limit 1
            ) h on true
            left join lateral (
                select min(d.since) as since, max(d.until) as until from member_drain d
                where d.member_id = s.member_id and d.until > now()
            ) d on true
            where s.member_id = any(cast(:ids as uuid[]))
            """;

    private final JdbcClient jdbc;

    MemberStatuses(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By member id; what is not in the map is no member any more. */
    public Map<UUID, MemberStatus> of(Collection<UUID> memberIds) {
        var statuses = new HashMap<UUID, MemberStatus>();
        if (memberIds.isEmpty()) {
            return statuses;
        }
        var ids = memberIds.stream().map(UUID::toString).toArray(String[]::new);
        jdbc.sql(SQL).param("ids", ids).query(row -> {
            statuses.put(row.getObject("member_id", UUID.class), status(row));
        });
        return statuses;
    }

    private static MemberStatus status(ResultSet row) throws SQLException {
        var operatingStatus = row.getString("operating_status");
        boolean isOffline = operatingStatus.equals("OFFLINE");
        var failed = isOffline ? failedCheck(row) : null;
        var listeners = List.of((String[]) row.getArray("listeners").getArray()).stream()
                .map(listener -> new ListenerStatus(listener, operatingStatus, failed))
                .toList();
        return new MemberStatus(operatingStatus, listeners, failed, observed(row, operatingStatus));
    }

    private static ObservedStatus observed(ResultSet row, String operatingStatus) throws SQLException {
        boolean isOffline = operatingStatus.equals("OFFLINE");
        var ends = row.getTimestamp("drained_until");
        var rest = ends == null ? "" : ": what is under way ends at " + Timestamps.onWire(ends.toInstant());
        if (isOffline) {
            return new ObservedStatus(operatingStatus, whyOffline(row) + rest, onWire(row.getTimestamp("since")));
        } else if (ends != null) {
            return new ObservedStatus(operatingStatus, "DRAINING" + rest, onWire(row.getTimestamp("drained_since")));
        }
        boolean isChecked = !operatingStatus.equals("NO_MONITOR");
        return isChecked
                ? new ObservedStatus(operatingStatus, whoDiffers(row), onWire(row.getTimestamp("since")))
                : new ObservedStatus(operatingStatus, null, null);
    }

    /** One that sees it healthy is enough; that others do not is told. */
    private static @Nullable String whoDiffers(ResultSet row) throws SQLException {
        int failing = row.getInt("failing");
        return failing == 0
                ? null
                : "WORKERS_DIFFER: %d of %d workers see it offline".formatted(failing, row.getInt("workers"));
    }

    private static @Nullable String onWire(@Nullable Timestamp time) {
        return time == null ? null : Timestamps.onWire(time.toInstant());
    }

    private static String whyOffline(ResultSet row) throws SQLException {
        var server = row.getString("server_status");
        if (!server.equals("ACTIVE")) {
            return "SERVER_" + server;
        }
        var reason = row.getString("reason");
        return reason == null ? NOT_CHECKED_YET : reason;
    }

    private static @Nullable FailedCheck failedCheck(ResultSet row) throws SQLException {
        var reason = row.getString("reason");
        return reason == null || reason.equals(NOT_CHECKED_YET)
                ? null
                : new FailedCheck(
                        reason,
                        orEmpty(row.getString("expected_response")),
                        orEmpty(row.getString("healthcheck_response")));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
