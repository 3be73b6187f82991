package io.evenkeel.agentsync;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final Thread sender;
    private final Thread listener;

    NotifyChannel(DataSource dataSource, Hints hints) {
        this.dataSource = dataSource;
        this.hints = hints;
        this.sender = daemon("evenkeel-notify", this::send);
        this.listener = daemon("evenkeel-listen", this::listen);
    }

    private Thread daemon(String name, Turn turn) {
        return Thread.ofPlatform().daemon().name(name).unstarted(() -> {
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
                    }
                }
            } finally {
                statement.execute("unlisten *");
            }
        }
    }

    private static void pause(Duration duration) {
        java.util.concurrent.locks.LockSupport.parkNanos(duration.toNanos());
    }

    @Override
    public void start() {
        if (isRunning.compareAndSet(false, true)) {
            sender.start();
            listener.start();
        }
    }

    @Override
    public void stop() {
        if (isRunning.compareAndSet(true, false)) {
            sender.interrupt();
            Threads.join(sender);
            Threads.join(listener);
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
