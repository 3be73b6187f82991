package io.evenkeel.routing.policy;

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
@RequestMapping("/v3/{project_id}/elb/l7policies")
@Tag(name = "L7 policies")
class PolicyController {

    private final PolicyService service;

    PolicyController(PolicyService service) {
        this.service = service;
    }

    record CreatePolicyEnvelope(@NotNull @Valid CreatePolicyRequest l7policy) {}

    record UpdatePolicyEnvelope(@NotNull @Valid UpdatePolicyRequest l7policy) {}

    record PolicyAnswer(PolicyResponse l7policy, String requestId) {

        PolicyAnswer(PolicyResponse l7policy) {
            this(l7policy, RequestId.current());
        }
    }

    record PolicyListAnswer(List<PolicyResponse> l7policies, PageInfo pageInfo, String requestId) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "CreateL7Policy", summary = "Says where some requests of a listener go")
    PolicyAnswer create(@PathVariable("project_id") String projectId, @RequestBody @Valid CreatePolicyEnvelope body) {
        return new PolicyAnswer(service.create(projectId, body.l7policy()));
    }

    @GetMapping
    @Operation(operationId = "ListL7Policies", summary = "Lists L7 policies, with their rules where asked to")
    PolicyListAnswer list(
            @PathVariable("project_id") String projectId, @RequestParam MultiValueMap<String, String> query) {
        var page = service.list(projectId, query);
        return new PolicyListAnswer(page.policies(), page.info(), RequestId.current());
    }

    @GetMapping("/{l7policy_id}")
    @Operation(operationId = "ShowL7Policy", summary = "Shows an L7 policy")
    PolicyAnswer show(@PathVariable("project_id") String projectId, @PathVariable("l7policy_id") UUID policyId) {
        return new PolicyAnswer(service.show(projectId, policyId));
    }

    @PutMapping("/{l7policy_id}")
    @Operation(
            operationId = "UpdateL7Policy",
            summary = "Changes an L7 policy; rules, where given, replace all of its rules")
    PolicyAnswer update(
            @PathVariable("project_id") String projectId,
            @PathVariable("l7policy_id") UUID policyId,
            @RequestBody @Valid UpdatePolicyEnvelope body) {
        return new PolicyAnswer(service.update(projectId, policyId, body.l7policy()));
    }

    @DeleteMapping("/{l7policy_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "DeleteL7Policy", summary = "Deletes an L7 policy and its rules")
    void delete(@PathVariable("project_id") String projectId, @PathVariable("l7policy_id") UUID policyId) {
        service.delete(projectId, policyId);
    }
}
