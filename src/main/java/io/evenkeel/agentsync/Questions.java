package io.evenkeel.agentsync;

import io.evenkeel.agentsync.compile.DesiredStateCompiler;
import io.evenkeel.dataplane.MemberProbe;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.diagnosis.HealthCheckJobs;
import io.evenkeel.diagnosis.HealthCheckJobs.Answer;
import io.evenkeel.diagnosis.HealthCheckJobs.Claimed;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Claims what is asked of workers and answers it, on threads of its own: a check waits for its member. */
final class Questions implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Questions.class);
    private static final int AT_ONCE = 4;
    private static final long LOOK_EVERY_MILLIS = 500;

    private final String workerId;
    private final HealthCheckJobs jobs;
    private final DesiredStateCompiler compiler;
    private final TransactionTemplate snapshot;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(
            1 + AT_ONCE,
            Thread.ofPlatform().daemon().name("evenkeel-questions-", 0).factory());

    Questions(
            String workerId,
            HealthCheckJobs jobs,
            DesiredStateCompiler compiler,
            PlatformTransactionManager transactions) {
        this.workerId = workerId;
        this.jobs = jobs;
        this.compiler = compiler;
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setReadOnly(true);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    void start() {
        every(LOOK_EVERY_MILLIS, this::look);
        every(Duration.ofHours(1).toMillis(), jobs::forgetOld);
    }

    private void every(long millis, Runnable chore) {
        var _ = threads.scheduleWithFixedDelay(() -> logging(chore), millis, millis, TimeUnit.MILLISECONDS);
    }

    private static void logging(Runnable chore) {
        try {
            chore.run();
        } catch (DataAccessException | TransactionException e) {
            // The worker's own look says that the database is away.
            log.atDebug().setCause(e).log("Questions cannot be read or answered");
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("A question was not answered");
        }
    }

    private void look() {
        int most = free.availablePermits();
        if (most == 0) {
            return;
        }
        for (var claimed : jobs.claim(workerId, most)) {
            free.acquireUninterruptibly();
            threads.execute(() -> {
                try {
                    logging(() -> answer(claimed));
                } finally {
                    free.release();
                }
            });
        }
    }

    private void answer(Claimed claimed) {
        var pools = Objects.requireNonNull(snapshot.execute(status -> compiler.pools(List.of(claimed.poolId()))));
        long startedAt = System.nanoTime();
        var outcome = pools.stream().findFirst().flatMap(pool -> check(pool, claimed));
        var duration = Duration.ofNanos(System.nanoTime() - startedAt);
        jobs.answer(
                claimed.jobId(),
                outcome.map(o -> new Answer(o.isPassed(), o.reason(), o.expected(), o.received(), duration))
                        // The monitor went away between question and answer.
                        .orElseGet(() -> new Answer(
                                false, Optional.of("NO_MONITOR"), Optional.empty(), Optional.empty(), duration)));
    }

    private static Optional<MemberProbe.Outcome> check(DesiredPool pool, Claimed claimed) {
        return pool.healthMonitor()
                .flatMap(monitor -> pool.members().stream()
                        .filter(member -> member.id().equals(claimed.memberId()))
                        .findFirst()
                        .map(member -> MemberProbe.check(monitor, member)));
    }

    /** Leaves what is under way unanswered: its askers see that the worker was lost. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
