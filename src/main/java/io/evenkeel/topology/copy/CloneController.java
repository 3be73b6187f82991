package io.evenkeel.topology.copy;

import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Load balancers")
class CloneController {

    private final CloneService service;

    CloneController(CloneService service) {
        this.service = service;
    }

    record Copy(UUID id) {}

    record ClonedAnswer(List<Copy> loadbalancerList, UUID jobId, String requestId) {}

    @PostMapping("/v3/{project_id}/elb/loadbalancers/{loadbalancer_id}/clone")
    @Operation(
            operationId = "CloneLoadbalancer",
            summary = "Copies a load balancer with its listeners, l7policies, pools, members and health monitors")
    ClonedAnswer copy(
            @PathVariable("project_id") String projectId,
            @PathVariable("loadbalancer_id") UUID loadBalancerId,
            @RequestBody @Valid CloneRequest body) {
        var cloned = service.copy(projectId, loadBalancerId, body);
        return new ClonedAnswer(cloned.ids().stream().map(Copy::new).toList(), cloned.jobId(), RequestId.current());
    }
}
