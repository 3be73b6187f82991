package io.evenkeel.certificate.rest;

import io.evenkeel.certificate.pem.LeafFacts;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The row of a certificate. */
@Entity
@SuppressWarnings("UnusedVariable") // Some columns are written here and read by lists alone.
class Certificate {

    @Id
    private String id;

    @Column(updatable = false)
    private String projectId;

    @Column(updatable = false)
    private String enterpriseProjectId;

    @Column(updatable = false)
    private Instant createdAt;

    private Instant updatedAt;

    @Embedded
    private CertificateSpec spec;

    @Embedded
    private LeafFacts leaf;

    private byte @Nullable [] sealedPrivateKey;

    protected Certificate() {}

    /** Where a certificate belongs; it never changes. */
    record Home(String projectId, String enterpriseProjectId) {}

    Certificate(
            String id,
            Home home,
            Instant now,
            CertificateSpec spec,
            LeafFacts leaf,
            byte @Nullable [] sealedPrivateKey) {
        this.id = id;
        this.projectId = home.projectId();
        this.enterpriseProjectId = home.enterpriseProjectId();
        this.createdAt = now;
        this.updatedAt = now;
        this.spec = spec;
        this.leaf = leaf;
        this.sealedPrivateKey = sealedPrivateKey;
    }

    void apply(CertificateSpec newSpec, Instant now) {
        spec = newSpec;
        updatedAt = now;
    }

    void replace(LeafFacts newLeaf, byte @Nullable [] newSealedPrivateKey) {
        leaf = newLeaf;
        sealedPrivateKey = newSealedPrivateKey;
    }
}
