package io.evenkeel.dataplane.http.routing.matching;

import io.evenkeel.dataplane.http.routing.regex.Patterns;
import io.evenkeel.dataplane.http.routing.text.PlainPath;
import io.evenkeel.desiredstate.routing.DesiredRule;
import io.evenkeel.desiredstate.routing.DesiredRule.Comparison;
import io.evenkeel.desiredstate.routing.DesiredRule.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds the first of many policies whose rules all match. Policies are found by host and path, whatever their number;
 * what else they ask is tried in their order. Immutable; to be built off the loops.
 */
public final class Matcher {

    private final HostIndex hosts;
    private final OtherRules others;
    private final Patterns patterns;

    private Matcher(HostIndex hosts, OtherRules others, Patterns patterns) {
        this.hosts = hosts;
        this.others = others;
        this.patterns = patterns;
    }

    /**
     * Compiles.
     *
     * @param policies the rules of each, in the order in which they are asked
     * @throws IllegalArgumentException when a value makes no sense
     */
    public static Matcher of(List<List<DesiredRule>> policies) {
        var hosts = new HostIndex.Builder();
        var patterns = new Patterns.Builder();
        var others = new Condition[policies.size()][];
        for (int policy = 0; policy < policies.size(); policy++) {
            var rules = new ArrayList<>(policies.get(policy));
            var host = take(rules, Matcher::isHost);
            var path = take(rules, Matcher::isPath);
            for (var paths : pathsOf(host, hosts)) {
                add(path, paths, policy);
            }
            others[policy] =
                    rules.stream().map(rule -> Condition.of(rule, patterns)).toArray(Condition[]::new);
        }
        return new Matcher(hosts.build(), new OtherRules(others), patterns.build());
    }

    private static boolean isHost(DesiredRule rule) {
        return rule.subject() == Subject.HOST && !rule.isInverted();
    }

    private static boolean isPath(DesiredRule rule) {
        return rule.subject() == Subject.PATH
                && !rule.isInverted()
                && rule.comparison() != Comparison.CONTAINS_PATTERN
                && rule.values().stream().allMatch(path -> PlainPath.ofRule(path).length <= PathIndex.MAX_LENGTH);
    }

    private static Optional<DesiredRule> take(List<DesiredRule> rules, Predicate<DesiredRule> wanted) {
        var first = rules.stream().filter(wanted).findFirst();
        first.ifPresent(rules::remove);
        return first;
    }

    private static List<PathIndex.Builder> pathsOf(Optional<DesiredRule> host, HostIndex.Builder hosts) {
        return host.map(rule -> rule.values().stream().map(hosts::of).toList()).orElse(List.of(hosts.ofAnyHost()));
    }

    private static void add(Optional<DesiredRule> path, PathIndex.Builder paths, int policy) {
        if (path.isEmpty()) {
            paths.forAnyPath(policy);
            return;
        }
        boolean isPrefix = path.get().comparison() == Comparison.STARTS_WITH;
        for (var value : path.get().values()) {
            paths.forPath(PlainPath.ofRule(value), isPrefix, policy);
        }
    }

    /** The number of the first policy that matches, -1 for none. On a loop, with that loop's view. */
    public int first(RequestView request) {
        request.use(patterns);
        int first = hosts.first(request, others);
        return first == Integer.MAX_VALUE ? -1 : first;
    }
}
