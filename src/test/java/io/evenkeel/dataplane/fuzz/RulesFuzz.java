package io.evenkeel.dataplane.fuzz;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.evenkeel.dataplane.http.routing.matching.Asked;
import io.evenkeel.dataplane.http.routing.matching.LinearMatcher;
import io.evenkeel.dataplane.http.routing.matching.Matcher;
import io.evenkeel.desiredstate.routing.DesiredRule;
import io.evenkeel.desiredstate.routing.DesiredRule.Comparison;
import io.evenkeel.desiredstate.routing.DesiredRule.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Policies and a request: the matcher finds the policy that trying one after the other finds. A line is a rule, an empty
 * one ends a policy, the line {@code @} all of them; then come host, target and fields of the request.
 */
public final class RulesFuzz {

    private static final String END = "@";
    private static final int MAX_VALUE = 128;

    private RulesFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var lines = List.of(Claims.text(input).split("\n", -1));
        int end = lines.indexOf(END);
        if (end < 0 || lines.size() < end + 3) {
            return;
        }
        var policies = policies(lines.subList(0, end));
        var request = request(lines.subList(end + 1, lines.size()));
        if (request.isPresent()) {
            Claims.equal(
                    "The policy for " + request.get(),
                    new LinearMatcher(policies).first(request.get()),
                    request.get().firstOf(Matcher.of(policies)));
        }
    }

    private static List<List<DesiredRule>> policies(List<String> lines) {
        var policies = new ArrayList<List<DesiredRule>>();
        var rules = new ArrayList<DesiredRule>();
        for (var line : lines) {
            if (line.isEmpty()) {
                policies.add(List.copyOf(rules));
                rules.clear();
            } else {
                rule(line).ifPresent(rules::add);
            }
        }
        policies.add(rules);
        return policies;
    }

    /** A letter for the kind, in upper case where it is inverted, and the value; a key ends with an equals sign. */
    private static Optional<DesiredRule> rule(String line) {
        boolean isInverted = Character.isUpperCase(line.charAt(0));
        var value = line.substring(1);
        int equals = value.indexOf('=');
        var key = value.substring(0, Math.max(equals, 0));
        var keyed = value.substring(equals + 1);
        if (value.length() > MAX_VALUE || !isVisible(value)) {
            return Optional.empty();
        }
        return switch (Character.toLowerCase(line.charAt(0))) {
            case 'h' ->
                value.matches("(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
                        ? some(Subject.HOST, Comparison.EQUALS, "", value, isInverted)
                        : Optional.empty();
            case 'e' -> path(Comparison.EQUALS, value, isInverted);
            case 's' -> path(Comparison.STARTS_WITH, value, isInverted);
            case 'r' ->
                isRegex(value)
                        ? some(Subject.PATH, Comparison.CONTAINS_PATTERN, "", value, isInverted)
                        : Optional.empty();
            case 'f' ->
                key.matches("[A-Za-z0-9_-]{1,40}")
                        ? some(Subject.HEADER, Comparison.EQUALS, key, keyed, isInverted)
                        : Optional.empty();
            case 'q' ->
                key.isEmpty() ? Optional.empty() : some(Subject.PARAMETER, Comparison.EQUALS, key, keyed, isInverted);
            default -> Optional.empty();
        };
    }

    private static Optional<DesiredRule> path(Comparison comparison, String value, boolean isInverted) {
        return value.startsWith("/") ? some(Subject.PATH, comparison, "", value, isInverted) : Optional.empty();
    }

    private static Optional<DesiredRule> some(
            Subject subject, Comparison comparison, String key, String value, boolean isInverted) {
        return Optional.of(new DesiredRule(subject, comparison, key, List.of(value), isInverted));
    }

    private static boolean isRegex(String value) {
        try {
            Pattern.compile(value);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private static boolean isVisible(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    private static Optional<Asked> request(List<String> lines) {
        var host = lines.get(0);
        var target = lines.get(1);
        var fields = lines.subList(2, lines.size()).stream()
                .filter(line -> line.matches("X[A-Za-z0-9_-]{0,39}:[ -~]*"))
                .toList();
        boolean isRequest = host.matches("[A-Za-z0-9._~-]{1,200}(:[0-9]{1,4})?")
                && target.startsWith("/")
                && isVisible(target)
                && target.indexOf('#') < 0;
        return isRequest ? Optional.of(new Asked("GET", host, target, fields, "192.0.2.1")) : Optional.empty();
    }
}
