package io.evenkeel.agentsync;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Gives connections, makes callers wait for them, or has none, as a test wishes. */
final class MoodyDataSource extends DelegatingDataSource {

    private final Semaphore open = new Semaphore(Integer.MAX_VALUE / 2);
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean isAway;

    MoodyDataSource(DataSource real) {
        super(real);
    }

    void goAway() {
        isAway = true;
    }

    void comeBack() {
        isAway = false;
    }

    /** Who asks now waits until {@link #letGo}. */
    void makeWait() {
        open.drainPermits();
    }

    void letGo() {
        open.release(Integer.MAX_VALUE / 2);
    }

    /** How often a connection was asked for. */
    int asked() {
        return asked.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        asked.incrementAndGet();
        open.acquireUninterruptibly();
        open.release();
        if (isAway) {
            throw new SQLTransientConnectionException("no connection");
        }
        return super.getConnection();
    }
}
