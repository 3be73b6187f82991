package io.evenkeel.dataplane.health;

import io.evenkeel.dataplane.health.probe.CheckResult;
import io.evenkeel.dataplane.health.probe.Failure;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When results of checks change a member's state: no clock, no I/O. The first success of a new member brings it in at
 * once, whatever failed before; the first result of a trusted one alone decides; after that the thresholds count.
 */
final class HealthTracker {

    private enum Phase {
        UNCHECKED,
        TRUSTED,
        ONLINE,
        OFFLINE
    }

    private Phase phase;
    private int streak;
    private @Nullable Failure failure;

    private HealthTracker(Phase phase, @Nullable Failure failure) {
        this.phase = phase;
        this.failure = failure;
    }

    /** A member that gets no traffic before its first success. */
    static HealthTracker unchecked() {
        return new HealthTracker(Phase.UNCHECKED, Failure.NOT_CHECKED_YET);
    }

    /** A member that served unchecked before and stays in until its first result. */
    static HealthTracker trusted() {
        return new HealthTracker(Phase.TRUSTED, null);
    }

    boolean isOnline() {
        return failure == null;
    }

    /** Why it is offline. */
    Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Takes the next result.
     *
     * @return whether what the outside sees changed: online or not, or the reason
     */
    boolean record(CheckResult result, int risesAfter, int fallsAfter) {
        return switch (result) {
            case CheckResult.Passed ignored -> passed(risesAfter);
            case CheckResult.Failed failed -> failed(failed.failure(), fallsAfter);
            case CheckResult.OwnTrouble ignored -> false;
        };
    }

    private boolean passed(int risesAfter) {
        return switch (phase) {
            case UNCHECKED -> turn(Phase.ONLINE, null);
            case TRUSTED, ONLINE -> turn(Phase.ONLINE, failure);
            case OFFLINE -> ++streak >= risesAfter && turn(Phase.ONLINE, null);
        };
    }

    private boolean failed(Failure cause, int fallsAfter) {
        return switch (phase) {
            case UNCHECKED -> turn(Phase.UNCHECKED, cause);
            case TRUSTED, OFFLINE -> turn(Phase.OFFLINE, cause);
            case ONLINE -> ++streak >= fallsAfter && turn(Phase.OFFLINE, cause);
        };
    }

    private boolean turn(Phase next, @Nullable Failure cause) {
        boolean isVisible = !Objects.equals(failure, cause);
        phase = next;
        failure = cause;
        streak = 0;
        return isVisible;
    }
}
