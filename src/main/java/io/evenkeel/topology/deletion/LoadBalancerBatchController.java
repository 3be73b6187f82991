package io.evenkeel.topology.deletion;

import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Load balancers")
class LoadBalancerBatchController {

    private final DeletionService service;

    LoadBalancerBatchController(DeletionService service) {
        this.service = service;
    }

    /**
     * @param unboundedPool whether pools that nothing else uses are deleted too (the default), or only detached
     * @param publicIp without effect: elastic addresses belong to others here and are only unbound
     */
    record LoadBalancerBatch(
            @NotNull @Size(min = 1, max = 100, message = DeletionController.BATCH)
            List<
                            @NotNull @Size(min = 1, max = 64, message = "must be an id")
                            @Pattern(regexp = "[^\\p{Cc}\\p{Cs}]*", message = "must be an id") String>
                    loadbalancerIds,

            @Nullable Boolean unboundedPool,
            @Nullable Boolean publicIp) {}

    record DeletedLoadBalancersAnswer(List<UUID> loadbalancerIds, UUID jobId, String requestId) {}

    @PostMapping("/v3/{project_id}/elb/loadbalancers/batch-delete")
    @Operation(
            operationId = "BatchDeleteLoadbalancers",
            summary =
                    "Deletes load balancers with their listeners and policies, and their pools too or not: all or none")
    DeletedLoadBalancersAnswer delete(
            @PathVariable("project_id") String projectId, @RequestBody @Valid LoadBalancerBatch body) {
        boolean withPools = !Boolean.FALSE.equals(body.unboundedPool());
        var deleted = service.deleteBatch(projectId, body.loadbalancerIds(), withPools);
        return new DeletedLoadBalancersAnswer(deleted.ids(), deleted.jobId(), RequestId.current());
    }
}
