package io.evenkeel.routing.rule;

import io.evenkeel.routing.matching.Condition;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A rule as clients see it (wire contract, resources.md §7).
 *
 * @param key always null: conditions carry keys
 */
public record RuleResponse(
        UUID id,
        String projectId,
        boolean adminStateUp,
        String type,
        String compareType,
        @Nullable String key,
        String value,
        boolean invert,
        List<Condition> conditions,
        String provisioningStatus,
        String createdAt,
        String updatedAt) {}
