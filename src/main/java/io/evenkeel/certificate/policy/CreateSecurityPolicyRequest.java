package io.evenkeel.certificate.policy;

import static java.util.Objects.requireNonNullElse;

import io.evenkeel.platform.web.Patterns;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client may say when it creates a security policy. */
record CreateSecurityPolicyRequest(
        @Size(max = 255, message = CreateSecurityPolicyRequest.UP_TO_255)
        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
        @Nullable
        String name,

        @Size(max = 255, message = CreateSecurityPolicyRequest.UP_TO_255)
        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
        @Nullable
        String description,

        @Pattern(regexp = Patterns.ENTERPRISE_PROJECT, message = Patterns.ENTERPRISE_PROJECT_RULE) @Nullable
        String enterpriseProjectId,

        @NotNull @Size(min = 1, max = 5, message = CreateSecurityPolicyRequest.UP_TO_5)
        List<@NotNull @Pattern(regexp = CipherSuites.PROTOCOLS, message = CipherSuites.PROTOCOLS_RULE) String>
                protocols,

        @NotNull @Size(min = 1, max = 30, message = CreateSecurityPolicyRequest.UP_TO_30)
        List<@NotNull @Pattern(regexp = CipherSuites.CIPHERS, message = CipherSuites.CIPHERS_RULE) String> ciphers) {

    static final String UP_TO_255 = "must be 0..255 characters long";
    static final String UP_TO_5 = "must hold 1..5 protocols";
    static final String UP_TO_30 = "must hold 1..30 ciphers";

    /** Errors: INVALID_INPUT. */
    SecurityPolicySpec toSpec() {
        return new SecurityPolicySpec(
                requireNonNullElse(name, ""), requireNonNullElse(description, ""), protocols, ciphers);
    }
}
