package io.evenkeel.routing.policy;

import io.evenkeel.platform.json.Change;
import io.evenkeel.platform.web.Patterns;
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
import java.util.List;
import java.util.UUID;

/** What a client may change of a policy: absent stays, null takes away what the action does not need. */
record UpdatePolicyRequest(
        Change<
                        @Size(max = 255, message = "must be 0..255 characters long")
                        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE) String>
                name,
        Change<
                        @Size(max = 255, message = "must be 0..255 characters long")
                        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE) String>
                description,
        Change<Boolean> adminStateUp,
        Change<@Min(value = 0, message = "must be 0..10000") @Max(value = 10000, message = "must be 0..10000") Integer>
                priority,
        Change<@Pattern(regexp = Patterns.UUID, message = Patterns.UUID_RULE) String> redirectPoolId,
        Change<@Pattern(regexp = Patterns.UUID, message = Patterns.UUID_RULE) String> redirectListenerId,
        Change<@Valid RedirectUrlInput> redirectUrlConfig,
        Change<@Size(max = 5, message = "must hold at most 5 pools") List<@NotNull @Valid WeightedPoolInput>>
                redirectPoolsConfig,
        Change<@Valid StickySessionInput> redirectPoolsStickySessionConfig,
        Change<@Valid PoolExtrasInput> redirectPoolsExtendConfig,
        Change<@Valid FixedResponseInput> fixedResponseConfig,
        Change<@Size(max = 10, message = "must hold at most 10 rules") List<@NotNull @Valid CreateRuleRequest>> rules) {

    /** With the priority that is asked for. Errors: INVALID_INPUT. */
    PolicySpec applyTo(PolicySpec now) {
        return new PolicySpec(
                name.over(now.name(), ""),
                description.over(now.description(), ""),
                adminStateUp.orRefuse(now.adminStateUp(), "l7policy.admin_state_up"),
                now.action(),
                now.priority() == null
                        ? priority.over(now.priority())
                        : priority.orRefuse(now.priority(), "l7policy.priority"),
                redirectPoolId.map(UUID::fromString).over(now.redirectPoolId()),
                redirectListenerId.map(UUID::fromString).over(now.redirectListenerId()),
                redirectUrlConfig.map(RedirectUrlInput::value).over(now.redirectUrlConfig()),
                redirectPoolsConfig.map(WeightedPool::of).over(now.redirectPoolsConfig(), List.of()),
                redirectPoolsStickySessionConfig
                        .map(StickySessionInput::value)
                        .over(now.redirectPoolsStickySessionConfig()),
                redirectPoolsExtendConfig.map(PoolExtrasInput::value).over(now.redirectPoolsExtendConfig()),
                fixedResponseConfig.map(FixedResponseInput::value).over(now.fixedResponseConfig()));
    }

    /** The whole list after this request. Errors: INVALID_INPUT. */
    List<RuleSpec> rulesOver(List<RuleSpec> now, String projectId) {
        return rules.map(given -> CreatePolicyRequest.ruleSpecs(given, projectId))
                .over(now, List.of());
    }
}
