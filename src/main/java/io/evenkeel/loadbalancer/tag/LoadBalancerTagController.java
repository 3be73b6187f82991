package io.evenkeel.loadbalancer.tag;

import io.evenkeel.loadbalancer.Tag;
import io.evenkeel.loadbalancer.TagChange;
import io.evenkeel.loadbalancer.TagColumn.KeyValues;
import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * As everywhere in the contract, tag operations have no {@code /elb} in their paths. Terraform's provider calls them by
 * the path that they had before v3, so they are served there as well.
 */
@RestController
@RequestMapping({"/v3/{project_id}/loadbalancers", "/v2.0/{project_id}/loadbalancers"})
@io.swagger.v3.oas.annotations.tags.Tag(name = "Tags", description = "Labels of load balancers and listeners")
class LoadBalancerTagController {

    private final LoadBalancerTagService service;

    LoadBalancerTagController(LoadBalancerTagService service) {
        this.service = service;
    }

    record LoadBalancerTagsAnswer(List<Tag> tags, String requestId) {}

    record LoadBalancerTagListAnswer(List<KeyValues> tags, String requestId) {}

    @PostMapping("/{loadbalancer_id}/tags/action")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "ChangeLoadbalancerTags", summary = "Adds or removes tags of a load balancer")
    void change(
            @PathVariable("project_id") String projectId,
            @PathVariable("loadbalancer_id") UUID loadbalancerId,
            @Valid @RequestBody TagChange body) {
        service.change(projectId, loadbalancerId, body);
    }

    @GetMapping("/{loadbalancer_id}/tags")
    @Operation(operationId = "ShowLoadbalancerTags", summary = "Shows the tags of a load balancer")
    LoadBalancerTagsAnswer show(
            @PathVariable("project_id") String projectId, @PathVariable("loadbalancer_id") UUID loadbalancerId) {
        return new LoadBalancerTagsAnswer(service.show(projectId, loadbalancerId), RequestId.current());
    }

    @GetMapping("/tags")
    @Operation(operationId = "ListLoadbalancerTags", summary = "Lists what load balancers are tagged with")
    LoadBalancerTagListAnswer list(@PathVariable("project_id") String projectId) {
        return new LoadBalancerTagListAnswer(service.list(projectId), RequestId.current());
    }
}
