package io.evenkeel.dataplane.health.probe;

/** How a check ended. */
public sealed interface CheckResult {

    record Passed() implements CheckResult {}

    record Failed(Failure failure) implements CheckResult {}

    /** The check says nothing about the member: the trouble was on our side. Changes no state and no count. */
    record OwnTrouble(String what) implements CheckResult {}

    static CheckResult failed(FailureReason reason) {
        return new Failed(Failure.of(reason));
    }
}
