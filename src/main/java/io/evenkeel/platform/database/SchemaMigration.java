package io.evenkeel.platform.database;

import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;

/**
 * Migrates at the start. A process that is a worker alone has something to serve and starts without its database as
 * well; it calls {@link #complete} before it uses the database.
 */
@Component
public class SchemaMigration implements FlywayMigrationStrategy {

    private static final Logger log = LoggerFactory.getLogger(SchemaMigration.class);

    private final boolean mayWait;
    private @Nullable Flyway waiting;

    SchemaMigration(@Value("${evenkeel.roles}") List<String> roles) {
        this.mayWait = roles.equals(List.of("worker"));
    }

    @Override
    public synchronized void migrate(Flyway flyway) {
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            if (!mayWait || !DatabaseTrouble.isUnreachable(e)) {
                throw e;
            }
            waiting = flyway;
            log.atWarn().log("The database cannot be asked; the worker starts without it: {}", e.getMessage());
        }
    }

    /**
     * Makes up for what could not be done at the start. From any thread, as often as one likes.
     *
     * @throws DataAccessResourceFailureException when the database is still away
     */
    public synchronized void complete() {
        if (waiting == null) {
            return;
        }
        try {
            waiting.migrate();
            waiting = null;
        } catch (FlywayException e) {
            throw DatabaseTrouble.isUnreachable(e)
                    ? new DataAccessResourceFailureException("The database cannot be asked", e)
                    : e;
        }
    }
}
