package io.evenkeel.status;

import io.evenkeel.audit.Event;
import io.evenkeel.audit.EventKind;
import io.evenkeel.audit.Events;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells each change of a member's merged status once, whoever saw it. The verdict follows the view
 * {@code member_status}: OFFLINE while the server does not run, ONLINE while at least one worker sees the member
 * healthy. That a worker did not check yet (it began, or the member is new) is no verdict, and changes none.
 *
 * <p>Takes part in the caller's transaction, after what was seen is written there: the verdicts are locked in the order
 * of the members, and read anew by the next statement, which sees what others committed before they let the lock go.
 * So of two workers that report at once, the later one judges by both reports.
 */
class MemberVerdicts {

    private static final String VERDICT = """
            select m.id as member_id, m.project_id, m.pool_id, host(m.address) as address, m.protocol_port, v.is_online as was,
                   case when s.status <> 'ACTIVE' then false
                        when hm.id is null and v.is_online is false then true
                        when hm.id is null then null
                        when h.is_online then true
                        when h.reason <> 'NOT_CHECKED_YET' then false
                   end as is_online,
                   case when s.status <> 'ACTIVE' then 'SERVER_' || s.status
                        when hm.id is null then 'NO_MONITOR'
                        else h.reason end as reason,
                   h.expected_response, h.healthcheck_response
              from member m
              join server s on s.project_id = m.project_id and s.id = m.server_id
              left join member_verdict v on v.member_id = m.id
              left join health_monitor hm on hm.pool_id = m.pool_id and hm.admin_state_up
              left join lateral (
                select x.is_online, coalesce(x.reason, '') as reason, x.expected_response, x.healthcheck_response
                  from member_health x where x.member_id = m.id
                 order by x.is_online desc, x.reason is not distinct from 'NOT_CHECKED_YET', x.since limit 1
              ) h on true
            """;

    private static final String DIFFERING = """
            select member_id from (%s where m.pool_id = any(cast(:pools as uuid[]))) j
             where j.is_online is not null and j.is_online is distinct from j.was
            """.formatted(VERDICT);

    private static final String CHANGE = """
            update member_verdict v set is_online = j.is_online, changes = v.changes + 1, since = :now
              from (%s where m.id = any(cast(:ids as uuid[]))) j
             where j.member_id = v.member_id and j.is_online is not null and j.is_online is distinct from v.is_online
            returning j.*, v.changes
            """.formatted(VERDICT);

    private final JdbcClient jdbc;
    private final Events events;
    private final Clock clock;

    MemberVerdicts(JdbcClient jdbc, Events events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    private record Change(UUID poolId, Event event) {}

    /** Members of the pools whose verdict is not what it should be, by what is committed and no lock. */
    List<UUID> differing(Collection<UUID> poolIds) {
        return jdbc.sql(DIFFERING)
                .param("pools", texts(poolIds))
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    /** Judges the members anew and tells what changed; answers with the pools of those that did. */
    Set<UUID> settle(Collection<UUID> memberIds) {
        if (memberIds.isEmpty()) {
            return Set.of();
        }
        var ids = texts(memberIds);
        lock(ids);
        var changes = jdbc.sql(CHANGE)
                .param("ids", ids)
                .param("now", Timestamp.from(clock.instant()))
                .query((row, n) -> change(row))
                .list();
        events.recordAll(changes.stream().map(Change::event).toList());
        return changes.stream().map(Change::poolId).collect(Collectors.toSet());
    }

    private void lock(String[] ids) {
        jdbc.sql("""
                        insert into member_verdict (member_id, since)
                        select m.id, :now from member m
                         where m.id = any(cast(:ids as uuid[])) order by m.id for key share
                        on conflict do nothing""")
                .param("ids", ids)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        jdbc.sql("""
                        select member_id from member_verdict
                         where member_id = any(cast(:ids as uuid[])) order by member_id for update""").param("ids", ids).query((row, n) -> row.getString(1)).list();
    }

    private Change change(ResultSet row) throws SQLException {
        boolean isOnline = row.getBoolean("is_online");
        var member = row.getString("member_id");
        var place = row.getString("address") + ":" + row.getInt("protocol_port");
        var details = details(row);
        return new Change(
                row.getObject("pool_id", UUID.class),
                new Event(
                        "member/" + member + "/" + row.getLong("changes"),
                        isOnline ? EventKind.MEMBER_ONLINE : EventKind.MEMBER_OFFLINE,
                        row.getString("project_id"),
                        "member",
                        member,
                        clock.instant(),
                        isOnline
                                ? "Member " + place + " is online"
                                : "Member %s is offline: %s".formatted(place, details.get("reason_code")),
                        details));
    }

    private static Map<String, Object> details(ResultSet row) throws SQLException {
        var details = new TreeMap<String, Object>();
        details.put("pool_id", row.getString("pool_id"));
        details.put("address", row.getString("address"));
        details.put("protocol_port", row.getInt("protocol_port"));
        for (var known : Map.of(
                        "reason", "reason_code",
                        "expected_response", "expected_response",
                        "healthcheck_response", "healthcheck_response")
                .entrySet()) {
            var value = row.getString(known.getKey());
            if (value != null && !value.isEmpty()) {
                details.put(known.getValue(), value);
            }
        }
        return details;
    }

    private static String[] texts(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }
}
