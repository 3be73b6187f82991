package io.evenkeel.listener.rest;

import io.evenkeel.listener.settings.ListenerSpec;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/** The row of a listener. It is written only under the lock of its load balancer. */
@Entity
class Listener {

    @Id
    private UUID id;

    @Column(updatable = false)
    private String projectId;

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
    private ListenerSpec spec;

    protected Listener() {}

    /** Where a listener belongs; it never changes. */
    record Home(String projectId, UUID loadBalancerId, String vpcId, String enterpriseProjectId) {}

    Listener(UUID id, Home home, Instant now, ListenerSpec spec) {
        this.id = id;
        this.projectId = home.projectId();
        this.loadBalancerId = home.loadBalancerId();
        this.vpcId = home.vpcId();
        this.enterpriseProjectId = home.enterpriseProjectId();
        this.createdAt = now;
        this.updatedAt = now;
        this.spec = spec;
    }

    void apply(ListenerSpec newSpec, Instant now) {
        spec = newSpec;
        updatedAt = now;
    }

    UUID id() {
        return id;
    }

    Home home() {
        return new Home(projectId, loadBalancerId, vpcId, enterpriseProjectId);
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    ListenerSpec spec() {
        return spec;
    }
}
