package io.evenkeel.relations;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks at load balancers that changed again and again, as a node's change feed does, and keeps what a worker would be
 * told of a thing that their listeners use.
 */
final class Looking implements Runnable {

    /**
     * @param id the thing's
     * @param content SQL of its content as text, by {@code :id}
     * @param isUsed SQL condition over a listener {@code l}, by {@code :id}
     */
    record Thing(Object id, String content, String isUsed) {}

    private final TransactionTemplate transaction;
    private final JdbcClient jdbc;
    private final Thing thing;
    private final Map<String, String> told = new ConcurrentHashMap<>();
    private volatile boolean isStopped;
    private String last = "1:1:";

    Looking(PlatformTransactionManager transactions, JdbcClient jdbc, Thing thing) {
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setReadOnly(true);
        this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.jdbc = jdbc;
        this.thing = thing;
    }

    @Override
    public void run() {
        while (!isStopped) {
            look();
        }
    }

    void stop() {
        isStopped = true;
    }

    /** The thing's content as each load balancer that uses it was last told. */
    Map<String, String> told() {
        return told;
    }

    /** Tells those that changed since the last look; the thing's content as it is. */
    String look() {
        return Objects.requireNonNull(transaction.execute(status -> {
            var content = jdbc.sql(thing.content())
                    .param("id", thing.id())
                    .query(String.class)
                    .single();
            jdbc.sql("""
                            select cast(b.id as text) from load_balancer b
                            where not pg_visible_in_snapshot(b.changed_in, cast(:last as pg_snapshot))
                              and exists (select 1 from listener l where l.load_balancer_id = b.id and (%s))
                            """.formatted(thing.isUsed()))
                    .param("last", last)
                    .param("id", thing.id())
                    .query(String.class)
                    .list()
                    .forEach(id -> told.put(id, content));
            last = jdbc.sql("select cast(pg_current_snapshot() as text)")
                    .query(String.class)
                    .single();
            return content;
        }));
    }
}
