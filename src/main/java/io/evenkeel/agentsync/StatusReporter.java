package io.evenkeel.agentsync;

import io.evenkeel.desiredstate.ResourceKind;
import io.evenkeel.platform.database.DatabaseTrouble;
import io.evenkeel.status.HealthObservation;
import io.evenkeel.status.Rejection;
import io.evenkeel.status.StatusRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Writes what a worker sees, on a thread of its own: a worker never waits for the database. Of each thing only the
 * newest state waits; what could not be written is tried again until it can, or something newer replaced it.
 */
final class StatusReporter implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StatusReporter.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration SETTLE_AFTER = Duration.ofSeconds(1);

    private final String workerId;
    private final StatusRecorder recorder;
    private final Semaphore pending = new Semaphore(0);
    private final Object lock = new Object();
    private final Unsettled unsettled;
    private Facts waiting = new Facts();
    private final Thread thread;
    private volatile boolean isClosed;

    private record Subject(Rejection.Kind kind, UUID id) {}

    /** Of each thing the newest state that is known. */
    private static final class Facts {
        private final Map<UUID, HealthObservation> health = new LinkedHashMap<>();
        private final Map<Subject, Optional<Rejection>> rejections = new LinkedHashMap<>();
        private final Map<UUID, Map<UUID, StatusRecorder.Leaving>> leaving = new LinkedHashMap<>();
        private Optional<Map<UUID, String>> standIns = Optional.empty();
        private final Set<UUID> withdrawn = new LinkedHashSet<>();

        private void addOlder(Facts older) {
            withdrawn.addAll(older.withdrawn);
            older.health.forEach(health::putIfAbsent);
            older.rejections.forEach(rejections::putIfAbsent);
            older.leaving.forEach(leaving::putIfAbsent);
            standIns = standIns.or(() -> older.standIns);
        }
    }

    StatusReporter(String workerId, StatusRecorder recorder) {
        this(workerId, recorder, SETTLE_AFTER);
    }

    StatusReporter(String workerId, StatusRecorder recorder, Duration settleAfter) {
        this.workerId = workerId;
        this.recorder = recorder;
        this.unsettled = new Unsettled(recorder, settleAfter);
        this.thread = Thread.ofPlatform().daemon().name("evenkeel-status").start(this::run);
    }

    void health(List<HealthObservation> observations) {
        synchronized (lock) {
            observations.forEach(observation -> waiting.health.put(observation.memberId(), observation));
        }
        pending.release();
    }

    /** Its configuration changed: what follows from it for members and zones is looked at in a second. */
    void changed(ResourceKind kind, UUID id) {
        synchronized (lock) {
            waiting.withdrawn.remove(id);
        }
        unsettled.add(kind, id);
        pending.release();
    }

    void rejected(Rejection rejection) {
        put(new Subject(rejection.kind(), rejection.resourceId()), Optional.of(rejection));
    }

    void serves(Rejection.Kind kind, UUID id) {
        put(new Subject(kind, id), Optional.empty());
    }

    /** Why, by pool, others take traffic than those who are there for it. */
    void standIns(Map<UUID, String> whyByPool) {
        synchronized (lock) {
            waiting.standIns = Optional.of(whyByPool);
        }
        pending.release();
    }

    /** These members of the pool get nothing new, to a limit, and no others. */
    void leaving(UUID poolId, Map<UUID, StatusRecorder.Leaving> byMember) {
        synchronized (lock) {
            waiting.leaving.put(poolId, byMember);
        }
        pending.release();
    }

    /** The pool is not held any more, and others serve it: what was seen of its members counts no longer. */
    void withdrawn(UUID poolId) {
        synchronized (lock) {
            waiting.withdrawn.add(poolId);
        }
        pending.release();
    }

    private void put(Subject subject, Optional<Rejection> state) {
        synchronized (lock) {
            waiting.rejections.put(subject, state);
        }
        pending.release();
    }

    private void run() {
        boolean isBehind = false;
        while (!isClosed) {
            try {
                boolean mustLook = isBehind || !unsettled.isEmpty();
                if (pending.tryAcquire(mustLook ? RETRY.toMillis() : Long.MAX_VALUE, TimeUnit.MILLISECONDS)) {
                    pending.drainPermits();
                }
                isBehind = !flush();
                unsettled.settleIfDue();
            } catch (InterruptedException e) {
                break;
            }
        }
        flush();
    }

    private boolean flush() {
        Facts facts;
        synchronized (lock) {
            facts = waiting;
            waiting = new Facts();
        }
        try {
            writeHealth(new ArrayList<>(facts.health.values()));
            facts.rejections.forEach(this::writeRejection);
            facts.standIns.ifPresent(pools -> write(pools, () -> recorder.recordStandIns(workerId, pools)));
            facts.leaving.forEach(
                    (pool, members) -> write(members, () -> recorder.recordLeaving(workerId, pool, members)));
            if (!facts.withdrawn.isEmpty()) {
                write(facts.withdrawn, () -> recorder.forgetPools(workerId, facts.withdrawn));
            }
            return true;
        } catch (DataAccessException | TransactionException e) {
            log.atWarn().addKeyValue("workerId", workerId).log("Status is not written yet: {}", e.getMessage());
            synchronized (lock) {
                waiting.addOlder(facts);
            }
            return false;
        }
    }

    private void writeHealth(List<HealthObservation> observations) {
        if (observations.isEmpty()) {
            return;
        }
        try {
            recorder.recordHealth(workerId, observations).forEach(pool -> unsettled.add(ResourceKind.POOL, pool));
        } catch (RuntimeException e) {
            if (DatabaseTrouble.mayPass(e)) {
                throw e;
            }
            if (observations.size() > 1) {
                observations.forEach(one -> writeHealth(List.of(one)));
            } else {
                passOver(observations.getFirst(), e);
            }
        }
    }

    private void writeRejection(Subject subject, Optional<Rejection> rejection) {
        write(
                subject,
                () -> rejection.ifPresentOrElse(
                        present -> recorder.recordRejection(workerId, present),
                        () -> recorder.clearRejection(workerId, subject.kind(), subject.id())));
    }

    private void write(Object fact, Runnable writing) {
        try {
            writing.run();
        } catch (RuntimeException e) {
            if (DatabaseTrouble.mayPass(e)) {
                throw e;
            }
            passOver(fact, e);
        }
    }

    /** One fact that cannot be written must not hold up the others; the next sweep tells it again. */
    private void passOver(Object fact, RuntimeException failure) {
        log.atError().addKeyValue("workerId", workerId).setCause(failure).log("Status not written: {}", fact);
    }

    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
        Threads.join(thread);
    }
}
