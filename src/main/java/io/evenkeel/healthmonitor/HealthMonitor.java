package io.evenkeel.healthmonitor;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/** A health monitor's row. */
@Entity
@SuppressWarnings("UnusedVariable") // Some columns are written here and read by lists alone.
class HealthMonitor {

    @Id
    private UUID id;

    @Column(updatable = false)
    private String projectId;

    @Column(updatable = false)
    private UUID poolId;

    @Column(updatable = false)
    private Instant createdAt;

    private Instant updatedAt;

    @Embedded
    private HealthMonitorSpec spec;

    protected HealthMonitor() {}

    HealthMonitor(UUID id, String projectId, UUID poolId, Instant now, HealthMonitorSpec spec) {
        this.id = id;
        this.projectId = projectId;
        this.poolId = poolId;
        this.createdAt = now;
        this.updatedAt = now;
        this.spec = spec;
    }

    UUID id() {
        return id;
    }

    HealthMonitorSpec spec() {
        return spec;
    }

    void apply(HealthMonitorSpec newSpec, Instant now) {
        spec = newSpec;
        updatedAt = now;
    }
}
