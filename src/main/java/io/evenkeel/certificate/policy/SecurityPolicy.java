package io.evenkeel.certificate.policy;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/** The row of a custom security policy. */
@Entity
@SuppressWarnings("UnusedVariable") // Some columns are written here and read by lists alone.
class SecurityPolicy {

    @Id
    private UUID id;

    @Column(updatable = false)
    private String projectId;

    @Column(updatable = false)
    private String enterpriseProjectId;

    @Column(updatable = false)
    private Instant createdAt;

    private Instant updatedAt;

    @Embedded
    private SecurityPolicySpec spec;

    protected SecurityPolicy() {}

    SecurityPolicy(UUID id, String projectId, String enterpriseProjectId, Instant now, SecurityPolicySpec spec) {
        this.id = id;
        this.projectId = projectId;
        this.enterpriseProjectId = enterpriseProjectId;
        this.createdAt = now;
        this.updatedAt = now;
        this.spec = spec;
    }

    void apply(SecurityPolicySpec newSpec, Instant now) {
        spec = newSpec;
        updatedAt = now;
    }
}
