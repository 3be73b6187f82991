package io.evenkeel.certificate.rest;

import static java.util.Objects.requireNonNullElse;

import io.evenkeel.identity.Secret;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.web.Patterns;
import io.evenkeel.platform.write.Protection;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What a client may say when it creates a certificate. */
record CreateCertificateRequest(
        @Size(max = 255, message = Texts.UP_TO_255)
        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
        @Nullable
        String name,

        @Size(max = 255, message = Texts.UP_TO_255)
        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
        @Nullable
        String description,

        @Nullable Boolean adminStateUp,

        @Nullable String projectId,

        @Pattern(regexp = Patterns.ENTERPRISE_PROJECT, message = Patterns.ENTERPRISE_PROJECT_RULE) @Nullable
        String enterpriseProjectId,

        @Pattern(regexp = CertificateType.NAMES, message = CertificateType.NAMES_RULE) @Nullable
        String type,

        @Size(max = Texts.MAX_CERTIFICATE, message = Texts.CERTIFICATE_RULE)
        @Pattern(regexp = Texts.LINES, message = Texts.LINES_RULE)
        @Nullable
        String certificate,

        @Size(max = Texts.MAX_PRIVATE_KEY, message = Texts.PRIVATE_KEY_RULE)
        @Pattern(regexp = Texts.LINES, message = Texts.LINES_RULE)
        @Nullable
        String privateKey,

        @Size(max = Texts.MAX_DOMAIN, message = Texts.DOMAIN_RULE)
        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
        @Nullable
        String domain,

        @Nullable String encCertificate,

        @Nullable String encPrivateKey,

        @Size(min = 1, max = 64, message = Texts.ID_RULE)
        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
        @Nullable
        String scmCertificateId,

        @Size(min = 1, max = 64, message = Texts.ID_RULE)
        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
        @Nullable
        String source,

        @Pattern(regexp = Protection.STATUSES, message = Protection.STATUSES_RULE) @Nullable
        String protectionStatus,

        @Size(max = 255, message = Texts.UP_TO_255)
        @Pattern(regexp = Protection.REASON, message = Protection.REASON_RULE)
        @Nullable
        String protectionReason) {

    /** Rules of shape that creating and updating share. */
    static final class Texts {
        static final String UP_TO_255 = "must be 0..255 characters long";
        static final String ID_RULE = "must be 1..64 characters long";
        static final int MAX_CERTIFICATE = 65536;
        static final String CERTIFICATE_RULE = "must be at most 65536 characters long";
        static final int MAX_PRIVATE_KEY = 8192;
        static final String PRIVATE_KEY_RULE = "must be at most 8192 characters long";
        static final int MAX_DOMAIN = 10000;
        static final String DOMAIN_RULE = "must be 0..10000 characters long";
        static final String LINES = "[^\\p{Cs}\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F]*";
        static final String LINES_RULE = "must not contain control characters other than ends of lines";
        static final String NO_SM2 = "needs type server_sm, which is not supported by this installation";

        private Texts() {}
    }

    /** Errors: INVALID_INPUT, REQUIRED. */
    CertificateSpec toSpec(String pathProjectId) {
        if (projectId != null && !projectId.equals(pathProjectId)) {
            throw ErrorCode.INVALID_INPUT.with("certificate.project_id", "must be the project of the path");
        }
        refuseSm2("certificate.enc_certificate", encCertificate);
        refuseSm2("certificate.enc_private_key", encPrivateKey);
        return new CertificateSpec(
                requireNonNullElse(name, ""),
                requireNonNullElse(description, ""),
                requireNonNullElse(adminStateUp, true),
                type == null ? CertificateType.SERVER : CertificateType.ofWire(type),
                content(),
                domain,
                scmCertificateId,
                source,
                Protection.of(protectionStatus, protectionReason, "certificate"));
    }

    static void refuseSm2(String attribute, @Nullable String value) {
        if (value != null) {
            throw ErrorCode.INVALID_INPUT.with(attribute, Texts.NO_SM2);
        }
    }

    private String content() {
        if (certificate != null) {
            return certificate;
        }
        if (scmCertificateId != null) {
            throw ErrorCode.INVALID_INPUT.with(
                    "certificate.scm_certificate_id",
                    "cannot stand in for certificate: this installation has no certificate manager, send certificate"
                            + " and private_key");
        }
        throw ErrorCode.REQUIRED.with("certificate.certificate");
    }

    @Nullable
    Secret key() {
        return privateKey == null ? null : new Secret(privateKey);
    }

    /** Without the private key. */
    @Override
    public String toString() {
        return "CreateCertificateRequest[name=" + name + ", type=" + type + "]";
    }
}
