package io.evenkeel.audit.record;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A write as the audit shows it. */
@Schema(name = "AuditRecord", description = "One resource that one accepted write created, changed or deleted")
record AuditRecordResponse(
        UUID id,

        @Schema(description = "When it was written, UTC", example = "2026-01-02T03:04:05.678Z")
        String happenedAt,

        @Schema(description = "Id of the request, as its answer showed it; null for the system's own writes") @Nullable
        String requestId,

        @Schema(description = "Access key, or id of the token, that the request came with; system where none did")
        String caller,

        @Schema(description = "reader, operator or admin; null for the system's own writes") @Nullable
        String callerRole,

        @Schema(description = "Address the request came from; null for the system's own writes") @Nullable
        String sourceAddress,

        @Schema(description = "operationId in this document", example = "UpdateListener")
        String operation,

        @Schema(description = "CREATE, UPDATE or DELETE") String action,

        @Schema(example = "listener") String resourceKind,
        String resourceId,

        @Schema(description = "Of the load balancer or pool that the write advanced; null for what has no generation")
        @Nullable
        Long generation,

        @Schema(
                description =
                        "The attributes that differ, each with its values before and after; after alone when created,"
                                + " before alone when deleted. Secrets are shown as ***",
                example = "{\"weight\": {\"before\": 1, \"after\": 5}}")
        Map<String, Map<String, @Nullable Object>> difference) {}
