package io.evenkeel.certificate.policy;

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
@RequestMapping("/v3/{project_id}/elb/security-policies")
@Tag(name = "Security policies", description = "Which protocols and ciphers TLS listeners accept")
class SecurityPolicyController {

    private final SecurityPolicyService service;

    SecurityPolicyController(SecurityPolicyService service) {
        this.service = service;
    }

    record CreateSecurityPolicyEnvelope(@NotNull @Valid CreateSecurityPolicyRequest securityPolicy) {}

    record UpdateSecurityPolicyEnvelope(@NotNull @Valid UpdateSecurityPolicyRequest securityPolicy) {}

    record SecurityPolicyAnswer(SecurityPolicyResponse securityPolicy, String requestId) {

        SecurityPolicyAnswer(SecurityPolicyResponse securityPolicy) {
            this(securityPolicy, RequestId.current());
        }
    }

    record SecurityPolicyListAnswer(
            List<SecurityPolicyResponse> securityPolicies, PageInfo pageInfo, String requestId) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "CreateSecurityPolicy", summary = "Keeps a choice of protocols and ciphers")
    SecurityPolicyAnswer create(
            @PathVariable("project_id") String projectId, @RequestBody @Valid CreateSecurityPolicyEnvelope body) {
        return new SecurityPolicyAnswer(service.create(projectId, body.securityPolicy()));
    }

    @GetMapping
    @Operation(operationId = "ListSecurityPolicies", summary = "Lists custom security policies")
    SecurityPolicyListAnswer list(
            @PathVariable("project_id") String projectId, @RequestParam MultiValueMap<String, String> query) {
        var page = service.list(projectId, query);
        return new SecurityPolicyListAnswer(page.policies(), page.info(), RequestId.current());
    }

    @GetMapping("/{security_policy_id}")
    @Operation(operationId = "ShowSecurityPolicy", summary = "Shows a custom security policy and who uses it")
    SecurityPolicyAnswer show(
            @PathVariable("project_id") String projectId, @PathVariable("security_policy_id") UUID securityPolicyId) {
        return new SecurityPolicyAnswer(service.show(projectId, securityPolicyId));
    }

    @PutMapping("/{security_policy_id}")
    @Operation(
            operationId = "UpdateSecurityPolicy",
            summary = "Changes a custom security policy, for every listener that uses it")
    SecurityPolicyAnswer update(
            @PathVariable("project_id") String projectId,
            @PathVariable("security_policy_id") UUID securityPolicyId,
            @RequestBody @Valid UpdateSecurityPolicyEnvelope body) {
        return new SecurityPolicyAnswer(service.update(projectId, securityPolicyId, body.securityPolicy()));
    }

    @DeleteMapping("/{security_policy_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "DeleteSecurityPolicy", summary = "Deletes a security policy that no listener uses")
    void delete(
            @PathVariable("project_id") String projectId, @PathVariable("security_policy_id") UUID securityPolicyId) {
        service.delete(projectId, securityPolicyId);
    }
}
