package io.evenkeel.dataplane.pool;

import java.time.Duration;

/**
 * A member leaves, and what is under way at it has a limit.
 *
 * @param sinceNanos when it began to leave, on the loops' clock
 * @param limit from then on
 */
public record Drain(long sinceNanos, Duration limit) {}
