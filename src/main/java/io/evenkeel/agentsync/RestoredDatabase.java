package io.evenkeel.agentsync;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The command that belongs to a restore: {@code java -jar evenkeel.jar database-restored}. Generations of what was
 * restored may repeat or go back, and workers refuse older ones; it renews the incarnation, so that every worker begins
 * a new epoch and takes everything as the database has it now.
 */
@Component
public class RestoredDatabase {

    /** As the first argument of the process. */
    public static final String COMMAND = "database-restored";

    private static final Logger log = LoggerFactory.getLogger(RestoredDatabase.class);

    private final JdbcClient jdbc;

    RestoredDatabase(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In a statement of its own; workers notice at their next look, within a second. */
    public void run() {
        jdbc.sql("update incarnation set id = gen_random_uuid()").update();
        log.atInfo().log("The incarnation is renewed: workers take everything as the database has it now");
    }
}
