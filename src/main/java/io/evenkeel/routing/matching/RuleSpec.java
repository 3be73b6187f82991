package io.evenkeel.routing.matching;

import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.routing.CompareType;
import io.evenkeel.routing.EvaluationOrder.Match;
import io.evenkeel.routing.RuleType;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/**
 * The whole configuration of a rule (wire contract, resources.md §7). A rule is made by {@link #checked}, because what
 * it refuses is named by where the rule stands in the request: alone, or in a list.
 *
 * @param value without meaning where there are conditions
 * @param invert whether it matches what the values do not
 */
@Embeddable
public record RuleSpec(
        boolean adminStateUp,
        @Enumerated(EnumType.STRING) RuleType type,
        @Enumerated(EnumType.STRING) CompareType compareType,
        String value,
        boolean invert,
        @JdbcTypeCode(SqlTypes.JSON) List<Condition> conditions) {

    public RuleSpec {
        conditions = List.copyOf(conditions);
    }

    /**
     * This rule, where it keeps the rules of its type. Errors: {@link ErrorCode#INVALID_INPUT}.
     *
     * @param at the attribute that holds the rule: {@code rule}, {@code l7policy.rules[0]}
     */
    public RuleSpec checked(String at) {
        if (!type.accepts(compareType)) {
            throw ErrorCode.INVALID_INPUT.with(at + ".compare_type", "must be EQUAL_TO for type " + type);
        }
        if (conditions.isEmpty()) {
            if (type.hasKey()) {
                throw ErrorCode.INVALID_INPUT.with(at + ".conditions", "must be given for type " + type);
            }
            RuleSyntax.checkValue(type, compareType, value, at + ".value");
        } else {
            checkConditions(at + ".conditions");
        }
        return this;
    }

    private void checkConditions(String at) {
        for (int i = 0; i < conditions.size(); i++) {
            RuleSyntax.checkKey(type, conditions.get(i).key(), at + "[" + i + "].key");
            RuleSyntax.checkValue(type, compareType, conditions.get(i).value(), at + "[" + i + "].value");
        }
        if (conditions.stream().map(Condition::key).distinct().count() > 1) {
            throw ErrorCode.INVALID_INPUT.with(at, "must all have the same key");
        }
        if (conditions.stream().map(Condition::value).distinct().count() < conditions.size()) {
            throw ErrorCode.INVALID_INPUT.with(at, "must not hold a value twice");
        }
    }

    /** Without advanced policies a listener knows plain hosts and paths only. Errors: INVALID_INPUT. */
    public void checkFor(boolean hasAdvancedPolicies, String at) {
        if (hasAdvancedPolicies) {
            return;
        }
        refuse(type.isAdvanced(), at + ".type", "must be HOST_NAME or PATH");
        refuse(!conditions.isEmpty(), at + ".conditions", "must not be given");
        refuse(type == RuleType.HOST_NAME && value.startsWith("*"), at + ".value", "must not begin with a wildcard");
    }

    private static void refuse(boolean isWrong, String attribute, String rule) {
        if (isWrong) {
            throw ErrorCode.INVALID_INPUT.with(attribute, rule + " unless the listener has enhance_l7policy_enable");
        }
    }

    /** How much of a policy's allowance it takes. */
    public int size() {
        return Math.max(1, conditions.size());
    }

    /** What it compares with; any of them satisfies it. */
    public List<Condition> values() {
        return conditions.isEmpty() ? List.of(new Condition("", value)) : conditions;
    }

    /** For {@link io.evenkeel.routing.EvaluationOrder}. */
    public Stream<Match> matches() {
        return values().stream().map(one -> new Match(type, compareType, one.value(), invert));
    }
}
