package io.evenkeel.audit;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The partitions of one table: one for each month, UTC, and the default one for rows of no such month. Each method takes
 * part in the caller's transaction.
 */
final class AuditPartitions {

    private static final Logger log = LoggerFactory.getLogger(AuditPartitions.class);
    private static final int MONTHS_AHEAD = 2;
    private static final Pattern NAME = Pattern.compile(".*_y(\\d{4})m(\\d{2})");

    private final String table;
    private final Duration keep;
    private final JdbcClient jdbc;
    private final Clock clock;

    AuditPartitions(String table, Duration keep, JdbcClient jdbc, Clock clock) {
        this.table = table;
        this.keep = keep;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Makes those of this month and the next two. */
    void make() {
        var existing = names();
        for (int ahead = 0; ahead <= MONTHS_AHEAD; ahead++) {
            var month = YearMonth.now(clock.withZone(ZoneOffset.UTC)).plusMonths(ahead);
            if (!existing.contains(name(month))) {
                make(month);
            }
        }
    }

    /** Rows of the month that lie in the default partition move; nobody writes there meanwhile. */
    private void make(YearMonth month) {
        var name = name(month);
        var range = "happened_at >= '%s' and happened_at < '%s'".formatted(begin(month), begin(month.plusMonths(1)));
        run("lock table " + other() + " in access exclusive mode");
        run("create table %s (like %s including defaults including constraints)".formatted(name, table));
        run("insert into %s select * from %s where %s".formatted(name, other(), range));
        run("delete from %s where %s".formatted(other(), range));
        run("alter table %s attach partition %s for values from ('%s') to ('%s')"
                .formatted(table, name, begin(month), begin(month.plusMonths(1))));
        log.atInfo().log("Made the partition {}", name);
    }

    /** Drops months that ended longer ago than rows are kept, and such rows of the default partition. */
    void drop() {
        var oldest = oldest();
        for (var name : names()) {
            month(name)
                    .filter(month -> !begin(month.plusMonths(1)).isAfter(oldest))
                    .ifPresent(month -> {
                        run("drop table " + name);
                        log.atInfo().log("Dropped the partition {}", name);
                    });
        }
        jdbc.sql("delete from " + other() + " where happened_at < :oldest")
                .param("oldest", Timestamp.from(oldest))
                .update();
    }

    /** What is older is not kept: the beginning of a month, so that rows, and what refers to them, go together. */
    Instant oldest() {
        return begin(YearMonth.from(clock.instant().minus(keep).atOffset(ZoneOffset.UTC)));
    }

    private List<String> names() {
        return jdbc.sql("""
                        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                         where i.inhparent = cast(:table as regclass) order by c.relname""")
                .param("table", table)
                .query((row, n) -> row.getString(1))
                .list();
    }

    private String name(YearMonth month) {
        return "%s_y%04dm%02d".formatted(table, month.getYear(), month.getMonthValue());
    }

    private static Optional<YearMonth> month(String name) {
        var parts = NAME.matcher(name.toLowerCase(Locale.ROOT));
        return parts.matches()
                ? Optional.of(YearMonth.of(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2))))
                : Optional.empty();
    }

    private String other() {
        return table + "_default";
    }

    private static Instant begin(YearMonth month) {
        return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /** Table names and times cannot be parameters here; none comes from outside. */
    private void run(String sql) {
        jdbc.sql(sql).update();
    }
}
