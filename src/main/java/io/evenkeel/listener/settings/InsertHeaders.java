package io.evenkeel.listener.settings;

import io.evenkeel.platform.error.ErrorCode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Headers that a listener adds to requests: a switch for each, kept and answered as it was set. Of the switches that
 * were not set, {@code X-Forwarded-Host} is on and all others are off.
 */
public final class InsertHeaders {

    private static final Set<String> SWITCHES = Set.of(
            "X-Forwarded-ELB-IP",
            "X-Forwarded-Port",
            "X-Forwarded-For-Port",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "X-Real-IP",
            "X-Forwarded-ELB-ID",
            "X-Forwarded-TLS-Certificate-ID",
            "X-Forwarded-TLS-Protocol",
            "X-Forwarded-TLS-Cipher");

    private static final Pattern CLIENT_CERTIFICATE = Pattern.compile("X-Forwarded-Clientcert-[a-z0-9-]{1,40}-enable");
    private static final Pattern ALIAS = Pattern.compile("X-(Forwarded|Real)-[A-Za-z0-9-]{1,60}-alias");
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9_-]{1,40}");
    private static final String PROCESSING_MODE = "X-Forwarded-For-Processing-Mode";
    private static final Set<String> PROCESSING_MODES = Set.of("append", "remove", "preserve");

    private InsertHeaders() {}

    /** The switches as they are kept. Errors: INVALID_INPUT naming {@code listener.insert_headers.<name>}. */
    public static Map<String, Object> of(@Nullable Map<String, @Nullable Object> switches) {
        var kept = new TreeMap<String, Object>();
        if (switches != null) {
            switches.forEach((name, value) -> {
                var rule = ruleOf(name);
                if (value == null || !rule.accepts(value)) {
                    throw ErrorCode.INVALID_INPUT.with("listener.insert_headers." + name, rule.text());
                }
                kept.put(name, value);
            });
        }
        return kept;
    }

    private record Rule(String text, Predicate<Object> test) {
        boolean accepts(Object value) {
            return test.test(value);
        }
    }

    private static Rule ruleOf(String name) {
        if (SWITCHES.contains(name) || CLIENT_CERTIFICATE.matcher(name).matches()) {
            return new Rule("must be true or false", Boolean.class::isInstance);
        }
        if (ALIAS.matcher(name).matches()) {
            return new Rule(
                    "must be 1..40 letters, digits, '-' or '_'",
                    value -> value instanceof String text
                            && HEADER_NAME.matcher(text).matches());
        }
        if (name.equals(PROCESSING_MODE)) {
            return new Rule("must be append, remove or preserve", PROCESSING_MODES::contains);
        }
        throw ErrorCode.UNRECOGNIZED_ATTRIBUTES.with("insert_headers." + name.replaceAll("\\p{Cntrl}", "?"));
    }
}
