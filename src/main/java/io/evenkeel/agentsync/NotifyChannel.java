package io.evenkeel.agentsync;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Carries hints between nodes. One coalescing sender per node, on a connection of its own and never inside a write's
 * transaction, because {@code NOTIFY} would serialise commits (ADR 0001); one listener, on another connection.
 */
@Component
class NotifyChannel implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(NotifyChannel.class);
    private static final String CHANNEL = "evenkeel_changes";
    private static final Duration GAP = Duration.ofMillis(2);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final DataSource dataSource;
    private final Hints hints;
    private final Semaphore toSend = new Semaphore(0);
    private final AtomicBoolean isRunning = new AtomicBoolean();
    /** Of the current run: an application context may be stopped and started again. */
    private List<Thread> threads = List.of();

    NotifyChannel(DataSource dataSource, Hints hints) {
        this.dataSource = dataSource;
        this.hints = hints;
    }

    private Thread daemon(String name, Turn turn) {
        return Thread.ofPlatform().daemon().name(name).start(() -> {
            while (isRunning.get()) {
                try {
                    turn.run();
                } catch (SQLException e) {
                    log.atDebug().setCause(e).log("The change channel is down; looking every second instead");
                    pause(PATIENCE);
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
    }

    /** Something was committed here. Returns at once. */
    void announce() {
        toSend.release();
    }

    private void send() throws SQLException, InterruptedException {
        try (Connection connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            while (isRunning.get()) {
                toSend.acquire();
                toSend.drainPermits();
                statement.execute("notify " + CHANNEL);
                pause(GAP);
            }
        }
    }

    private void listen() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            statement.execute("listen " + CHANNEL);
            try {
                var server = connection.unwrap(PGConnection.class);
                while (isRunning.get()) {
                    if (server.getNotifications((int) PATIENCE.toMillis()).length > 0) {
                        hints.hint();
                    } else {
                        // A connection whose other end is gone without a word is as silent as one without changes.
                        statement.execute("select 1");
                    }
                }
            } finally {
                statement.execute("unlisten *");
            }
        }
    }

    private static void pause(Duration duration) {
        LockSupport.parkNanos(duration.toNanos());
    }

    @Override
    public synchronized void start() {
        if (isRunning.compareAndSet(false, true)) {
            threads = List.of(daemon("evenkeel-notify", this::send), daemon("evenkeel-listen", this::listen));
        }
    }

    @Override
    public synchronized void stop() {
        if (isRunning.compareAndSet(true, false)) {
            threads.getFirst().interrupt();
            threads.forEach(Threads::join);
        }
    }

    @Override
    public boolean isRunning() {
        return isRunning.get();
    }

    /** A step that goes on until its connection breaks. */
    private interface Turn {
        void run() throws SQLException, InterruptedException;
    }
}
