package io.evenkeel.status.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.testing.EvenkeelTest;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Counts as the hours go by, in tables of the test's own. */
@EvenkeelTest
class TrafficTablesTests {

    private static final Instant NOON = Instant.parse("2031-05-20T12:00:00Z");
    private static final Instant AFTERNOON = Instant.parse("2031-05-20T15:01:00Z");
    private static final UUID LISTENER = UUID.randomUUID();
    private static final UUID MEMBER = UUID.randomUUID();

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    TrafficKeepingService service;

    private final String suffix = Long.toHexString(UUID.randomUUID().getMostSignificantBits());
    private final String fine = "fine_" + suffix;
    private final String coarse = "coarse_" + suffix;

    @BeforeEach
    void begin() {
        make(fine, "traffic_10s");
        make(coarse, "traffic_5min");
        at(NOON, TrafficTables::make);
    }

    private void make(String table, String like) {
        jdbc.sql("create table %s (like %s including all) partition by range (bucket)".formatted(table, like))
                .update();
        jdbc.sql("create table %s_default partition of %s default".formatted(table, table))
                .update();
    }

    @AfterEach
    void end() {
        jdbc.sql("drop table " + fine + ", " + coarse).update();
    }

    private void at(Instant now, Consumer<TrafficTables> act) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> act.accept(tables(now)));
    }

    private TrafficTables tables(Instant now) {
        var properties = new TrafficProperties(Duration.ofHours(2), Duration.ofDays(7));
        return new TrafficTables(jdbc, fine, coarse, properties, Clock.fixed(now, ZoneOffset.UTC));
    }

    /** As it was read at the end of its bucket. */
    private void insert(Instant bucket, @Nullable UUID member, long picked, long active, String micros, String counts) {
        jdbc.sql("""
                        insert into %s (bucket, worker_id, taken_at, %s, %s, time_micros, time_counts)
                        select cast(:bucket as timestamptz), 'w', cast(:bucket as timestamptz) + interval '10.003 seconds', :listener, :listener, cast(:pool as uuid),
                               cast(:member as uuid), %s, :active, cast(:micros as bigint[]), cast(:counts as bigint[])
                        """.formatted(
                        fine,
                        TrafficColumns.THING,
                        TrafficColumns.COUNTS,
                        TrafficColumns.each(TrafficColumns.COUNTS, ":picked").replaceAll(", :picked$", "")))
                .param("bucket", Timestamp.from(bucket))
                .param("listener", LISTENER)
                .param("pool", member == null ? null : LISTENER.toString())
                .param("member", member == null ? null : member.toString())
                .param("picked", picked)
                .param("active", active)
                .param("micros", micros)
                .param("counts", counts)
                .update();
    }

    private static Instant noon(String time) {
        return Instant.parse("2031-05-20T12:" + time + "Z");
    }

    private List<String> rows(String table) {
        return jdbc.sql("""
                        select to_char(bucket at time zone 'UTC', 'HH24:MI:SS') || ' picked ' || picked || ' failures ' || failures
                               || ' active ' || active || ' times ' || time_micros::text || time_counts::text
                          from %s order by bucket, member_id nulls first""".formatted(table))
                .query((row, n) -> row.getString(1))
                .list();
    }

    private List<String> partitions() {
        return jdbc.sql("""
                        select substr(c.relname, length(?) + 2) from pg_inherits i join pg_class c on c.oid = i.inhrelid
                         where i.inhparent = cast(? as regclass) order by 1""")
                .params(fine, fine)
                .query((row, n) -> row.getString(1))
                .list();
    }

    @Test
    void condensesAnHourIntoFiveMinutesAndDropsIt() {
        insert(noon("00:00"), MEMBER, 5, 2, "{10,30}", "{1,4}");
        insert(noon("04:50"), MEMBER, 3, 1, "{20,30}", "{1,2}");
        insert(noon("00:10"), null, 7, 4, "{}", "{}");
        insert(noon("05:00"), MEMBER, 11, 6, "{}", "{}");

        at(AFTERNOON, tables -> {
            assertThat(tables.condenseOne()).isTrue();
            assertThat(tables.condenseOne()).isFalse();
        });

        assertThat(rows(coarse))
                .containsExactly(
                        "12:00:00 picked 7 failures 7 active 0 times {}{}",
                        "12:00:00 picked 8 failures 8 active 1 times {10,20,30}{1,1,6}",
                        "12:05:00 picked 11 failures 11 active 0 times {}{}");
        assertThat(rows(fine)).isEmpty();
        assertThat(partitions()).containsExactly("default", "y2031m05d20h13", "y2031m05d20h14");
    }

    @Test
    void leavesWhatIsNotOldEnough() {
        insert(noon("00:00"), MEMBER, 5, 0, "{}", "{}");

        at(
                Instant.parse("2031-05-20T14:59:59Z"),
                tables -> assertThat(tables.condenseOne()).isFalse());

        assertThat(rows(fine)).hasSize(1);
    }

    @Test
    void neitherLosesNorDoublesWhatAnEndInTheMiddleTookBack() {
        insert(noon("00:00"), MEMBER, 5, 0, "{10}", "{5}");
        insert(NOON.minus(Duration.ofHours(5)), MEMBER, 1, 0, "{}", "{}");
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            tables(AFTERNOON).condenseOne();
            tables(AFTERNOON).condenseLate();
            assertThat(rows(coarse)).hasSize(2);
            status.setRollbackOnly();
        });
        assertThat(rows(coarse)).isEmpty();
        assertThat(rows(fine)).hasSize(2);

        at(AFTERNOON, TrafficTables::condenseLate);
        at(AFTERNOON, TrafficTables::condenseOne);
        at(AFTERNOON, TrafficTables::condenseLate);

        assertThat(rows(fine)).isEmpty();
        assertThat(rows(coarse))
                .containsExactly(
                        "07:00:00 picked 1 failures 1 active 0 times {}{}",
                        "12:00:00 picked 5 failures 5 active 0 times {10}{5}");
    }

    @Test
    void addsWhatWasWrittenAfterItsHourWasCondensed() {
        insert(noon("00:00"), MEMBER, 5, 0, "{10,20}", "{3,2}");
        insert(noon("00:00"), null, 2, 0, "{}", "{}");
        at(AFTERNOON, TrafficTables::condenseOne);
        insert(noon("04:50"), MEMBER, 4, 1, "{20,40}", "{3,1}");
        insert(noon("00:20"), null, 1, 0, "{}", "{}");

        at(AFTERNOON, TrafficTables::condenseLate);

        assertThat(rows(fine)).isEmpty();
        assertThat(rows(coarse))
                .containsExactly(
                        "12:00:00 picked 3 failures 3 active 0 times {}{}",
                        "12:00:00 picked 9 failures 9 active 1 times {10,20,40}{3,5,1}");
    }

    @Test
    void mergesSketchesByTheLargerOfEachRegister() {
        insert(noon("00:00"), null, 1, 0, "{}", "{}");
        sketch(noon("00:00"), "{2,65,16321}", "{129}");
        insert(noon("00:10"), null, 1, 0, "{}", "{}");
        sketch(noon("00:10"), "{1,66,200}", "{}");
        at(AFTERNOON, TrafficTables::condenseOne);
        assertThat(sketches()).isEqualTo("{2,66,200,16321} {129}");
        insert(noon("00:20"), null, 1, 0, "{}", "{}");
        sketch(noon("00:20"), "{5,199,16322}", "{130,300}");

        at(AFTERNOON, TrafficTables::condenseLate);

        assertThat(sketches()).isEqualTo("{5,66,200,16322} {130,300}");
    }

    private void sketch(Instant bucket, String clients, String sessions) {
        jdbc.sql("""
                        update %s set client_sketch = cast(:clients as smallint[]), session_sketch = cast(:sessions as smallint[])
                         where bucket = cast(:bucket as timestamptz)""".formatted(fine))
                .param("clients", clients)
                .param("sessions", sessions)
                .param("bucket", Timestamp.from(bucket))
                .update();
    }

    private String sketches() {
        return jdbc.sql("select client_sketch::text || ' ' || session_sketch::text from " + coarse)
                .query(String.class)
                .single();
    }

    @Test
    void dropsDaysThatEndedLongerAgoThanTheyAreKept() {
        insert(NOON.minus(Duration.ofDays(3)), MEMBER, 1, 0, "{}", "{}");
        insert(noon("00:00"), MEMBER, 5, 0, "{}", "{}");
        at(AFTERNOON, tables -> {
            tables.condenseOne();
            tables.condenseLate();
        });

        at(Instant.parse("2031-05-26T00:00:00Z"), TrafficTables::drop);
        assertThat(rows(coarse)).as("the older one had no partition").hasSize(1);
        at(Instant.parse("2031-05-27T23:59:59Z"), TrafficTables::drop);
        assertThat(rows(coarse)).hasSize(1);
        at(Instant.parse("2031-05-28T00:00:00Z"), TrafficTables::drop);

        assertThat(rows(coarse)).isEmpty();
    }

    @Test
    void leavesTheTablesToAnotherNodeThatIsAtThem() {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            jdbc.sql("select pg_advisory_xact_lock(?)").param(0x74726166666963L).query(row -> {});
            // On another connection: it neither waits nor fails.
            try (var other = Executors.newSingleThreadExecutor()) {
                assertThat(other.submit(service::condenseOne))
                        .succeedsWithin(Duration.ofSeconds(10))
                        .isEqualTo(false);
            }
        });
    }

    @Test
    void hasPartitionsOfThisHourFromTheStart() {
        await().untilAsserted(() ->
                assertThat(jdbc.sql("""
                        select count(*) from pg_inherits where inhparent = 'traffic_10s'::regclass
                           and inhrelid::regclass::text = 'traffic_10s_y' || to_char(now() at time zone 'UTC', 'YYYY"m"MM"d"DD"h"HH24')
                        """).query(Integer.class).single()).isEqualTo(1));
    }
}
