package io.evenkeel.agentsync;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * "Look now": carries no data, and any number of hints before a look are one. Losing one costs a second, no more.
 * Callable from any thread.
 */
@Component
class Hints {

    private final Semaphore pending = new Semaphore(0);

    void hint() {
        pending.release();
    }

    /** Waits for a hint, but no longer than this; takes all that came. */
    void await(Duration atMost) throws InterruptedException {
        if (pending.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            pending.drainPermits();
        }
    }
}
