package io.evenkeel.routing.priority;

import io.evenkeel.platform.web.Patterns;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "L7 policies")
class PriorityController {

    private final PriorityService service;

    PriorityController(PriorityService service) {
        this.service = service;
    }

    record WantedPriority(
            @NotNull @Pattern(regexp = Patterns.UUID, message = Patterns.UUID_RULE)
            String id,

            @NotNull @Min(value = 0, message = "must be 0..10000") @Max(value = 10000, message = "must be 0..10000")
            Integer priority) {}

    record BatchUpdatePrioritiesEnvelope(
            @Nullable @Size(max = 2000, message = "must hold at most 2000 policies")
            List<@NotNull @Valid WantedPriority> l7policies) {}

    @PostMapping("/v3/{project_id}/elb/l7policies/batch-update-priority")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "BatchUpdatePoliciesPriority",
            summary = "Changes the priorities of several L7 policies, all or none")
    void change(
            @PathVariable("project_id") String projectId,
            @RequestBody(required = false) @Valid @Nullable BatchUpdatePrioritiesEnvelope body) {
        service.change(projectId, body == null || body.l7policies() == null ? List.of() : body.l7policies());
    }
}
