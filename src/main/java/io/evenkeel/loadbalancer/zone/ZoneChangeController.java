package io.evenkeel.loadbalancer.zone;

import io.evenkeel.loadbalancer.rest.LoadBalancerResponse;
import io.evenkeel.loadbalancer.rest.LoadBalancerResponse.LoadBalancerAnswer;
import io.evenkeel.loadbalancer.rest.ZoneChangeService;
import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v3/{project_id}/elb/loadbalancers/{loadbalancer_id}/availability-zone")
@Tag(name = "Load balancers")
class ZoneChangeController {

    private final ZoneChangeService service;

    ZoneChangeController(ZoneChangeService service) {
        this.service = service;
    }

    record ZonesRequest(
            @NotNull @NotEmpty(message = "must name at least one availability zone")
            List<@NotNull @Size(min = 1, max = 64, message = "must be 1..64 characters long") String>
                    availabilityZoneList) {}

    record ZonesAddedAnswer(LoadBalancerResponse loadbalancer, UUID loadbalancerId, String requestId) {}

    @PostMapping("/batch-add")
    @Operation(operationId = "BatchAddAvailableZones", summary = "Adds availability zones to a load balancer")
    ZonesAddedAnswer add(
            @PathVariable("project_id") String projectId,
            @PathVariable("loadbalancer_id") UUID loadBalancerId,
            @RequestBody @Valid ZonesRequest body) {
        var changed = service.add(projectId, loadBalancerId, body.availabilityZoneList());
        return new ZonesAddedAnswer(changed, loadBalancerId, RequestId.current());
    }

    @PostMapping("/batch-remove")
    @Operation(
            operationId = "BatchRemoveAvailableZones",
            summary = "Takes a load balancer out of availability zones, but not out of its last")
    LoadBalancerAnswer remove(
            @PathVariable("project_id") String projectId,
            @PathVariable("loadbalancer_id") UUID loadBalancerId,
            @RequestBody @Valid ZonesRequest body) {
        return new LoadBalancerAnswer(service.remove(projectId, loadBalancerId, body.availabilityZoneList()));
    }
}
