package io.evenkeel.loadbalancer.rest;

import io.evenkeel.loadbalancer.rest.LoadBalancerResponse.LoadBalancerAnswer;
import io.evenkeel.platform.paging.PageInfo;
import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v3/{project_id}/elb/loadbalancers")
@Tag(name = "Load balancers")
class LoadBalancerController {

    private final LoadBalancerService service;

    LoadBalancerController(LoadBalancerService service) {
        this.service = service;
    }

    record CreateLoadBalancerEnvelope(@NotNull @Valid CreateLoadBalancerRequest loadbalancer) {}

    record UpdateLoadBalancerEnvelope(@NotNull @Valid UpdateLoadBalancerRequest loadbalancer) {}

    record LoadBalancerListAnswer(List<LoadBalancerResponse> loadbalancers, PageInfo pageInfo, String requestId) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "CreateLoadBalancer", summary = "Creates a load balancer and takes its VIP")
    LoadBalancerAnswer create(
            @PathVariable("project_id") String projectId, @RequestBody @Valid CreateLoadBalancerEnvelope body) {
        return new LoadBalancerAnswer(service.create(projectId, body.loadbalancer()));
    }

    @GetMapping
    @Operation(
            operationId = "ListLoadBalancers",
            summary = "Lists load balancers, among others those that a backend server gets traffic from")
    LoadBalancerListAnswer list(
            @PathVariable("project_id") String projectId, @RequestParam MultiValueMap<String, String> query) {
        var page = service.list(projectId, query);
        return new LoadBalancerListAnswer(page.answers(), page.ids().info(), RequestId.current());
    }

    @GetMapping("/{loadbalancer_id}")
    @Operation(operationId = "ShowLoadBalancer", summary = "Shows a load balancer")
    LoadBalancerAnswer show(
            @PathVariable("project_id") String projectId, @PathVariable("loadbalancer_id") UUID loadBalancerId) {
        return new LoadBalancerAnswer(service.show(projectId, loadBalancerId));
    }

    @PutMapping("/{loadbalancer_id}")
    @Operation(operationId = "UpdateLoadBalancer", summary = "Changes a load balancer")
    LoadBalancerAnswer update(
            @PathVariable("project_id") String projectId,
            @PathVariable("loadbalancer_id") UUID loadBalancerId,
            @RequestBody @Valid UpdateLoadBalancerEnvelope body) {
        return new LoadBalancerAnswer(service.update(projectId, loadBalancerId, body.loadbalancer()));
    }

    @DeleteMapping("/{loadbalancer_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "DeleteLoadBalancer", summary = "Deletes a load balancer that nothing uses")
    void delete(@PathVariable("project_id") String projectId, @PathVariable("loadbalancer_id") UUID loadBalancerId) {
        service.delete(projectId, loadBalancerId);
    }
}
