package io.evenkeel.audit.event;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event as clients see it. */
@Schema(name = "Event", description = "Something that happened of itself")
record EventResponse(
        UUID id,

        @Schema(description = "UTC", example = "2026-01-02T03:04:05.678Z")
        String happenedAt,

        @Schema(
                description =
                        "MEMBER_ONLINE, MEMBER_OFFLINE, AZ_COVERED, AZ_UNCOVERED, REJECTED, APPLIED, CERTIFICATE_EXPIRES, STAND_IN_BEGAN, STAND_IN_ENDED or WORKER_GONE",
                example = "MEMBER_OFFLINE")
        String kind,

        @Schema(example = "member") String resourceKind,
        String resourceId,

        @Schema(description = "A sentence for people") String message,

        @Schema(
                description = "What there is to know beside, such as pool_id and reason_code of a member",
                example = "{\"pool_id\": \"0197…\", \"reason_code\": \"CONNECT_TIMEOUT\"}")
        Map<String, @Nullable Object> details) {}
