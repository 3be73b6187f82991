package io.evenkeel.certificate.rest;

import io.evenkeel.certificate.Domains;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.write.Protection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import org.hibernate.annotations.EmbeddedColumnNaming;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a certificate, its private key aside (wire contract, resources.md §8).
 *
 * @param certificate PEM as the client sent it; checked when it is written, not when it is read
 * @param domain names that SNI finds it by, separated by commas; only with type server
 */
@Embeddable
record CertificateSpec(
        String name,
        String description,
        boolean adminStateUp,
        @Enumerated(EnumType.STRING) CertificateType type,
        String certificate,
        @Nullable String domain,
        @Nullable String scmCertificateId,
        @Nullable String source,
        @EmbeddedColumnNaming("protection_%s") Protection protection) {

    CertificateSpec {
        Domains.check(domain);
        if (type == CertificateType.CLIENT && domain != null && !domain.isEmpty()) {
            throw ErrorCode.INVALID_INPUT.with("certificate.domain", "needs a certificate of type server");
        }
    }
}
