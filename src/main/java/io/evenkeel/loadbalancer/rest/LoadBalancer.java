package io.evenkeel.loadbalancer.rest;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/** The row of a load balancer. Its generation is raised by {@code LoadBalancers.advance} alone. */
@Entity
class LoadBalancer {

    @Id
    private UUID id;

    @Column(updatable = false)
    private String projectId;

    @Column(updatable = false)
    private long generation;

    @Column(updatable = false)
    private Instant createdAt;

    private Instant updatedAt;

    @Embedded
    private LoadBalancerSpec spec;

    protected LoadBalancer() {}

    LoadBalancer(UUID id, String projectId, Instant now, LoadBalancerSpec spec) {
        this.id = id;
        this.projectId = projectId;
        this.generation = 1;
        this.createdAt = now;
        this.updatedAt = now;
        this.spec = spec;
    }

    void apply(LoadBalancerSpec newSpec, Instant now) {
        spec = newSpec;
        updatedAt = now;
    }

    UUID id() {
        return id;
    }

    String projectId() {
        return projectId;
    }

    long generation() {
        return generation;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    LoadBalancerSpec spec() {
        return spec;
    }
}
