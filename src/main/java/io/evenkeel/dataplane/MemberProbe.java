package io.evenkeel.dataplane;

import io.evenkeel.dataplane.health.probe.CheckResult;
import io.evenkeel.dataplane.health.probe.CheckTarget;
import io.evenkeel.dataplane.health.probe.SingleCheck;
import io.evenkeel.desiredstate.DesiredHealthMonitor;
import io.evenkeel.desiredstate.DesiredMember;
import java.util.Optional;

/** Checks one member once, exactly as the worker's own checks do, without touching what they have counted. */
public final class MemberProbe {

    private MemberProbe() {}

    /**
     * How the check ended.
     *
     * @param reason why not, by the names of the wire contract; or {@code WORKER_TROUBLE}, {@code NOT_SERVED}
     * @param expected the expected codes, only with RESPONSE_MISMATCH
     * @param received the code received, only with RESPONSE_MISMATCH
     */
    public record Outcome(
            boolean isPassed, Optional<String> reason, Optional<String> expected, Optional<String> received) {

        private static Outcome failed(String reason) {
            return new Outcome(false, Optional.of(reason), Optional.empty(), Optional.empty());
        }
    }

    /** Waits for the outcome, at most the monitor's timeout: not to be called on an event loop. */
    public static Outcome check(DesiredHealthMonitor monitor, DesiredMember member) {
        CheckTarget target;
        try {
            target = CheckTarget.of(monitor, member);
        } catch (IllegalArgumentException e) {
            return Outcome.failed("NOT_SERVED");
        }
        return switch (SingleCheck.run(target)) {
            case CheckResult.Passed passed -> new Outcome(true, Optional.empty(), Optional.empty(), Optional.empty());
            case CheckResult.Failed(var failure) ->
                new Outcome(false, Optional.of(failure.reason().name()), failure.expected(), failure.received());
            case CheckResult.OwnTrouble trouble -> Outcome.failed("WORKER_TROUBLE");
        };
    }
}
