package io.evenkeel.certificate.rest;

import io.evenkeel.certificate.pem.CertificateChain;
import io.evenkeel.certificate.pem.LeafFacts;
import io.evenkeel.certificate.pem.PrivateKeys;
import io.evenkeel.identity.Secret;
import io.evenkeel.platform.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A certificate's content and key, checked against each other.
 *
 * @param privateKey null for type client, which needs none and keeps none
 */
record CertificateMaterial(LeafFacts leaf, @Nullable Secret privateKey) {

    /** Errors: REQUIRED for a missing key, CERTIFICATE_INVALID, CA_CERTIFICATE_INVALID, KEY_MISMATCH. */
    static CertificateMaterial of(CertificateSpec spec, @Nullable Secret privateKey) {
        return switch (spec.type()) {
            case SERVER -> ofServer(spec.certificate(), privateKey);
            case CLIENT -> ofAuthorities(spec.certificate(), privateKey);
        };
    }

    private static CertificateMaterial ofServer(String certificate, @Nullable Secret privateKey) {
        if (privateKey == null) {
            throw ErrorCode.REQUIRED.with("certificate.private_key");
        }
        var leaf = CertificateChain.ofServer(certificate).leaf();
        PrivateKeys.checkPair(leaf.getPublicKey(), PrivateKeys.read(privateKey));
        return new CertificateMaterial(LeafFacts.of(leaf), privateKey);
    }

    /** A key is ignored, but must be one. */
    private static CertificateMaterial ofAuthorities(String certificate, @Nullable Secret privateKey) {
        if (privateKey != null) {
            PrivateKeys.read(privateKey);
        }
        return new CertificateMaterial(
                LeafFacts.of(CertificateChain.ofAuthorities(certificate).leaf()), null);
    }
}
