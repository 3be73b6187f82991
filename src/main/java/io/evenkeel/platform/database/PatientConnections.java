package io.evenkeel.platform.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Where the pool gets its connections from. Left to itself it asks an absent database ever more seldom, at last every
 * five seconds, and everything would stand still for as long after the database is back. Here it asks five times a
 * second. Who waits for a connection is told after the pool's own timeout, as before.
 */
final class PatientConnections extends DelegatingDataSource {

    private static final Logger log = LoggerFactory.getLogger(PatientConnections.class);
    private static final Duration BETWEEN = Duration.ofMillis(200);

    private final HikariDataSource pool;

    private PatientConnections(DriverDataSource driver, HikariDataSource pool) {
        super(driver);
        this.pool = pool;
    }

    /** To be called before the pool gives its first connection. */
    static void under(HikariDataSource pool) {
        var driver = new DriverDataSource(
                pool.getJdbcUrl(),
                pool.getDriverClassName(),
                pool.getDataSourceProperties(),
                pool.getUsername(),
                pool.getPassword());
        pool.setDataSource(new PatientConnections(driver, pool));
    }

    @Override
    public Connection getConnection() throws SQLException {
        return connect(super::getConnection);
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return connect(() -> super.getConnection(username, password));
    }

    /** That of the driver's properties holds; the global one is left alone. */
    @Override
    public void setLoginTimeout(int seconds) {}

    private interface Attempt {
        Connection make() throws SQLException;
    }

    /** Only the pool's own thread is kept here: the first connection of all, which the start asks for, may fail. */
    private Connection connect(Attempt attempt) throws SQLException {
        boolean isTold = false;
        while (true) {
            try {
                var connection = attempt.make();
                if (isTold) {
                    log.atInfo().log("The database can be reached again");
                }
                return connection;
            } catch (SQLException e) {
                if (pool.getHikariPoolMXBean() == null || pool.isClosed() || !DatabaseTrouble.isUnreachable(e)) {
                    throw e;
                }
                if (!isTold) {
                    log.atWarn().log("The database cannot be reached: {}", e.getMessage());
                    isTold = true;
                }
                LockSupport.parkNanos(BETWEEN.toNanos());
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
    }
}
