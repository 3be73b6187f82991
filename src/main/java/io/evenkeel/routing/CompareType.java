package io.evenkeel.routing;

/** How a rule compares (wire contract, resources.md §7). */
public enum CompareType {
    EQUAL_TO,
    STARTS_WITH,
    REGEX;

    /** For {@code @Pattern}. */
    public static final String NAMES = "EQUAL_TO|STARTS_WITH|REGEX";

    public static final String NAMES_RULE = "must be one of EQUAL_TO, STARTS_WITH, REGEX";
}
