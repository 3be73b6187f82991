package io.evenkeel.status;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A member's health as a worker sees it.
 *
 * @param reason null when online; a code of the wire contract, or NOT_CHECKED_YET
 * @param expectedResponse with RESPONSE_MISMATCH only
 * @param healthcheckResponse with RESPONSE_MISMATCH only
 * @param since when it came into this state
 */
public record HealthObservation(
        UUID memberId,
        boolean isOnline,
        @Nullable String reason,
        @Nullable String expectedResponse,
        @Nullable String healthcheckResponse,
        Instant since) {}
