package io.evenkeel.agentsync;

import io.evenkeel.agentsync.receipt.ReceiptAnnouncer;
import io.evenkeel.status.receipt.ReceiptWaits;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Carries hints between nodes. One coalescing sender per node, on a connection of its own and never inside a write's
 * transaction, because {@code NOTIFY} would serialise commits (ADR 0001); one listener, on another connection.
 */
@Component
class NotifyChannel implements ReceiptAnnouncer, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(NotifyChannel.class);
    private static final String CHANGES = "evenkeel_changes";
    private static final String RECEIPTS = "evenkeel_receipts";
    private static final Duration GAP = Duration.ofMillis(2);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final DataSource dataSource;
    private final Hints hints;
    private final ReceiptWaits waits;
    private final Semaphore toSend = new Semaphore(0);
    private final AtomicBoolean hasChanges = new AtomicBoolean();
    private final AtomicBoolean hasReceipts = new AtomicBoolean();
    private final AtomicBoolean isRunning = new AtomicBoolean();
    /** Of the current run: an application context may be stopped and started again. */
    private List<Thread> threads = List.of();

    NotifyChannel(DataSource dataSource, Hints hints, ReceiptWaits waits) {
        this.dataSource = dataSource;
        this.hints = hints;
        this.waits = waits;
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
        hasChanges.set(true);
        toSend.release();
    }

    @Override
    public void announceReceipts() {
        hasReceipts.set(true);
        toSend.release();
    }

    private void send() throws SQLException, InterruptedException {
        try (Connection connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            while (isRunning.get()) {
                toSend.acquire();
                toSend.drainPermits();
                if (hasChanges.getAndSet(false)) {
                    statement.execute("notify " + CHANGES);
                }
                if (hasReceipts.getAndSet(false)) {
                    statement.execute("notify " + RECEIPTS);
                }
                pause(GAP);
            }
        }
    }

    private void listen() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            statement.execute("listen " + CHANGES);
            statement.execute("listen " + RECEIPTS);
            try {
                var server = connection.unwrap(PGConnection.class);
                while (isRunning.get()) {
                    var heard = server.getNotifications((int) PATIENCE.toMillis());
                    if (heard.length > 0) {
                        hear(heard);
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

    private void hear(PGNotification[] heard) {
        for (var one : heard) {
            if (one.getName().equals(RECEIPTS)) {
                waits.hint();
            } else {
                hints.hint();
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
