package io.evenkeel.agentsync;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The thread that keeps one worker at the desired state: looks when hinted, at the latest every second; compares
 * everything once a minute; tells every two seconds that the worker lives. A database that is away stops none of it for
 * longer than it is away.
 */
final class AgentSync implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AgentSync.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(2);
    private static final Duration SWEEP_EVERY = Duration.ofMinutes(1);

    private final Hints hints;
    private final Reconciler reconciler;
    private final Chores chores;
    private final Timer heartbeat = new Timer(HEARTBEAT_EVERY);
    private final Thread thread;
    private volatile boolean isClosed;
    private boolean isAway;
    private boolean hasBegun;

    /** What is done beside looking. */
    interface Chores {
        /** Before the first look; until it succeeds nothing is looked at. */
        void begin();

        void heartbeat(String watermark);

        void sweep();
    }

    AgentSync(Hints hints, Reconciler reconciler, Chores chores) {
        this.hints = hints;
        this.reconciler = reconciler;
        this.chores = chores;
        reconciler.whileBusy(this::beat);
        this.thread = Thread.ofPlatform().daemon().name("evenkeel-agent-sync").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        var sweep = new Timer(SWEEP_EVERY);
        while (!isClosed) {
            try {
                begin();
                reconciler.look();
                beat();
                if (sweep.isDue()) {
                    reconciler.sweep();
                    chores.sweep();
                    sweep.done();
                }
                isBack();
                hints.await(LOOK_EVERY);
            } catch (InterruptedException e) {
                return;
            } catch (DataAccessException | TransactionException e) {
                isAway(e);
            } catch (RuntimeException e) {
                // The thread must outlive any one resource.
                log.atError().setCause(e).log("A look failed unexpectedly; the next one comes in a second");
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
        }
    }

    private void begin() {
        if (!hasBegun) {
            chores.begin();
            hasBegun = true;
        }
    }

    /** Also while much is being applied, or others would take its share. */
    private void beat() {
        if (heartbeat.isDue()) {
            chores.heartbeat(reconciler.watermark());
            heartbeat.done();
        }
    }

    /** Of elapsed time, not of the wall clock: that may be set back by hours. Due at once, and until it is done. */
    private static final class Timer {
        private final long everyNanos;
        private long nextNanos = System.nanoTime();

        Timer(Duration every) {
            everyNanos = every.toNanos();
        }

        boolean isDue() {
            return System.nanoTime() - nextNanos >= 0;
        }

        void done() {
            nextNanos = System.nanoTime() + everyNanos;
        }
    }

    private void isAway(RuntimeException failure) {
        if (!isAway) {
            isAway = true;
            log.atWarn().log("The database cannot be asked; the worker serves what it holds: {}", failure.getMessage());
        }
        LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }

    private void isBack() {
        if (isAway) {
            isAway = false;
            log.atInfo().log("The database answers again");
        }
    }

    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
        Threads.join(thread);
    }
}
