package io.evenkeel.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.EvenkeelTest;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Partitions as the months go by, on a table of the test's own. */
@EvenkeelTest
class PartitionTests {

    private static final Instant MAY = Instant.parse("2031-05-20T12:00:00Z");

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PartitionService service;

    @Autowired
    Clock clock;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    PartitionKeeper keeper;

    private final String table = "moved_" + Long.toHexString(UUID.randomUUID().getMostSignificantBits());

    @BeforeEach
    void begin() {
        jdbc.sql("create table %s (happened_at timestamptz not null, note text) partition by range (happened_at)"
                        .formatted(table))
                .update();
        jdbc.sql("create table %s_default partition of %s default".formatted(table, table))
                .update();
    }

    @AfterEach
    void end() {
        jdbc.sql("drop table " + table).update();
    }

    private void look(Instant now) {
        var partitions = new AuditPartitions(table, Duration.ofDays(90), jdbc, Clock.fixed(now, ZoneOffset.UTC));
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            partitions.make();
            partitions.drop();
        });
    }

    private void insert(Instant happenedAt) {
        jdbc.sql("insert into " + table + " values (?, 'kept')")
                .param(Timestamp.from(happenedAt))
                .update();
    }

    private List<String> partitions() {
        return jdbc.sql("""
                        select substr(c.relname, length(?) + 2) from pg_inherits i join pg_class c on c.oid = i.inhrelid
                         where i.inhparent = cast(? as regclass) order by 1""")
                .params(table, table)
                .query((row, n) -> row.getString(1))
                .list();
    }

    private List<String> homes() {
        return jdbc.sql("select substr(cast(tableoid as regclass)::text, length(?) + 2) from " + table + " order by 1")
                .param(table)
                .query((row, n) -> row.getString(1))
                .list();
    }

    @Test
    void areMadeBeforeTheFirstCallCanWrite() {
        assertThat(keeper.getPhase()).isLessThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE);
    }

    @Test
    void makesThisMonthAndTheNextTwo() {
        look(MAY);
        look(MAY);

        assertThat(partitions()).containsExactly("default", "y2031m05", "y2031m06", "y2031m07");
    }

    @Test
    void takesARowThatNoPartitionWaitsForAndMovesItOnceThereIsOne() {
        insert(MAY);
        insert(MAY.plus(Duration.ofDays(400)));
        assertThat(homes()).containsExactly("default", "default");

        look(MAY);

        assertThat(homes()).containsExactly("default", "y2031m05");
    }

    @Test
    void dropsAMonthThatEndedLongerAgoThanRowsAreKept() {
        look(MAY);
        insert(MAY);
        insert(MAY.plus(Duration.ofDays(20)));

        look(Instant.parse("2031-08-30T23:00:00Z"));
        assertThat(homes()).containsExactly("y2031m06");
        assertThat(partitions()).containsExactly("default", "y2031m06", "y2031m07", "y2031m08", "y2031m09", "y2031m10");
    }

    @Test
    void dropsOldRowsThatNeverHadAPartition() {
        insert(MAY.minus(Duration.ofDays(400)));
        insert(MAY.minus(Duration.ofDays(50)));

        look(MAY);

        assertThat(homes()).containsExactly("default");
    }

    @Test
    void hasPartitionsOfThisMonthFromTheStart() {
        var month = YearMonth.now(clock.withZone(ZoneOffset.UTC));
        var name = "y%04dm%02d".formatted(month.getYear(), month.getMonthValue());

        assertThat(jdbc.sql("select to_regclass(?) is not null and to_regclass(?) is not null")
                        .params("audit_record_" + name, "event_" + name)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void leavesTheTablesToAnotherNodeThatIsAtThem() {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            jdbc.sql("select pg_advisory_xact_lock(?)").param(0x6175646974L).query(row -> {});
            // On another connection: it neither waits nor fails.
            try (var other = Executors.newSingleThreadExecutor()) {
                assertThat(other.submit(service::drop)).succeedsWithin(Duration.ofSeconds(10));
            }
        });
    }
}
