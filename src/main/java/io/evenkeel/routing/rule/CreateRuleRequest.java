package io.evenkeel.routing.rule;

import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.web.Patterns;
import io.evenkeel.routing.CompareType;
import io.evenkeel.routing.NotInEffect;
import io.evenkeel.routing.RuleType;
import io.evenkeel.routing.matching.Condition;
import io.evenkeel.routing.matching.RuleSpec;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A rule as a client asks for it, alone or as a part of its policy. */
public record CreateRuleRequest(
        @Nullable Boolean adminStateUp,

        @NotNull @Pattern(regexp = RuleType.NAMES, message = RuleType.NAMES_RULE)
        String type,

        @NotNull @Pattern(regexp = CompareType.NAMES, message = CompareType.NAMES_RULE)
        String compareType,

        @Nullable
        @Size(max = 255, message = "must be 0..255 characters long")
        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
        String key,

        @NotNull
        @Size(max = 128, message = "must be 1..128 characters long")
        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
        String value,

        @Nullable String projectId,
        @Nullable Boolean invert,

        @Nullable @Size(max = 10, message = "must hold at most 10 conditions")
        List<@NotNull @Valid ConditionInput> conditions) {

    /** One of several values. */
    public record ConditionInput(
            @Nullable
            @Size(max = 128, message = "must be 0..128 characters long")
            @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
            String key,

            @NotNull
            @Size(min = 1, max = 128, message = "must be 1..128 characters long")
            @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
            String value) {

        Condition toCondition() {
            return new Condition(Objects.requireNonNullElse(key, ""), value);
        }
    }

    /**
     * Errors: INVALID_INPUT.
     *
     * @param at the attribute that holds the rule
     */
    public RuleSpec toSpec(String pathProjectId, String at) {
        if (projectId != null && !projectId.equals(pathProjectId)) {
            throw ErrorCode.INVALID_INPUT.with(at + ".project_id", "must be the project of the path");
        }
        if (key != null && !key.isEmpty()) {
            NotInEffect.ofAttribute(at + ".key");
        }
        return new RuleSpec(
                        Objects.requireNonNullElse(adminStateUp, true),
                        RuleType.valueOf(type),
                        CompareType.valueOf(compareType),
                        value,
                        Objects.requireNonNullElse(invert, false),
                        conditions == null
                                ? List.of()
                                : conditions.stream()
                                        .map(ConditionInput::toCondition)
                                        .toList())
                .checked(at);
    }
}
