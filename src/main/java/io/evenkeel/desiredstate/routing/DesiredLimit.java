package io.evenkeel.desiredstate.routing;

/**
 * How many requests a policy lets through; 0 for no limit.
 *
 * @param perSecond of all clients together
 * @param perSecondAndSource of one address
 * @param burst so many beyond either wait for their turn instead of being refused
 */
public record DesiredLimit(int perSecond, int perSecondAndSource, int burst) {

    public static final DesiredLimit NONE = new DesiredLimit(0, 0, 0);
}
