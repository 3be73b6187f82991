package io.evenkeel.certificate.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A certificate as clients see it (wire contract, resources.md §8).
 *
 * @param privateKey null unless the project switched the echo of private keys on
 */
record CertificateResponse(
        String id,
        String projectId,
        String name,
        String description,
        boolean adminStateUp,
        String type,
        String certificate,
        @Nullable String privateKey,
        @Nullable String domain,
        String expireTime,
        String createdAt,
        String updatedAt,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String commonName,

        String fingerprint,
        List<String> subjectAlternativeNames,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String scmCertificateId,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String source,

        String protectionStatus,
        String protectionReason) {

    /** Without the private key. */
    @Override
    public String toString() {
        return "CertificateResponse[id=" + id + "]";
    }
}
