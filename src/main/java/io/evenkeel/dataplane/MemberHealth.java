package io.evenkeel.dataplane;

import io.evenkeel.dataplane.health.HealthState;
import io.evenkeel.dataplane.health.probe.Failure;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What a worker holds a checked member for.
 *
 * @param reason why it is offline: a name of the wire contract, or {@code NOT_CHECKED_YET}; absent when online
 * @param expected with {@code RESPONSE_MISMATCH}: the expected codes as configured
 * @param received with {@code RESPONSE_MISMATCH}: the status code received
 * @param since when it last turned online or offline
 */
public record MemberHealth(
        UUID poolId,
        UUID memberId,
        boolean isOnline,
        Optional<String> reason,
        Optional<String> expected,
        Optional<String> received,
        Instant since) {

    static MemberHealth of(UUID poolId, UUID memberId, HealthState state) {
        var failure = state.failure();
        return new MemberHealth(
                poolId,
                memberId,
                state.isOnline(),
                failure.map(cause -> cause.reason().name()),
                failure.flatMap(Failure::expected),
                failure.flatMap(Failure::received),
                state.since());
    }
}
