package io.evenkeel.routing;

import java.util.List;
import java.util.UUID;

/**
 * A policy with its rules as one read saw it.
 *
 * @param provisioningStatus ACTIVE, or ERROR when an earlier policy of its listener matches the same; its rules' too
 * @param poolIds every pool it names, sorted
 * @param rules in the order of their creation
 */
public record KnownPolicy(
        UUID id,
        UUID listenerId,
        String name,
        PolicyAction action,
        boolean adminStateUp,
        String provisioningStatus,
        List<UUID> poolIds,
        List<KnownRule> rules) {

    public KnownPolicy {
        poolIds = List.copyOf(poolIds);
        rules = List.copyOf(rules);
    }

    public record KnownRule(UUID id, RuleType type) {}
}
