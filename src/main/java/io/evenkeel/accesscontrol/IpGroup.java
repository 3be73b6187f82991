package io.evenkeel.accesscontrol;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/** The row of an IP group; it is written only under its own lock. */
@Entity
@SuppressWarnings("UnusedVariable") // Some columns are written here and read by projections alone.
class IpGroup {

    @Id
    private UUID id;

    @Column(updatable = false)
    private String projectId;

    @Column(updatable = false)
    private Instant createdAt;

    private Instant updatedAt;

    @Embedded
    private IpGroupSpec spec;

    protected IpGroup() {}

    IpGroup(UUID id, String projectId, Instant now, IpGroupSpec spec) {
        this.id = id;
        this.projectId = projectId;
        this.createdAt = now;
        this.updatedAt = now;
        this.spec = spec;
    }

    IpGroupSpec spec() {
        return spec;
    }

    void apply(IpGroupSpec newSpec, Instant now) {
        spec = newSpec;
        updatedAt = now;
    }
}
