package io.evenkeel.certificate.policy;

import io.evenkeel.certificate.SystemSecurityPolicy;
import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v3/{project_id}/elb/system-security-policies")
@Tag(name = "Security policies")
class SystemSecurityPolicyController {

    /** Lists as texts here, joined by spaces and colons, unlike those of custom policies. */
    record SystemSecurityPolicyResponse(String name, String projectId, String protocols, String ciphers) {}

    record SystemSecurityPolicyListAnswer(
            List<SystemSecurityPolicyResponse> systemSecurityPolicies, String requestId) {}

    @GetMapping
    @Operation(
            operationId = "ListSystemSecurityPolicies",
            summary = "Lists the security policies that tls_ciphers_policy can name")
    SystemSecurityPolicyListAnswer list(@PathVariable("project_id") String projectId) {
        return new SystemSecurityPolicyListAnswer(
                SystemSecurityPolicy.ALL.stream()
                        .map(policy -> new SystemSecurityPolicyResponse(
                                policy.name(),
                                projectId,
                                String.join(" ", policy.protocols()),
                                String.join(":", policy.ciphers())))
                        .toList(),
                RequestId.current());
    }
}
