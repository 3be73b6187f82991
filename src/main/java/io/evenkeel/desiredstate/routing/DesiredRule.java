package io.evenkeel.desiredstate.routing;

import java.util.List;

/**
 * What a request must be like.
 *
 * @param key of a header (in any case) or query parameter; empty for other subjects
 * @param values any of them satisfies it. Hosts may begin with {@code *.}; values of headers and parameters may contain
 *     {@code *} and {@code ?}; addresses are CIDR ranges
 * @param isInverted whether it matches what the values do not
 */
public record DesiredRule(Subject subject, Comparison comparison, String key, List<String> values, boolean isInverted) {

    /** What is looked at. */
    public enum Subject {
        HOST,
        PATH,
        METHOD,
        HEADER,
        PARAMETER,
        SOURCE_ADDRESS
    }

    /** How; only paths are compared otherwise than by equality. */
    public enum Comparison {
        EQUALS,
        STARTS_WITH,
        /** A regular expression of RE2 that matches some part. */
        CONTAINS_PATTERN
    }

    public DesiredRule {
        values = List.copyOf(values);
    }
}
