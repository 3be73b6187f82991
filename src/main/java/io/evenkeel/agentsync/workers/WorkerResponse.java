package io.evenkeel.agentsync.workers;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A worker as clients see it. */
@Schema(name = "Worker", description = "A process that carries traffic")
@JsonInclude(JsonInclude.Include.ALWAYS)
record WorkerResponse(
        String id,

        @Schema(description = "Where it runs; null: it was given none, and serves load balancers of every zone")
        @Nullable
        String availabilityZone,

        @Schema(description = "How many workers of its zone serve a load balancer; null: all of them") @Nullable
        Integer replicasPerZone,

        @Schema(description = "When its process began, in UTC", example = "2026-03-02T17:40:09Z")
        String startedAt,

        @Schema(description = "When it was heard last, in UTC", example = "2026-03-02T17:41:12Z")
        String heartbeatAt,

        @Schema(
                description =
                        "live; late when it was not heard for 10 seconds, so that others take its share; gone when it"
                                + " was not heard for a minute, after which it is forgotten",
                allowableValues = {"live", "late", "gone"},
                example = "live")
        String state,

        @Schema(
                description = "The snapshot of the database up to which it has taken every change",
                example = "811:811:")
        String watermark,

        @Schema(description = "The project's load balancers that fall to it; none when it is gone")
        List<WorkerLoadBalancer> loadbalancers) {

    record WorkerLoadBalancer(UUID id) {}
}
