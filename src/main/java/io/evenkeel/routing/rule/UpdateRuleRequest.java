package io.evenkeel.routing.rule;

import io.evenkeel.platform.json.Change;
import io.evenkeel.platform.web.Patterns;
import io.evenkeel.routing.CompareType;
import io.evenkeel.routing.NotInEffect;
import io.evenkeel.routing.matching.RuleSpec;
import io.evenkeel.routing.rule.CreateRuleRequest.ConditionInput;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/** What a client wants changed of a rule: absent stays, null puts the default back. */
record UpdateRuleRequest(
        Change<Boolean> adminStateUp,
        Change<@Pattern(regexp = CompareType.NAMES, message = CompareType.NAMES_RULE) String> compareType,
        Change<
                        @Size(max = 255, message = "must be 0..255 characters long")
                        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE) String>
                key,
        Change<
                        @Size(max = 128, message = "must be 1..128 characters long")
                        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE) String>
                value,
        Change<Boolean> invert,
        Change<@Size(max = 10, message = "must hold at most 10 conditions") List<@NotNull @Valid ConditionInput>>
                conditions) {

    /** Errors: INVALID_INPUT. */
    RuleSpec applyTo(RuleSpec now) {
        return new RuleSpec(
                        adminStateUp.orRefuse(now.adminStateUp(), "rule.admin_state_up"),
                        now.type(),
                        compareType.map(CompareType::valueOf).orRefuse(now.compareType(), "rule.compare_type"),
                        value.orRefuse(now.value(), "rule.value"),
                        invert.over(now.invert(), false),
                        conditions
                                .map(given -> given.stream()
                                        .map(ConditionInput::toCondition)
                                        .toList())
                                .over(now.conditions(), List.of()))
                .checked("rule");
    }

    void warn() {
        if (key instanceof Change.Put<String>(String given) && !given.isEmpty()) {
            NotInEffect.ofAttribute("rule.key");
        }
    }
}
