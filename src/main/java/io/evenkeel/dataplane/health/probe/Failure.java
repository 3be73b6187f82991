package io.evenkeel.dataplane.health.probe;

import java.util.Optional;

/**
 * What was wrong with the last answer of a member.
 *
 * @param expected the expected codes as configured; only with {@link FailureReason#RESPONSE_MISMATCH}
 * @param received the status code received; only with {@link FailureReason#RESPONSE_MISMATCH}
 */
public record Failure(FailureReason reason, Optional<String> expected, Optional<String> received) {

    public static final Failure NOT_CHECKED_YET = of(FailureReason.NOT_CHECKED_YET);

    public static Failure of(FailureReason reason) {
        return new Failure(reason, Optional.empty(), Optional.empty());
    }

    static Failure mismatch(String expected, int received) {
        return new Failure(
                FailureReason.RESPONSE_MISMATCH, Optional.of(expected), Optional.of(Integer.toString(received)));
    }
}
