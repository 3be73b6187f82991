package io.evenkeel.dataplane.http.routing.matching;

import io.evenkeel.desiredstate.routing.DesiredRule;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the matcher must say, in the plainest way: policy by policy, rule by rule, with the tools of the platform. */
public final class LinearMatcher {

    private final List<List<DesiredRule>> policies;

    public LinearMatcher(List<List<DesiredRule>> policies) {
        this.policies = policies;
    }

    public int first(Asked request) {
        var path = path(request.target().split("\\?", 2)[0]);
        if (path.isEmpty()) {
            return -2;
        }
        for (int i = 0; i < policies.size(); i++) {
            if (policies.get(i).stream().allMatch(rule -> matches(rule, request, path.get()))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean matches(DesiredRule rule, Asked request, String path) {
        boolean matches = rule.values().stream().anyMatch(value -> switch (rule.subject()) {
            case HOST -> hostMatches(value, request.host());
            case PATH -> pathMatches(rule.comparison(), value, path);
            case METHOD -> value.equals(request.method());
            case HEADER -> headerMatches(rule.key(), value, request.fields());
            case PARAMETER -> parameterMatches(rule.key(), value, request.target());
            case SOURCE_ADDRESS -> sourceMatches(value, request.source());
        });
        return matches != rule.isInverted();
    }

    private static boolean hostMatches(String value, String host) {
        var actual =
                host.toLowerCase(Locale.ROOT).replaceAll("(?<!:):[0-9]*$", "").replaceAll("(?<=.)\\.$", "");
        var wanted = value.toLowerCase(Locale.ROOT);
        return wanted.startsWith("*.")
                ? actual.length() >= wanted.length() && actual.endsWith(wanted.substring(1))
                : actual.equals(wanted);
    }

    private static boolean pathMatches(DesiredRule.Comparison comparison, String value, String path) {
        return switch (comparison) {
            case EQUALS -> path.equals(unescaped(value).replaceAll("/+", "/"));
            case STARTS_WITH -> path.startsWith(unescaped(value).replaceAll("/+", "/"));
            case CONTAINS_PATTERN ->
                com.google.re2j.Pattern.compile(value)
                        .matcher(path.getBytes(StandardCharsets.ISO_8859_1))
                        .find();
        };
    }

    private static boolean headerMatches(String key, String value, List<String> lines) {
        return lines.stream()
                .map(line -> line.split(":", 2))
                .filter(field -> field[0].equalsIgnoreCase(key))
                .anyMatch(field -> glob(value).matcher(field[1].strip()).matches());
    }

    private static boolean parameterMatches(String key, String value, String target) {
        int mark = target.indexOf('?');
        if (mark < 0) {
            return false;
        }
        for (var pair : target.substring(mark + 1).split("&", -1)) {
            var parts = pair.split("=", 2);
            var name = unescaped(parts[0].replace('+', ' '));
            var given = parts.length == 1 ? "" : unescaped(parts[1].replace('+', ' '));
            if (!pair.isEmpty()
                    && name.equals(key)
                    && glob(value).matcher(given).matches()) {
                return true;
            }
        }
        return false;
    }

    private static Pattern glob(String value) {
        var regex = new StringBuilder();
        value.chars()
                .forEach(c -> regex.append(
                        switch (c) {
                            case '*' -> ".*";
                            case '?' -> ".";
                            default -> Pattern.quote(Character.toString(c));
                        }));
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private static boolean sourceMatches(String cidr, String source) {
        var parts = cidr.split("/", 2);
        var base = new java.math.BigInteger(1, InetAddress.ofLiteral(parts[0]).getAddress());
        var address = InetAddress.ofLiteral(source).getAddress();
        int shift = address.length * 8 - Integer.parseInt(parts[1]);
        return (parts[0].indexOf(':') >= 0) == (source.indexOf(':') >= 0)
                && base.shiftRight(shift).equals(new java.math.BigInteger(1, address).shiftRight(shift));
    }

    /** Empty where it is refused. */
    private static Optional<String> path(String raw) {
        var decoded = unescaped(raw);
        if (decoded.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        if (!decoded.startsWith("/")) {
            return Optional.of(decoded);
        }
        var kept = new ArrayDeque<String>();
        var segments = decoded.substring(1).split("/", -1);
        boolean isFolder = false;
        for (var segment : segments) {
            isFolder = segment.isEmpty() || segment.equals(".") || segment.equals("..");
            if (segment.startsWith(".;") || segment.startsWith("..;")) {
                return Optional.empty();
            } else if (segment.equals("..")) {
                if (kept.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!isFolder) {
                kept.addLast(segment);
            }
        }
        return Optional.of(kept.isEmpty() ? "/" : "/" + String.join("/", kept) + (isFolder ? "/" : ""));
    }

    /** With one character for each byte, where the request is of ASCII characters. */
    private static String unescaped(String text) {
        var complete = text.replaceAll("%(?![0-9a-fA-F]{2})", "%25").replace("+", "%2B");
        return URLDecoder.decode(complete, StandardCharsets.ISO_8859_1);
    }
}
