package io.evenkeel.diagnosis;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A member's health, merged and by worker.
 *
 * @param operatingStatus as in the member's own answer
 */
@Schema(name = "MemberHealth", description = "A member's health as its workers see it")
record MemberHealthTold(UUID memberId, UUID poolId, String operatingStatus, List<SeenByWorker> workers) {

    /** What one worker sees. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record SeenByWorker(
            String workerId,

            @Nullable @Schema(description = "Where the worker runs")
            String availabilityZone,

            @Schema(
                    description = "Whether the worker is heard",
                    allowableValues = {"live", "late", "gone"},
                    example = "live")
            String workerState,

            @Schema(
                    allowableValues = {"ONLINE", "OFFLINE"},
                    example = "ONLINE")
            String operatingStatus,

            @Schema(description = "Why its last check failed, or NOT_CHECKED_YET; null while it sees it healthy")
            @Nullable
            String reasonCode,

            @Nullable String expectedResponse,
            @Nullable String healthcheckResponse,

            @Schema(description = "Since when it sees it so, in UTC", example = "2026-03-02T17:40:09Z")
            String since) {}
}
