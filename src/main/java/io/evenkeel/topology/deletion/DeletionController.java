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
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v3/{project_id}/elb")
class DeletionController {

    static final String BATCH = "must hold 1..100 ids";

    private final DeletionService service;

    DeletionController(DeletionService service) {
        this.service = service;
    }

    record CascadeEnvelope(@NotNull @Valid Cascade loadbalancer) {}

    /**
     * @param unboundedPool whether pools that nothing else uses are deleted too (the default), or only detached
     * @param publicIp whether elastic addresses are given back too; they belong to others here and are only unbound
     */
    record Cascade(
            @Nullable Boolean unboundedPool, @Nullable Boolean publicIp) {}

    record PoolBatch(
            @NotNull @Size(min = 1, max = 100, message = BATCH)
            List<
                            @NotNull @Size(min = 1, max = 64, message = "must be an id")
                            @Pattern(regexp = "[^\\p{Cc}\\p{Cs}]*", message = "must be an id") String>
                    pools) {}

    /** {@code ret_status} is successful or `not found`. */
    record DeletedPool(String id, String retStatus) {}

    record DeletedPoolsAnswer(List<DeletedPool> pools, String requestId) {}

    @DeleteMapping("/loadbalancers/{loadbalancer_id}/force-elb")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Tag(name = "Load balancers")
    @Operation(
            operationId = "DeleteLoadBalancerForce",
            summary = "Deletes a load balancer with its listeners, policies, pools, members and monitors")
    void force(@PathVariable("project_id") String projectId, @PathVariable("loadbalancer_id") UUID loadBalancerId) {
        service.deleteLoadBalancers(projectId, List.of(loadBalancerId), true);
    }

    @PostMapping("/loadbalancers/{loadbalancer_id}/delete-cascade")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Tag(name = "Load balancers")
    @Operation(
            operationId = "DeleteLoadBalancerCascade",
            summary = "Deletes a load balancer with its listeners and policies, and its pools too or not")
    void cascade(
            @PathVariable("project_id") String projectId,
            @PathVariable("loadbalancer_id") UUID loadBalancerId,
            @RequestBody @Valid CascadeEnvelope body) {
        boolean withPools = !Boolean.FALSE.equals(body.loadbalancer().unboundedPool());
        service.deleteLoadBalancers(projectId, List.of(loadBalancerId), withPools);
    }

    @DeleteMapping("/pools/{pool_id}/delete-cascade")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Tag(name = "Pools")
    @Operation(operationId = "DeletePoolCascade", summary = "Deletes a pool with its members and health monitor")
    void pool(@PathVariable("project_id") String projectId, @PathVariable("pool_id") UUID poolId) {
        service.deletePool(projectId, poolId);
    }

    @PostMapping("/pools/batch-delete")
    @Tag(name = "Pools")
    @Operation(
            operationId = "BatchDeletePools",
            summary = "Deletes pools with their members and health monitors: all that are there, or none")
    DeletedPoolsAnswer pools(@PathVariable("project_id") String projectId, @RequestBody @Valid PoolBatch body) {
        var deleted = service.deletePoolsThatAreThere(projectId, body.pools()).entrySet().stream()
                .map(pool -> new DeletedPool(pool.getKey(), pool.getValue() ? "successful" : "not found"))
                .toList();
        return new DeletedPoolsAnswer(deleted, RequestId.current());
    }
}
