package io.evenkeel.agentsync.traffic;

import io.evenkeel.dataplane.traffic.Traffic;
import io.evenkeel.platform.database.DatabaseTrouble;
import io.evenkeel.status.traffic.TrafficRecorder;
import io.micrometer.core.instrument.Counter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what a worker counted, on a thread of its own: reads at each multiple of the period on the wall clock, and keeps
 * what cannot be written yet. A reading that comes late, because the process stood still, tells of the longer time.
 */
public final class TrafficReporter implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TrafficReporter.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String workerId;
    private final Traffic traffic;
    private final TrafficRecorder recorder;
    private final Counter dropped;
    private final Clock clock;
    private final long periodMillis;
    private final Backlog backlog;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread;
    private Instant lastTakenAt = Instant.MIN;
    private boolean isBehind;

    /** @param dropped counts the rows that were given up before they could be written */
    TrafficReporter(
            String workerId,
            Traffic traffic,
            TrafficRecorder recorder,
            ReportProperties properties,
            Counter dropped,
            Clock clock) {
        this.workerId = workerId;
        this.traffic = traffic;
        this.recorder = recorder;
        this.dropped = dropped;
        this.clock = clock;
        this.periodMillis = properties.period().toMillis();
        this.backlog = new Backlog(properties.maxPendingRows());
        this.thread = Thread.ofPlatform().daemon().name("evenkeel-traffic").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            for (long period = period(); awaitEndOf(period); period = period()) {
                report(Instant.ofEpochMilli((period() - 1) * periodMillis));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        report(Instant.ofEpochMilli(period() * periodMillis));
    }

    /** Periods since 1970. */
    private long period() {
        return Math.floorDiv(clock.millis(), periodMillis);
    }

    /** False when this reporter ends before. A clock that is set, either way, ends the period as well. */
    private boolean awaitEndOf(long period) throws InterruptedException {
        while (period() == period) {
            if (end.await((period + 1) * periodMillis - clock.millis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return true;
    }

    private void report(Instant bucket) {
        try {
            backlog.add(Reading.of(bucket, takenAt(), traffic.takePeriod()));
            int excess = backlog.dropExcess(clock.instant());
            if (excess > 0) {
                drop(excess);
            }
            write();
        } catch (RuntimeException e) {
            // The thread must outlive any one reading.
            log.atError().addKeyValue("workerId", workerId).setCause(e).log("Traffic was not reported");
        }
    }

    /** In what the database keeps of a time, and never twice the same. */
    private Instant takenAt() {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        lastTakenAt = now.equals(lastTakenAt) ? now.plus(1, ChronoUnit.MICROS) : now;
        return lastTakenAt;
    }

    private void write() {
        for (var reading = backlog.oldest(); reading != null; reading = backlog.oldest()) {
            try {
                recorder.record(workerId, reading.bucket(), reading.takenAt(), reading.rows());
                isBehind = false;
            } catch (RuntimeException e) {
                if (DatabaseTrouble.mayPass(e)) {
                    fallBehind(e);
                    return;
                }
                log.atError().addKeyValue("workerId", workerId).setCause(e).log("Traffic cannot be written");
                drop(reading.rows().size());
            }
            backlog.removeOldest();
        }
    }

    private void fallBehind(RuntimeException failure) {
        if (!isBehind) {
            isBehind = true;
            log.atWarn().addKeyValue("workerId", workerId).log("Traffic is not written yet: {}", failure.getMessage());
        }
    }

    private void drop(int rows) {
        dropped.increment(rows);
        log.atWarn().addKeyValue("workerId", workerId).addKeyValue("rows", rows).log("Rows of traffic were given up");
    }

    /** Reads and writes a last time: to be called when the worker carries nothing any more. */
    @Override
    public void close() {
        end.countDown();
        try {
            if (!thread.join(PATIENCE)) {
                log.atWarn().addKeyValue("workerId", workerId).log("The last traffic may not be written");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
