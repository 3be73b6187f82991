package io.evenkeel.platform.database;

import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The partitions of one table by time: one for each step, UTC, and the default one for rows of no such step. Each method
 * takes part in the caller's transaction.
 */
public final class RangePartitions {

    private static final Logger log = LoggerFactory.getLogger(RangePartitions.class);

    private final String table;
    private final String column;
    private final PartitionStep step;
    private final JdbcClient jdbc;

    /** @param column the time by which the table is partitioned; neither name comes from outside */
    public RangePartitions(String table, String column, PartitionStep step, JdbcClient jdbc) {
        this.table = table;
        this.column = column;
        this.step = step;
        this.jdbc = jdbc;
    }

    /** Makes that of the moment's step and so many after it. */
    public void make(Instant now, int ahead) {
        var existing = names();
        var begin = step.begin(now);
        for (int n = 0; n <= ahead; n++) {
            if (!existing.contains(step.name(table, begin))) {
                make(begin);
            }
            begin = step.next(begin);
        }
    }

    /** Rows of the step that lie in the default partition move; nobody writes there meanwhile. */
    private void make(Instant begin) {
        var name = step.name(table, begin);
        var end = step.next(begin);
        var range = "%s >= '%s' and %s < '%s'".formatted(column, begin, column, end);
        run("lock table " + other() + " in access exclusive mode");
        run("create table %s (like %s including defaults including constraints)".formatted(name, table));
        run("insert into %s select * from %s where %s".formatted(name, other(), range));
        run("delete from %s where %s".formatted(other(), range));
        run("alter table %s attach partition %s for values from ('%s') to ('%s')".formatted(table, name, begin, end));
        log.atInfo().log("Made the partition {}", name);
    }

    /** Those whose last moment is before the given one, the oldest first. */
    public List<String> endedBefore(Instant moment) {
        return names().stream()
                .filter(name -> PartitionStep.begin(name)
                        .filter(begin -> !step.next(begin).isAfter(moment))
                        .isPresent())
                .toList();
    }

    public void drop(String partition) {
        run("drop table " + partition);
        log.atInfo().log("Dropped the partition {}", partition);
    }

    /** The partition of rows of no step. */
    public String other() {
        return table + "_default";
    }

    private List<String> names() {
        return jdbc.sql("""
                        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                         where i.inhparent = cast(:table as regclass) order by c.relname""")
                .param("table", table)
                .query((row, n) -> row.getString(1))
                .list();
    }

    /** Names and times cannot be parameters here. */
    private void run(String sql) {
        jdbc.sql(sql).update();
    }
}
