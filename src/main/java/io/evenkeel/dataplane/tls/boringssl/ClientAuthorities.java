package io.evenkeel.dataplane.tls.boringssl;

import io.evenkeel.desiredstate.DesiredAuthorities;
import io.netty.internal.tcnative.CertificateVerifier;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges the certificates of clients by PKIX (RFC 5280), on the loop of the handshake and from memory alone. */
final class ClientAuthorities extends CertificateVerifier {

    private static final Logger log = LoggerFactory.getLogger(ClientAuthorities.class);

    private final CertificateFactory certificates;
    private final X509TrustManager judge;

    private ClientAuthorities(CertificateFactory certificates, X509TrustManager judge) {
        this.certificates = certificates;
        this.judge = judge;
    }

    static ClientAuthorities of(DesiredAuthorities authorities) throws TlsUnusableException {
        try {
            var factory = CertificateFactory.getInstance("X.509");
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (var authority : read(factory, authorities.certificates())) {
                store.setCertificateEntry("authority-" + number++, authority);
            }
            var judges = TrustManagerFactory.getInstance("PKIX");
            judges.init(store);
            return new ClientAuthorities(factory, (X509TrustManager) judges.getTrustManagers()[0]);
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsUnusableException(
                    "The authorities of certificate " + authorities.id() + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static Collection<X509Certificate> read(CertificateFactory factory, String pem)
            throws CertificateException {
        var read = factory.generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        if (read.isEmpty()) {
            throw new CertificateException("there is none");
        }
        return read.stream().map(X509Certificate.class::cast).toList();
    }

    /** Called by the library, with the leaf first; answers one of its codes. */
    @Override
    public int verify(long ssl, byte[][] chain, String keyExchange) {
        try {
            var presented = new X509Certificate[chain.length];
            for (int i = 0; i < chain.length; i++) {
                presented[i] = (X509Certificate) certificates.generateCertificate(new ByteArrayInputStream(chain[i]));
            }
            judge.checkClientTrusted(presented, presented[0].getPublicKey().getAlgorithm());
            return X509_V_OK;
        } catch (CertificateException | RuntimeException refused) {
            log.atDebug().log("The certificate of a client is refused: {}", refused.getMessage());
            return isExpired(refused) ? X509_V_ERR_CERT_HAS_EXPIRED : X509_V_ERR_CERT_UNTRUSTED;
        }
    }

    private static boolean isExpired(Throwable refused) {
        Throwable at = refused;
        while (at != null && !(at instanceof CertificateExpiredException)) {
            at = at.getCause();
        }
        return at != null;
    }
}
