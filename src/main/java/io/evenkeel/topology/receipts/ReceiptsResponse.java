package io.evenkeel.topology.receipts;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far the workers are with a resource.
 *
 * @param generation of the resource as it is configured now
 */
record ReceiptsResponse(
        UUID id,

        @Schema(description = "Of the resource as it is configured now")
        long generation,

        @Schema(description = "Whether every live worker was seen to serve it; false while none is live")
        boolean served,

        List<WorkerReceiptAnswer> workers) {

    /** One worker. */
    record WorkerReceiptAnswer(
            String workerId,
            @Nullable String availabilityZone,

            @Schema(description = "Whether it was heard within the last 10 seconds")
            boolean live,

            @Schema(
                    description =
                            "Whether it is to serve the resource: by its zone and evenkeel.worker.replicas-per-zone")
            boolean placed,

            @Schema(
                    description =
                            "SERVING: every event loop was seen to serve the desired generation; STANDBY: it holds it, and"
                                    + " its host does not have the address; REJECTED: it cannot serve it for what is in"
                                    + " rejected; APPLIED: it has taken it over and has not shown yet that it"
                                    + " serves it; PENDING: it has not taken it over")
            String state,

            long generationDesired,

            @Schema(description = "The generation it has taken over; null: none") @Nullable
            Long generationApplied,

            @Schema(description = "The last generation that every event loop was seen to serve; null: none") @Nullable
            Long generationServing,

            @Schema(description = "When the last event loop had shown generation_serving; UTC") @Nullable
            String servingSince,

            @Schema(description = "Why it has not shown yet that it serves what it took over")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            String reason,

            List<WorkerRejectionAnswer> rejected) {}

    /** What a worker holds, or was told, and does not serve. */
    record WorkerRejectionAnswer(
            @Schema(description = "loadbalancer, listener or pool")
            String resourceType,

            UUID resourceId,

            @Schema(description = "The generation it was found in; of a listener its load balancer's, 0 where unknown")
            long generation,

            @Schema(description = "Such as PORT_IN_USE") String reason,

            String message,
            String since) {}
}
