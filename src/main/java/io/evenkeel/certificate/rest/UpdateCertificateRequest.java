package io.evenkeel.certificate.rest;

import io.evenkeel.certificate.rest.CreateCertificateRequest.Texts;
import io.evenkeel.identity.Secret;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.json.Change;
import io.evenkeel.platform.web.Patterns;
import io.evenkeel.platform.write.Protection;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What a client may change of a certificate; content and key that belong together are best sent together. */
record UpdateCertificateRequest(
        Change<
                        @Size(max = 255, message = Texts.UP_TO_255)
                        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE) String>
                name,
        Change<
                        @Size(max = 255, message = Texts.UP_TO_255)
                        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE) String>
                description,
        Change<
                        @Size(max = Texts.MAX_CERTIFICATE, message = Texts.CERTIFICATE_RULE)
                        @Pattern(regexp = Texts.LINES, message = Texts.LINES_RULE) String>
                certificate,
        Change<
                        @Size(max = Texts.MAX_PRIVATE_KEY, message = Texts.PRIVATE_KEY_RULE)
                        @Pattern(regexp = Texts.LINES, message = Texts.LINES_RULE) String>
                privateKey,
        Change<
                        @Size(max = Texts.MAX_DOMAIN, message = Texts.DOMAIN_RULE)
                        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE) String>
                domain,
        Change<String> encCertificate,
        Change<String> encPrivateKey,
        Change<
                        @Size(min = 1, max = 64, message = Texts.ID_RULE)
                        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE) String>
                scmCertificateId,
        Change<
                        @Size(min = 1, max = 64, message = Texts.ID_RULE)
                        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE) String>
                source,
        Change<@Pattern(regexp = Protection.STATUSES, message = Protection.STATUSES_RULE) String> protectionStatus,
        Change<
                        @Size(max = 255, message = Texts.UP_TO_255)
                        @Pattern(regexp = Protection.REASON, message = Protection.REASON_RULE) String>
                protectionReason) {

    /** Errors: INVALID_INPUT. */
    CertificateSpec applyTo(CertificateSpec now) {
        CreateCertificateRequest.refuseSm2("certificate.enc_certificate", encCertificate.over(null));
        CreateCertificateRequest.refuseSm2("certificate.enc_private_key", encPrivateKey.over(null));
        return new CertificateSpec(
                name.over(now.name(), ""),
                description.over(now.description(), ""),
                now.adminStateUp(),
                now.type(),
                certificate.orRefuse(now.certificate(), "certificate.certificate"),
                domain.over(now.domain()),
                scmCertificateId.over(now.scmCertificateId()),
                source.over(now.source()),
                now.protection().with(protectionStatus, protectionReason, "certificate"));
    }

    /** The key after this change. Errors: INVALID_INPUT for null where there must be one. */
    @Nullable
    Secret applyTo(@Nullable Secret key) {
        if (privateKey instanceof Change.Clear && key != null) {
            throw ErrorCode.INVALID_INPUT.with("certificate.private_key", "must not be null");
        }
        return privateKey.map(Secret::new).over(key);
    }

    /** Without the private key. */
    @Override
    public String toString() {
        return "UpdateCertificateRequest[name=" + name + "]";
    }
}
