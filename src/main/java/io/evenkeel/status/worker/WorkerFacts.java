package io.evenkeel.status.worker;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a worker tells of itself with every heartbeat.
 *
 * @param availabilityZone where it runs; null: nowhere in particular
 * @param replicasPerZone how many workers of its zone serve a load balancer; null: all
 * @param startedAt when its process began
 */
public record WorkerFacts(
        String id,
        @Nullable String availabilityZone,
        @Nullable Integer replicasPerZone,
        Instant startedAt) {}
