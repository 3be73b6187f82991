package io.evenkeel.pool.rest;

import io.evenkeel.pool.spec.PoolSpec;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A pool's row, without what an advance writes: its generation moves on, its OS and member count are not mapped. */
@Entity
@SuppressWarnings("UnusedVariable") // Some columns are written here and read by lists alone.
class Pool {

    static final long FIRST_GENERATION = 1;
    private static final String DEFAULT_ENTERPRISE_PROJECT = "0";

    @Id
    private UUID id;

    @Column(updatable = false)
    private String projectId;

    @Column(updatable = false)
    private long generation;

    @Column(updatable = false)
    private Instant createdAt;

    private Instant updatedAt;

    @Column(updatable = false)
    private @Nullable UUID loadBalancerId;

    private @Nullable String effectiveVpcId;

    @Column(updatable = false)
    private String enterpriseProjectId;

    @Column(updatable = false)
    private boolean isMasterSlave;

    @Embedded
    private PoolSpec spec;

    protected Pool() {}

    Pool(UUID id, String projectId, Instant now, PoolHome home, PoolSpec spec, boolean isMasterSlave) {
        this.id = id;
        this.projectId = projectId;
        this.generation = FIRST_GENERATION;
        this.createdAt = now;
        this.updatedAt = now;
        this.loadBalancerId = home.loadBalancerId();
        this.effectiveVpcId = home.vpcId();
        this.enterpriseProjectId = DEFAULT_ENTERPRISE_PROJECT;
        this.isMasterSlave = isMasterSlave;
        this.spec = spec;
    }

    PoolSpec spec() {
        return spec;
    }

    void apply(PoolSpec newSpec, Instant now) {
        spec = newSpec;
        updatedAt = now;
        if (newSpec.vpcId() != null) {
            effectiveVpcId = newSpec.vpcId();
        }
    }
}
