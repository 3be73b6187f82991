package io.evenkeel.routing.matching;

import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.routing.PolicyAction;
import io.evenkeel.routing.RuleType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All rules of one policy: a request must satisfy each of them. */
public final class RuleSet {

    /** Rules of a policy, each condition counted as one. */
    public static final int MAX_SIZE = 10;

    private static final Set<RuleType> AT_MOST_ONCE =
            EnumSet.of(RuleType.HOST_NAME, RuleType.PATH, RuleType.METHOD, RuleType.SOURCE_IP);

    private RuleSet() {}

    /**
     * Errors: {@link ErrorCode#INVALID_INPUT} for too many rules, or a type twice that may stand once.
     *
     * @param at the attribute to be blamed
     */
    public static void check(List<RuleSpec> rules, String at) {
        if (rules.stream().mapToInt(RuleSpec::size).sum() > MAX_SIZE) {
            throw ErrorCode.INVALID_INPUT.with(
                    at, "an l7policy must have at most %d rules, each condition counted as one".formatted(MAX_SIZE));
        }
        for (var type : AT_MOST_ONCE) {
            if (rules.stream().filter(rule -> rule.type() == type).count() > 1) {
                throw ErrorCode.INVALID_INPUT.with(at, "an l7policy must have at most one rule of type " + type);
            }
        }
    }

    /**
     * Equal for policies that match the same requests by the same rules, whatever their order and spelling. Empty where
     * no request can match: there is no rule, or one that is down.
     */
    public static Optional<String> digest(PolicyAction action, List<RuleSpec> rules) {
        if (action == PolicyAction.REDIRECT_TO_LISTENER) {
            return Optional.of("every request");
        }
        if (rules.isEmpty() || !rules.stream().allMatch(RuleSpec::adminStateUp)) {
            return Optional.empty();
        }
        return Optional.of(
                sha256(rules.stream().map(RuleSet::normal).distinct().sorted().collect(Collectors.joining("\n\n"))));
    }

    /** No value contains a line feed, so that no two rules run together. */
    private static String normal(RuleSpec rule) {
        var values = new TreeSet<String>();
        rule.values().forEach(one -> values.add(key(rule.type(), one.key()) + "\n" + value(rule.type(), one.value())));
        return "%s %s %s\n%s".formatted(rule.type(), rule.compareType(), rule.invert(), String.join("\n", values));
    }

    private static String key(RuleType type, String key) {
        return type == RuleType.HEADER ? key.toLowerCase(Locale.ROOT) : key;
    }

    private static String value(RuleType type, String value) {
        return switch (type) {
            case HOST_NAME -> value.toLowerCase(Locale.ROOT);
            case SOURCE_IP -> Network.parse(value).map(Network::canonical).orElse(value);
            case PATH, METHOD, HEADER, QUERY_STRING -> value;
        };
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
