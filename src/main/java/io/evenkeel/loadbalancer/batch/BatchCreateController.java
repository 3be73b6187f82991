package io.evenkeel.loadbalancer.batch;

import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v3/{project_id}/elb/loadbalancers/batch-create")
@Tag(name = "Load balancers")
class BatchCreateController {

    private final BatchCreateService service;

    BatchCreateController(BatchCreateService service) {
        this.service = service;
    }

    record BatchCreateEnvelope(@NotNull @Valid BatchCreateLoadBalancersRequest loadbalancer) {}

    record BatchCreatedAnswer(List<UUID> loadbalancerIds, UUID jobId, String requestId) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "BatchCreateLoadBalancers", summary = "Creates up to ten load balancers, or none")
    BatchCreatedAnswer create(
            @PathVariable("project_id") String projectId, @RequestBody @Valid BatchCreateEnvelope body) {
        var created = service.create(projectId, body.loadbalancer());
        return new BatchCreatedAnswer(created.ids(), created.jobId(), RequestId.current());
    }
}
