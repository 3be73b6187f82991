package io.evenkeel.certificate.policy;

import io.evenkeel.platform.json.Change;
import io.evenkeel.platform.web.Patterns;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/** What a client may change of a security policy; lists are replaced as a whole. */
record UpdateSecurityPolicyRequest(
        Change<
                        @Size(max = 255, message = CreateSecurityPolicyRequest.UP_TO_255)
                        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE) String>
                name,
        Change<
                        @Size(max = 255, message = CreateSecurityPolicyRequest.UP_TO_255)
                        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE) String>
                description,
        Change<
                        @Size(min = 1, max = 5, message = CreateSecurityPolicyRequest.UP_TO_5) List<
                                @NotNull
                                @Pattern(regexp = CipherSuites.PROTOCOLS, message = CipherSuites.PROTOCOLS_RULE)
                                String>>
                protocols,
        Change<
                        @Size(min = 1, max = 30, message = CreateSecurityPolicyRequest.UP_TO_30) List<
                                @NotNull @Pattern(regexp = CipherSuites.CIPHERS, message = CipherSuites.CIPHERS_RULE)
                                String>>
                ciphers) {

    /** Errors: INVALID_INPUT. */
    SecurityPolicySpec applyTo(SecurityPolicySpec now) {
        return new SecurityPolicySpec(
                name.over(now.name(), ""),
                description.over(now.description(), ""),
                protocols.orRefuse(now.protocols(), "security_policy.protocols"),
                ciphers.orRefuse(now.ciphers(), "security_policy.ciphers"));
    }
}
