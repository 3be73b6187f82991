package io.evenkeel.healthmonitor;

import java.time.Instant;
import java.util.UUID;

/** A health monitor as lists read it. */
record HealthMonitorRow(
        UUID id, String projectId, UUID poolId, Instant createdAt, Instant updatedAt, HealthMonitorSpec spec) {}
