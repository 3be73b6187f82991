package io.evenkeel.certificate.pem;

import io.evenkeel.platform.error.ElbException;
import io.evenkeel.platform.error.ErrorCode;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.util.io.pem.PemObject;

/**
 * The certificates of one PEM text, in its order; there is at least one.
 *
 * @param certificates of a server: the leaf first, each signed by the next; of authorities: in any order
 */
public record CertificateChain(List<X509Certificate> certificates) {

    /** Certificates in one text. */
    public static final int MAX_LENGTH = 11;

    private static final String TYPE = "CERTIFICATE";
    private static final String TRUSTED_TYPE = "X509 CERTIFICATE";

    public CertificateChain {
        certificates = List.copyOf(certificates);
    }

    /** What a listener shows to clients. Errors: CERTIFICATE_INVALID naming the certificate by its place, from 1. */
    public static CertificateChain ofServer(String pem) {
        var chain = read(pem, ErrorCode.CERTIFICATE_INVALID);
        for (int i = 1; i < chain.certificates.size(); i++) {
            chain.checkSignedByNext(i - 1);
        }
        return chain;
    }

    /** What a listener trusts to sign certificates of clients. Errors: CA_CERTIFICATE_INVALID. */
    public static CertificateChain ofAuthorities(String pem) {
        var chain = read(pem, ErrorCode.CA_CERTIFICATE_INVALID);
        for (int i = 0; i < chain.certificates.size(); i++) {
            if (chain.certificates.get(i).getBasicConstraints() < 0) {
                throw ErrorCode.CA_CERTIFICATE_INVALID.with(
                        chain.name(i) + " is not that of an authority: its basic constraints do not say CA:TRUE");
            }
        }
        return chain;
    }

    public X509Certificate leaf() {
        return certificates.getFirst();
    }

    private static CertificateChain read(String pem, ErrorCode code) {
        if (pem.contains("PRIVATE KEY")) {
            throw code.with("certificate must not hold a private key: it would be stored readable to everybody");
        }
        var blocks = PemBlocks.read(pem, MAX_LENGTH, "certificate", code);
        var chain = new CertificateChain(
                blocks.stream().map(block -> certificate(block, code)).toList());
        for (int i = 0; i < chain.certificates.size(); i++) {
            if (!KeyRules.accepts(chain.certificates.get(i).getPublicKey())) {
                throw code.with(chain.name(i) + " " + KeyRules.RULE);
            }
        }
        return chain;
    }

    private static X509Certificate certificate(PemObject block, ErrorCode code) {
        if (!block.getType().equals(TYPE) && !block.getType().equals(TRUSTED_TYPE)) {
            throw code.with("certificate must hold blocks of type CERTIFICATE only");
        }
        try {
            // The first reads strictly and refuses what follows the certificate, the second knows its keys.
            return new JcaX509CertificateConverter().getCertificate(new X509CertificateHolder(block.getContent()));
        } catch (IOException | GeneralSecurityException | RuntimeException | StackOverflowError e) {
            throw unreadable(code);
        }
    }

    private static ElbException unreadable(ErrorCode code) {
        return code.with("certificate holds a block that is no X.509 certificate or has a key of an unknown kind");
    }

    private void checkSignedByNext(int index) {
        var signed = certificates.get(index);
        var signer = certificates.get(index + 1);
        try {
            if (signed.getIssuerX500Principal().equals(signer.getSubjectX500Principal())) {
                signed.verify(signer.getPublicKey());
                return;
            }
        } catch (GeneralSecurityException | RuntimeException e) {
            // Falls through to the refusal, which says all that there is to say.
        }
        throw ErrorCode.CERTIFICATE_INVALID.with(
                "%s did not sign %s: put the server's certificate first, and behind each the one that signed it"
                        .formatted(name(index + 1), name(index)));
    }

    /** How messages call a certificate. */
    private String name(int index) {
        var subject = LeafFacts.commonNameOf(certificates.get(index));
        return "certificate %d of the chain%s".formatted(index + 1, subject == null ? "" : " (CN=" + subject + ")");
    }
}
