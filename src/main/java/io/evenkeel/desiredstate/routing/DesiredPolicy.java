package io.evenkeel.desiredstate.routing;

import java.util.List;
import java.util.UUID;

/**
 * What becomes of some requests of a listener. Of the policies of a listener the first whose rules all match a request
 * decides.
 *
 * @param rules every one of them must match; without any the policy matches every request
 */
public record DesiredPolicy(UUID id, List<DesiredRule> rules, DesiredAction action) {

    public DesiredPolicy {
        rules = List.copyOf(rules);
    }
}
