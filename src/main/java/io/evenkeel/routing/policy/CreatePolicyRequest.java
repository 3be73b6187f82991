package io.evenkeel.routing.policy;

import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.web.Patterns;
import io.evenkeel.routing.NotInEffect;
import io.evenkeel.routing.PolicyAction;
import io.evenkeel.routing.matching.RuleSpec;
import io.evenkeel.routing.rule.CreateRuleRequest;
import io.evenkeel.routing.settings.FixedResponse.FixedResponseInput;
import io.evenkeel.routing.settings.PoolExtras.PoolExtrasInput;
import io.evenkeel.routing.settings.RedirectUrl.RedirectUrlInput;
import io.evenkeel.routing.settings.StickySession.StickySessionInput;
import io.evenkeel.routing.settings.WeightedPool;
import io.evenkeel.routing.settings.WeightedPool.WeightedPoolInput;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a client may say when it creates a policy. */
record CreatePolicyRequest(
        @NotNull @Pattern(regexp = PolicyAction.NAMES, message = PolicyAction.NAMES_RULE)
        String action,

        @NotNull @Pattern(regexp = Patterns.UUID, message = Patterns.UUID_RULE)
        String listenerId,

        @Nullable
        @Size(max = 255, message = "must be 0..255 characters long")
        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
        String name,

        @Nullable
        @Size(max = 255, message = "must be 0..255 characters long")
        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
        String description,

        @Nullable Boolean adminStateUp,

        @Nullable @Min(value = 1, message = "must be 1..100") @Max(value = 100, message = "must be 1..100")
        Integer position,

        @Nullable @Min(value = 0, message = "must be 0..10000") @Max(value = 10000, message = "must be 0..10000")
        Integer priority,

        @Nullable String projectId,

        @Nullable @Pattern(regexp = Patterns.UUID, message = Patterns.UUID_RULE)
        String redirectPoolId,

        @Nullable @Pattern(regexp = Patterns.UUID, message = Patterns.UUID_RULE)
        String redirectListenerId,

        @Nullable
        @Size(max = 255, message = "must be 0..255 characters long")
        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
        String redirectUrl,

        @Nullable @Valid RedirectUrlInput redirectUrlConfig,

        @Nullable @Size(max = 5, message = "must hold at most 5 pools")
        List<@NotNull @Valid WeightedPoolInput> redirectPoolsConfig,

        @Nullable @Valid StickySessionInput redirectPoolsStickySessionConfig,
        @Nullable @Valid PoolExtrasInput redirectPoolsExtendConfig,
        @Nullable @Valid FixedResponseInput fixedResponseConfig,

        @Nullable @Size(max = 10, message = "must hold at most 10 rules")
        List<@NotNull @Valid CreateRuleRequest> rules) {

    /** With the priority that was asked for. Errors: INVALID_INPUT. */
    PolicySpec toSpec(String pathProjectId) {
        if (projectId != null && !projectId.equals(pathProjectId)) {
            throw ErrorCode.INVALID_INPUT.with("l7policy.project_id", "must be the project of the path");
        }
        return new PolicySpec(
                Objects.requireNonNullElse(name, ""),
                Objects.requireNonNullElse(description, ""),
                Objects.requireNonNullElse(adminStateUp, true),
                PolicyAction.valueOf(action),
                priority,
                redirectPoolId == null ? null : UUID.fromString(redirectPoolId),
                redirectListenerId == null ? null : UUID.fromString(redirectListenerId),
                redirectUrlConfig == null ? null : redirectUrlConfig.value(),
                redirectPoolsConfig == null ? List.of() : WeightedPool.of(redirectPoolsConfig),
                redirectPoolsStickySessionConfig == null ? null : redirectPoolsStickySessionConfig.value(),
                redirectPoolsExtendConfig == null ? null : redirectPoolsExtendConfig.value(),
                fixedResponseConfig == null ? null : fixedResponseConfig.value());
    }

    List<RuleSpec> ruleSpecs(String pathProjectId) {
        return rules == null ? List.of() : ruleSpecs(rules, pathProjectId);
    }

    /** Errors: INVALID_INPUT naming the rule by its index. */
    static List<RuleSpec> ruleSpecs(List<CreateRuleRequest> rules, String pathProjectId) {
        var specs = new ArrayList<RuleSpec>();
        for (int i = 0; i < rules.size(); i++) {
            specs.add(rules.get(i).toSpec(pathProjectId, "l7policy.rules[" + i + "]"));
        }
        return specs;
    }

    void warn() {
        if (position != null && position != 100) {
            NotInEffect.ofAttribute("l7policy.position");
        }
        if (redirectUrl != null && !redirectUrl.isEmpty()) {
            NotInEffect.ofAttribute("l7policy.redirect_url");
        }
    }
}
