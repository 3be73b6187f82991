package io.evenkeel.distribution.judging;

/**
 * One reason of several.
 *
 * @param explained the part of the deviation that it makes, 0..1; parts of causes that lie in each other overlap
 */
public record Cause(CauseKind kind, double explained) {}
