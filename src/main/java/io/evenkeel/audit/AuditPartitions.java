package io.evenkeel.audit;

import io.evenkeel.platform.database.PartitionStep;
import io.evenkeel.platform.database.RangePartitions;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The partitions of one table, by month. Each method takes part in the caller's transaction. */
final class AuditPartitions {

    private static final int MONTHS_AHEAD = 2;

    private final RangePartitions partitions;
    private final Duration keep;
    private final JdbcClient jdbc;
    private final Clock clock;

    AuditPartitions(String table, Duration keep, JdbcClient jdbc, Clock clock) {
        this.partitions = new RangePartitions(table, "happened_at", PartitionStep.MONTH, jdbc);
        this.keep = keep;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Makes those of this month and the next two. */
    void make() {
        partitions.make(clock.instant(), MONTHS_AHEAD);
    }

    /** Drops months that ended longer ago than rows are kept, and such rows of the default partition. */
    void drop() {
        var oldest = oldest();
        partitions.endedBefore(oldest).forEach(partitions::drop);
        jdbc.sql("delete from " + partitions.other() + " where happened_at < :oldest")
                .param("oldest", Timestamp.from(oldest))
                .update();
    }

    /** What is older is not kept: the beginning of a month, so that rows, and what refers to them, go together. */
    Instant oldest() {
        return PartitionStep.MONTH.begin(clock.instant().minus(keep));
    }
}
