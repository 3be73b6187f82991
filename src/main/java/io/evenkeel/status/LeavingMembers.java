package io.evenkeel.status;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes down which members leave to a limit. Takes part in the caller's transaction. */
class LeavingMembers {

    private final JdbcClient jdbc;

    LeavingMembers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** These members of the pool do so at this worker, and no others. Those that were deleted are passed over. */
    void record(String workerId, UUID poolId, Map<UUID, StatusRecorder.Leaving> byMember) {
        jdbc.sql("delete from member_drain where worker_id = :worker and pool_id = :pool")
                .param("worker", workerId)
                .param("pool", poolId)
                .update();
        if (byMember.isEmpty()) {
            return;
        }
        var entries = List.copyOf(byMember.entrySet());
        jdbc.sql("""
                        insert into member_drain (worker_id, member_id, pool_id, since, until)
                        select :worker, m.id, m.pool_id, n.since, n.until
                          from unnest(cast(:ids as uuid[]), cast(:since as timestamptz[]), cast(:until as timestamptz[]))
                               as n (id, since, until)
                          join member m on m.id = n.id and m.pool_id = :pool
                         order by m.id for key share of m""")
                .param("worker", workerId)
                .param("pool", poolId)
                .param("ids", column(entries, entry -> entry.getKey().toString()))
                .param("since", column(entries, entry -> text(entry.getValue().since())))
                .param("until", column(entries, entry -> text(entry.getValue().until())))
                .update();
    }

    private static String text(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toString();
    }

    private static String[] column(
            List<Map.Entry<UUID, StatusRecorder.Leaving>> entries,
            Function<Map.Entry<UUID, StatusRecorder.Leaving>, String> value) {
        return entries.stream().map(value).toArray(String[]::new);
    }

    /** Of these pools, which the worker does not hold any more. */
    void forget(String workerId, Collection<UUID> poolIds) {
        jdbc.sql("delete from member_drain where worker_id = :worker and pool_id = any(cast(:pools as uuid[]))")
                .param("worker", workerId)
                .param("pools", poolIds.stream().map(UUID::toString).toArray(String[]::new))
                .update();
    }

    /** A worker that starts has nothing under way. */
    void forget(String workerId) {
        jdbc.sql("delete from member_drain where worker_id = :worker")
                .param("worker", workerId)
                .update();
    }
}
