package io.evenkeel.routing.rule;

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
@Tag(name = "L7 rules")
class RuleController {

    private final RuleService service;

    RuleController(RuleService service) {
        this.service = service;
    }

    record CreateRuleEnvelope(@NotNull @Valid CreateRuleRequest rule) {}

    record UpdateRuleEnvelope(@NotNull @Valid UpdateRuleRequest rule) {}

    record RuleAnswer(RuleResponse rule, String requestId) {

        RuleAnswer(RuleResponse rule) {
            this(rule, RequestId.current());
        }
    }

    record RuleListAnswer(List<RuleResponse> rules, PageInfo pageInfo, String requestId) {}

    @PostMapping("/{l7policy_id}/rules")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "CreateL7Rule", summary = "Adds a rule to an L7 policy")
    RuleAnswer create(
            @PathVariable("project_id") String projectId,
            @PathVariable("l7policy_id") UUID policyId,
            @RequestBody @Valid CreateRuleEnvelope body) {
        return new RuleAnswer(service.create(projectId, policyId, body.rule()));
    }

    @GetMapping("/{l7policy_id}/rules")
    @Operation(operationId = "ListL7Rules", summary = "Lists the rules of an L7 policy")
    RuleListAnswer list(
            @PathVariable("project_id") String projectId,
            @PathVariable("l7policy_id") UUID policyId,
            @RequestParam MultiValueMap<String, String> query) {
        var page = service.list(projectId, policyId, query);
        return new RuleListAnswer(page.rules(), page.info(), RequestId.current());
    }

    @GetMapping("/rules")
    @Operation(operationId = "ListAllL7Rules", summary = "Lists the rules of all L7 policies of the project")
    RuleListAnswer listAll(
            @PathVariable("project_id") String projectId, @RequestParam MultiValueMap<String, String> query) {
        var page = service.listAll(projectId, query);
        return new RuleListAnswer(page.rules(), page.info(), RequestId.current());
    }

    @GetMapping("/{l7policy_id}/rules/{l7rule_id}")
    @Operation(operationId = "ShowL7Rule", summary = "Shows a rule of an L7 policy")
    RuleAnswer show(
            @PathVariable("project_id") String projectId,
            @PathVariable("l7policy_id") UUID policyId,
            @PathVariable("l7rule_id") UUID ruleId) {
        return new RuleAnswer(service.show(projectId, policyId, ruleId));
    }

    @PutMapping("/{l7policy_id}/rules/{l7rule_id}")
    @Operation(operationId = "UpdateL7Rule", summary = "Changes a rule of an L7 policy")
    RuleAnswer update(
            @PathVariable("project_id") String projectId,
            @PathVariable("l7policy_id") UUID policyId,
            @PathVariable("l7rule_id") UUID ruleId,
            @RequestBody @Valid UpdateRuleEnvelope body) {
        return new RuleAnswer(service.update(projectId, policyId, ruleId, body.rule()));
    }

    @DeleteMapping("/{l7policy_id}/rules/{l7rule_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "DeleteL7Rule", summary = "Takes a rule away from an L7 policy")
    void delete(
            @PathVariable("project_id") String projectId,
            @PathVariable("l7policy_id") UUID policyId,
            @PathVariable("l7rule_id") UUID ruleId) {
        service.delete(projectId, policyId, ruleId);
    }
}
