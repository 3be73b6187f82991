package io.evenkeel.routing.rule;

import io.evenkeel.routing.matching.RuleSpec;
import java.time.Instant;
import java.util.UUID;

/** A rule as it was read, not managed. */
public record RuleRow(UUID id, String projectId, UUID policyId, Instant createdAt, Instant updatedAt, RuleSpec spec) {}
