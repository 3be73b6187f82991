package io.evenkeel.dataplane.http.routing.matching;

import io.evenkeel.dataplane.http.routing.regex.Patterns;
import io.evenkeel.dataplane.http.routing.text.Glob;
import io.evenkeel.dataplane.http.routing.text.HostName;
import io.evenkeel.dataplane.http.routing.text.Network;
import io.evenkeel.dataplane.http.routing.text.Parameters;
import io.evenkeel.dataplane.http.routing.text.PlainPath;
import io.evenkeel.desiredstate.routing.DesiredRule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** One rule of a policy, compiled. */
interface Condition {

    boolean holds(RequestView request);

    /** @throws IllegalArgumentException when a value makes no sense */
    static Condition of(DesiredRule rule, Patterns.Builder patterns) {
        var condition = ofValues(rule, patterns);
        return rule.isInverted() ? request -> !condition.holds(request) : condition;
    }

    private static Condition ofValues(DesiredRule rule, Patterns.Builder patterns) {
        return switch (rule.subject()) {
            case HOST -> host(rule.values());
            case PATH -> path(rule, patterns);
            case METHOD -> method(rule.values());
            case HEADER -> header(rule);
            case PARAMETER -> parameter(rule);
            case SOURCE_ADDRESS -> source(rule.values());
        };
    }

    private static Condition host(List<String> values) {
        var hosts = values.stream().map(HostName::ofRule).toArray(byte[][]::new);
        return request -> {
            for (var host : hosts) {
                if (HostName.matches(host, request.host(), request.hostSize())) {
                    return true;
                }
            }
            return false;
        };
    }

    private static Condition path(DesiredRule rule, Patterns.Builder patterns) {
        return switch (rule.comparison()) {
            case EQUALS -> path(rule.values(), false);
            case STARTS_WITH -> path(rule.values(), true);
            case CONTAINS_PATTERN -> pattern(rule.values(), patterns);
        };
    }

    private static Condition path(List<String> values, boolean isPrefix) {
        var paths = values.stream().map(PlainPath::ofRule).toArray(byte[][]::new);
        return request -> {
            for (var path : paths) {
                if (request.hasPath(path, isPrefix)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static Condition pattern(List<String> values, Patterns.Builder patterns) {
        int[] numbers = values.stream().mapToInt(patterns::add).toArray();
        return request -> {
            for (int number : numbers) {
                if (request.matchesPattern(number)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static Condition method(List<String> values) {
        var methods = values.stream()
                .map(method -> method.getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new);
        return request -> {
            for (var method : methods) {
                if (request.method().isSame(method)) {
                    return true;
                }
            }
            return false;
        };
    }

    /** Any of the fields of that name, with its whole value. */
    private static Condition header(DesiredRule rule) {
        var name = rule.key().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
        var globs = globs(rule.values());
        return request -> {
            for (int field = request.nextField(name, -1); field >= 0; field = request.nextField(name, field)) {
                var value = request.value(field);
                for (var glob : globs) {
                    if (glob.matches(value.array(), 0, value.size())) {
                        return true;
                    }
                }
            }
            return false;
        };
    }

    private static Condition parameter(DesiredRule rule) {
        var name = rule.key().getBytes(StandardCharsets.UTF_8);
        int hash = Parameters.hash(name, 0, name.length);
        var globs = globs(rule.values());
        return request -> {
            var all = request.parameters();
            for (int at = all.next(name, hash, -1); at >= 0; at = all.next(name, hash, at)) {
                for (var glob : globs) {
                    if (all.matches(at, glob)) {
                        return true;
                    }
                }
            }
            return false;
        };
    }

    private static Glob[] globs(List<String> values) {
        return values.stream().map(Glob::new).toArray(Glob[]::new);
    }

    private static Condition source(List<String> values) {
        var networks = values.stream().map(Network::new).toArray(Network[]::new);
        return request -> {
            for (var network : networks) {
                if (network.contains(request.source())) {
                    return true;
                }
            }
            return false;
        };
    }
}
