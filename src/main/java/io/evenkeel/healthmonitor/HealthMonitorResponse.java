package io.evenkeel.healthmonitor;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A health monitor as answered (wire contract, resources.md §5). */
record HealthMonitorResponse(
        UUID id,
        String projectId,
        String name,
        boolean adminStateUp,
        String type,
        int delay,
        int timeout,
        int maxRetries,
        int maxRetriesDown,
        @Nullable Integer monitorPort,
        @Nullable String domainName,
        @Nullable String urlPath,
        @Nullable String httpMethod,
        @Nullable String expectedCodes,
        List<PoolRef> pools,
        String createdAt,
        String updatedAt) {

    /** A pool by its id. */
    record PoolRef(UUID id) {}
}
