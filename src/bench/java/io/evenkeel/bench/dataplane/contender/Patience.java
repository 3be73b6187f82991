package io.evenkeel.bench.dataplane.contender;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what takes its time. */
final class Patience {

    private static final Duration BETWEEN = Duration.ofMillis(100);

    private Patience() {}

    /** Something that may not be so yet, or fail as long as it is not. */
    interface Condition {
        boolean holds() throws IOException;
    }

    /** Until the condition holds. False when it did not in time, or the process that it waits for has ended. */
    static boolean until(Duration atMost, Child needed, Condition condition) {
        return until(atMost, () -> needed.epitaph().isPresent(), condition);
    }

    private static boolean until(Duration atMost, Condition hopeless, Condition condition) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < deadline) {
            if (holds(condition)) {
                return true;
            }
            if (holds(hopeless)) {
                return false;
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
        return false;
    }

    private static boolean holds(Condition condition) {
        try {
            return condition.holds();
        } catch (IOException e) {
            return false;
        }
    }

    /** @throws IllegalStateException with the process's last words when the condition does not come to hold */
    static void require(String what, Child needed, Condition condition) {
        if (!until(Duration.ofSeconds(90), needed, condition)) {
            throw new IllegalStateException(what + " did not come. " + needed.log());
        }
    }
}
