package io.evenkeel.routing.rule;

import io.evenkeel.routing.matching.RuleSpec;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** The row of a rule. */
@Entity
@Table(name = "l7rule")
@SuppressWarnings("UnusedVariable") // Some columns are written here and read by projections alone.
class Rule {

    @Id
    private UUID id;

    @Column(updatable = false)
    private String projectId;

    @Column(name = "l7policy_id", updatable = false)
    private UUID policyId;

    @Column(updatable = false)
    private Instant createdAt;

    private Instant updatedAt;

    @Embedded
    private RuleSpec spec;

    protected Rule() {}

    Rule(UUID id, String projectId, UUID policyId, Instant now, RuleSpec spec) {
        this.id = id;
        this.projectId = projectId;
        this.policyId = policyId;
        this.createdAt = now;
        this.updatedAt = now;
        this.spec = spec;
    }

    RuleSpec spec() {
        return spec;
    }

    void apply(RuleSpec newSpec, Instant now) {
        spec = newSpec;
        updatedAt = now;
    }
}
