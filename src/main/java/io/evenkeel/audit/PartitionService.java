package io.evenkeel.audit;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Makes partitions ahead and drops what is no longer kept, on one node at a time. */
@Service
class PartitionService {

    /** Any number that nobody else locks: "audit" in ASCII. */
    private static final long LOCK = 0x6175646974L;

    private final JdbcClient jdbc;
    private final AuditPartitions records;
    private final AuditPartitions events;

    PartitionService(JdbcClient jdbc, AuditProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.records = new AuditPartitions("audit_record", properties.audit().keep(), jdbc, clock);
        this.events = new AuditPartitions("event", properties.events().keep(), jdbc, clock);
    }

    /** Makes this month's and the next two, unless another node is at it. */
    @Transactional
    void make() {
        if (isAlone()) {
            List.of(records, events).forEach(AuditPartitions::make);
        }
    }

    /** Drops what is no longer kept, unless another node is at it. */
    @Transactional
    void drop() {
        if (!isAlone()) {
            return;
        }
        List.of(records, events).forEach(AuditPartitions::drop);
        jdbc.sql("delete from event_key where happened_at < :oldest")
                .param("oldest", Timestamp.from(events.oldest()))
                .update();
    }

    /** Until the end of the transaction, which waits for no writer longer than two seconds. */
    private boolean isAlone() {
        jdbc.sql("set local lock_timeout = '2s'").update();
        return jdbc.sql("select pg_try_advisory_xact_lock(:lock)")
                .param("lock", LOCK)
                .query(Boolean.class)
                .single();
    }
}
