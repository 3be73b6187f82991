package io.evenkeel.routing.policy;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** The row of a policy. */
@Entity
@Table(name = "l7policy")
@SuppressWarnings("UnusedVariable") // Some columns are written here and read by projections alone.
class Policy {

    @Id
    private UUID id;

    @Column(updatable = false)
    private String projectId;

    @Column(updatable = false)
    private UUID listenerId;

    @Column(updatable = false)
    private UUID loadBalancerId;

    @Column(updatable = false)
    private String vpcId;

    @Column(updatable = false)
    private String enterpriseProjectId;

    @Column(updatable = false)
    private Instant createdAt;

    private Instant updatedAt;

    @Embedded
    private PolicySpec spec;

    protected Policy() {}

    /** Where a policy belongs; it never changes. */
    record Home(String projectId, UUID listenerId, UUID loadBalancerId, String vpcId, String enterpriseProjectId) {}

    Policy(UUID id, Home home, Instant now, PolicySpec spec) {
        this.id = id;
        this.projectId = home.projectId();
        this.listenerId = home.listenerId();
        this.loadBalancerId = home.loadBalancerId();
        this.vpcId = home.vpcId();
        this.enterpriseProjectId = home.enterpriseProjectId();
        this.createdAt = now;
        this.updatedAt = now;
        this.spec = spec;
    }

    PolicySpec spec() {
        return spec;
    }

    void apply(PolicySpec newSpec, Instant now) {
        spec = newSpec;
        updatedAt = now;
    }
}
