package io.evenkeel.pool.answer;

import io.evenkeel.pool.spec.PoolSpec;
import java.time.Instant;
import java.util.UUID;

/** A pool as lists read it. */
record PoolRow(
        UUID id, String projectId, Instant createdAt, Instant updatedAt, String enterpriseProjectId, PoolSpec spec) {}
