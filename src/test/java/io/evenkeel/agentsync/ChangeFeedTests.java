package io.evenkeel.agentsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.agentsync.feed.ChangeFeed;
import io.evenkeel.agentsync.feed.Changes;
import io.evenkeel.desiredstate.ResourceKind;
import io.evenkeel.testing.EvenkeelTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** That no committed change is lost or late, in whatever order transactions commit. */
@EvenkeelTest
class ChangeFeedTests {

    private static final int WRITERS = 16;
    private static final int WRITES = 375;
    private static final int READERS = 3;
    private static final int POOLS = 300;
    private static final int HOT_POOLS = 10;

    /** A generation of a pool whose commit has returned. */
    private record Written(UUID pool, long generation) {}

    @Autowired
    ChangeFeed feed;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    private TransactionTemplate write;
    private TransactionTemplate snapshot;
    private Rows rows;

    @BeforeEach
    void begin() {
        rows = new Rows(jdbc);
        write = new TransactionTemplate(transactions);
        snapshot = new TransactionTemplate(transactions);
        snapshot.setReadOnly(true);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    @AfterEach
    void end() {
        rows.close();
    }

    private Changes since(String cursor) {
        return Objects.requireNonNull(snapshot.execute(status -> feed.since(cursor)));
    }

    @Test
    void bringsEveryCommitOnceAndNotLate() throws Exception {
        var pools = rows.pools(POOLS);
        var log = new ArrayList<Written>();
        var isOver = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reader>> readers = new ArrayList<>();
            for (int n = 0; n < READERS; n++) {
                var reader = new Reader(Set.copyOf(pools), log);
                readers.add(threads.submit(() -> reader.pollUntil(isOver)));
            }
            List<Callable<Void>> writers = new ArrayList<>();
            for (int n = 0; n < WRITERS; n++) {
                var random = new Random(n);
                writers.add(() -> writeAll(pools, random, log));
            }
            for (var writer : threads.invokeAll(writers)) {
                writer.get(60, TimeUnit.SECONDS);
            }
            isOver.set(true);
            for (var reader : readers) {
                var done = reader.get(60, TimeUnit.SECONDS);
                assertThat(done.polls).as("polls").isGreaterThan(10);
                assertThat(done.late)
                        .as("commits that a later poll did not see")
                        .isEmpty();
                assertThat(done.twice).as("generations delivered twice").isEmpty();
            }
        }
        assertThat(log).hasSizeGreaterThan(WRITERS * WRITES * 3 / 4);
    }

    private Void writeAll(List<UUID> pools, Random random, List<Written> log) {
        for (int n = 0; n < WRITES; n++) {
            var pool = pools.get(random.nextInt(random.nextBoolean() ? HOT_POOLS : POOLS));
            int die = random.nextInt(100);
            var generation = write.execute(status -> {
                if (die < 2) {
                    jdbc.sql("select cast(pg_current_xact_id() as text)")
                            .query(String.class)
                            .single();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
                }
                var advanced = advance(pool);
                if (die == 2) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(150)));
                } else if (die >= 90) {
                    status.setRollbackOnly();
                }
                return advanced;
            });
            if (die < 90) {
                synchronized (log) {
                    log.add(new Written(pool, Objects.requireNonNull(generation)));
                }
            }
        }
        return null;
    }

    private Long advance(UUID pool) {
        return jdbc.sql("""
                update pool set generation = generation + 1, changed_in = pg_current_xact_id() where id = ?
                returning generation
                """).param(pool).query(Long.class).single();
    }

    /** Polls as a reconciler does, and judges each poll by the commits that had returned before it began. */
    private final class Reader {
        private final Set<UUID> own;
        private final List<Written> log;
        private final Map<UUID, Long> seen = new HashMap<>();
        private final Set<Written> delivered = new HashSet<>();
        private final List<Written> late = new ArrayList<>();
        private final List<Written> twice = new ArrayList<>();
        private String cursor = Changes.BEGINNING;
        private int judged;
        private int polls;

        Reader(Set<UUID> own, List<Written> log) {
            this.own = own;
            this.log = log;
        }

        Reader pollUntil(AtomicBoolean isOver) {
            boolean isLast;
            do {
                isLast = isOver.get();
                List<Written> due;
                synchronized (log) {
                    due = List.copyOf(log.subList(judged, log.size()));
                }
                poll();
                judged += due.size();
                due.stream()
                        .filter(written -> seen.getOrDefault(written.pool(), 0L) < written.generation())
                        .forEach(late::add);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3));
            } while (!isLast);
            return this;
        }

        private void poll() {
            snapshot.executeWithoutResult(status -> {
                var changes = feed.since(cursor);
                var ids = changes.changed().getOrDefault(ResourceKind.POOL, List.of()).stream()
                        .filter(own::contains)
                        .map(UUID::toString)
                        .toArray(String[]::new);
                // Still the snapshot of the feed: the generations that it delivered.
                jdbc.sql("select id, generation from pool where id = any(cast(:ids as uuid[]))")
                        .param("ids", ids)
                        .query(row -> {
                            var id = row.getObject("id", UUID.class);
                            var one = new Written(id, row.getLong("generation"));
                            seen.put(id, one.generation());
                            if (!delivered.add(one)) {
                                twice.add(one);
                            }
                        });
                cursor = changes.cursor();
            });
            polls++;
        }
    }

    @Test
    void tellsWhatWasDeletedByItsLastGeneration() {
        var pool = rows.pool();
        rows.advance("pool", pool);
        var cursor = since(Changes.BEGINNING).cursor();
        rows.delete("pool", pool);

        var changes = since(cursor);

        assertThat(changes.deleted().get(ResourceKind.POOL)).containsEntry(pool, 3L);
        assertThat(changes.changed().get(ResourceKind.POOL)).doesNotContain(pool);
        assertThat(since(changes.cursor()).deleted().get(ResourceKind.POOL)).doesNotContainKey(pool);
    }

    @Test
    void stampsRowsOfARestoredClusterAnew() {
        var pool = rows.pool();
        jdbc.sql("update pool set changed_in = cast('99999999999' as xid8) where id = ?")
                .param(pool)
                .update();
        assertThat(since(since(Changes.BEGINNING).cursor()).changed().get(ResourceKind.POOL))
                .contains(pool);

        write.executeWithoutResult(status -> feed.restampRestoredRows());

        var changes = since(Changes.BEGINNING);
        assertThat(changes.changed().get(ResourceKind.POOL)).contains(pool);
        assertThat(since(changes.cursor()).changed().get(ResourceKind.POOL)).doesNotContain(pool);
    }

    @Test
    void dropsTombstonesOlderThanADay() {
        var old = rows.pool();
        var fresh = rows.pool();
        rows.delete("pool", old);
        rows.delete("pool", fresh);
        jdbc.sql("update tombstone set deleted_at = now() - interval '25 hours' where resource_id = ?")
                .param(old)
                .update();

        write.executeWithoutResult(status -> feed.dropOldTombstones());

        assertThat(since(Changes.BEGINNING).deleted().get(ResourceKind.POOL))
                .containsKey(fresh)
                .doesNotContainKey(old);
    }
}
