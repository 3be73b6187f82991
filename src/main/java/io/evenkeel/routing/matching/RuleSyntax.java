package io.evenkeel.routing.matching;

import com.google.re2j.PatternSyntaxException;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.routing.CompareType;
import io.evenkeel.routing.RuleType;
import java.util.regex.Pattern;

/** How keys and values of each type are spelt (wire contract, resources.md §7). Errors: INVALID_INPUT. */
final class RuleSyntax {

    private static final int MAX_VALUE = 128;
    private static final Pattern HOST = Pattern.compile("(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");
    private static final Pattern PATH = Pattern.compile("/[!-~]*");
    private static final Pattern METHOD = Pattern.compile("GET|PUT|POST|DELETE|PATCH|HEAD|OPTIONS");
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9_-]{1,40}");
    private static final Pattern PARAMETER_NAME = Pattern.compile("[!-~]{1,128}");
    private static final Pattern TEXT = Pattern.compile("[^\\p{Cc}\\p{Cs}]+");

    private RuleSyntax() {}

    static void checkKey(RuleType type, String key, String at) {
        switch (type) {
            case HEADER -> check(HEADER_NAME, key, at, "must be 1..40 letters, digits, '-' or '_'");
            case QUERY_STRING -> check(PARAMETER_NAME, key, at, "must be 1..128 visible ASCII characters");
            case HOST_NAME, PATH, METHOD, SOURCE_IP -> {
                if (!key.isEmpty()) {
                    throw ErrorCode.INVALID_INPUT.with(at, "must be empty for type " + type);
                }
            }
        }
    }

    static void checkValue(RuleType type, CompareType compareType, String value, String at) {
        if (value.isEmpty() || value.length() > MAX_VALUE) {
            throw ErrorCode.INVALID_INPUT.with(at, "must be 1..128 characters long");
        }
        switch (type) {
            case HOST_NAME ->
                check(HOST, value, at, "must be letters, digits, '-' and '.', after an optional leading '*.'");
            case PATH -> {
                if (compareType == CompareType.REGEX) {
                    checkRegex(value, at);
                } else {
                    check(PATH, value, at, "must begin with '/' and consist of visible ASCII characters");
                }
            }
            case METHOD -> check(METHOD, value, at, "must be one of GET, PUT, POST, DELETE, PATCH, HEAD, OPTIONS");
            case SOURCE_IP -> {
                if (Network.parse(value).isEmpty()) {
                    throw ErrorCode.INVALID_INPUT.with(at, "must be a CIDR such as 192.0.2.0/24 or 2001:db8::/32");
                }
            }
            case HEADER, QUERY_STRING -> check(TEXT, value, at, "must not contain control characters");
        }
    }

    /** RE2 guarantees time linear in the input, and so refuses look-around and back references. */
    private static void checkRegex(String value, String at) {
        check(TEXT, value, at, "must not contain control characters");
        try {
            com.google.re2j.Pattern.compile(value);
        } catch (PatternSyntaxException e) {
            throw ErrorCode.INVALID_INPUT.with(at, "must be a regular expression of RE2: " + e.getDescription());
        }
    }

    private static void check(Pattern pattern, String text, String at, String rule) {
        if (!pattern.matcher(text).matches()) {
            throw ErrorCode.INVALID_INPUT.with(at, rule);
        }
    }
}
