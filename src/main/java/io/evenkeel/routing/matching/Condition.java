package io.evenkeel.routing.matching;

/**
 * One of several values, any of which satisfies its rule.
 *
 * @param key of a header or query parameter; empty for the other types
 */
public record Condition(String key, String value) {}
