package io.evenkeel.dataplane.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Examines claims once each, a few at a time and at a pace, so that asking is no load however much changes. Half of its
 * threads take what waits longest, the others what came last: a change is shown soon, even while everything else is to be
 * shown too. Of each subject only the newest claim counts. Claims may be made from any thread.
 */
public final class Prover implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Prover.class);
    private static final int THREADS = 4;
    private static final int PER_SECOND = 2_000;
    private static final int AT_ONCE = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Called on a thread of the prover. */
    public interface Listener {

        /** Every loop that is to answer did so. */
        void onProved(Claim claim);

        /** Not all did so; nothing newer is claimed of the subject. */
        void onUnproved(Claim claim, String why);
    }

    private final Examination examination;
    private final Listener listener;
    /** The newest of each subject that waits or is under way. */
    private final Map<Question, Claim> newest = new HashMap<>();

    private final BlockingDeque<Question> waiting = new LinkedBlockingDeque<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean isStopped;

    public Prover(Outstanding outstanding, Listener listener) {
        this.examination = new Examination(new Probe(outstanding), new Pace(PER_SECOND, AT_ONCE));
        this.listener = listener;
        for (int i = 0; i < THREADS; i++) {
            boolean takesLast = i % 2 == 0;
            threads.add(Thread.ofPlatform().daemon().name("evenkeel-proof-" + i).start(() -> run(takesLast)));
        }
    }

    /** Takes the place of an earlier claim about the same. */
    public void examine(Claim claim) {
        synchronized (newest) {
            if (newest.put(claim.subject(), claim) == null) {
                waiting.add(claim.subject());
            }
        }
    }

    /** Nothing is claimed of it any more. */
    public void drop(Question subject) {
        synchronized (newest) {
            newest.remove(subject);
        }
    }

    private void run(boolean takesLast) {
        while (!isStopped) {
            try {
                run(takesLast ? waiting.takeLast() : waiting.takeFirst());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.atError().setCause(e).log("What a proof led to failed");
            }
        }
    }

    private void run(Question subject) {
        Claim claim;
        synchronized (newest) {
            claim = newest.get(subject);
        }
        if (claim != null) {
            conclude(claim, failure(claim));
        }
    }

    private Optional<String> failure(Claim claim) {
        try {
            return examination.failure(claim);
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("An examination failed");
            return Optional.of(e.toString());
        }
    }

    private void conclude(Claim claim, Optional<String> failure) {
        boolean isNewest;
        synchronized (newest) {
            isNewest = newest.remove(claim.subject(), claim);
            if (newest.containsKey(claim.subject())) {
                waiting.add(claim.subject());
            }
        }
        if (failure.isEmpty()) {
            listener.onProved(claim);
        } else if (isNewest && !isStopped) {
            listener.onUnproved(claim, failure.get());
        }
    }

    /** Asks no more. What is under way ends at the latest when the ports that it asks are closed. */
    public void stop() {
        isStopped = true;
        threads.forEach(Thread::interrupt);
    }

    /** Waits for the end of its threads. */
    @Override
    public void close() {
        stop();
        try {
            for (var thread : threads) {
                if (!thread.join(PATIENCE)) {
                    log.atWarn().log("{} does not end", thread.getName());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
