package io.evenkeel.topology.status;

import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Load balancers")
class StatusTreeController {

    private final StatusTreeService service;

    StatusTreeController(StatusTreeService service) {
        this.service = service;
    }

    record StatusTreeAnswer(StatusTree statuses, String requestId) {}

    @GetMapping("/v3/{project_id}/elb/loadbalancers/{loadbalancer_id}/statuses")
    @Operation(
            operationId = "ShowLoadBalancerStatus",
            summary = "Shows the status of a load balancer and of everything below it")
    StatusTreeAnswer show(
            @PathVariable("project_id") String projectId, @PathVariable("loadbalancer_id") UUID loadBalancerId) {
        return new StatusTreeAnswer(service.show(projectId, loadBalancerId), RequestId.current());
    }
}
