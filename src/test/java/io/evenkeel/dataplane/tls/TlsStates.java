package io.evenkeel.dataplane.tls;

import io.evenkeel.desiredstate.DesiredAuthorities;
import io.evenkeel.desiredstate.DesiredCertificate;
import io.evenkeel.desiredstate.DesiredTls;
import io.evenkeel.desiredstate.DesiredTls.SniMatch;
import io.evenkeel.desiredstate.delivery.KeyOpener;
import io.evenkeel.testing.Pki;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** What listeners shall do for TLS, for tests. Keys are "sealed" by Base64 alone. */
public final class TlsStates {

    /** Opens what is sealed here. */
    public static final KeyOpener KEYS = (certificateId, sealedKey) -> sealedKey.clone();

    public static final List<String> MODERN = List.of(
            "ECDHE-ECDSA-AES256-GCM-SHA384",
            "ECDHE-RSA-AES256-GCM-SHA384",
            "ECDHE-ECDSA-AES128-SHA",
            "AES128-SHA",
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256");

    private TlsStates() {}

    public static DesiredCertificate certificate(String id, Pki.Issued issued, String... domains) {
        return certificate(id, issued.pem(), issued.key(), domains);
    }

    public static DesiredCertificate certificate(String id, String chain, String key, String... domains) {
        return new DesiredCertificate(
                id,
                List.of(domains),
                chain,
                Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.US_ASCII)));
    }

    /** TLS 1.2 and 1.3 with one certificate. */
    public static DesiredTls with(DesiredCertificate certificate) {
        return with(certificate, List.of(), SniMatch.WILDCARD);
    }

    public static DesiredTls with(DesiredCertificate certificate, List<DesiredCertificate> others, SniMatch match) {
        return new DesiredTls(List.of("TLSv1.3", "TLSv1.2"), MODERN, certificate, others, match, Optional.empty());
    }

    public static DesiredTls policy(DesiredCertificate certificate, List<String> protocols, List<String> ciphers) {
        return new DesiredTls(protocols, ciphers, certificate, List.of(), SniMatch.WILDCARD, Optional.empty());
    }

    public static DesiredTls offeringHttp2(DesiredTls tls, boolean offersHttp2) {
        return new DesiredTls(
                tls.protocols(),
                tls.ciphers(),
                tls.certificate(),
                tls.sniCertificates(),
                tls.sniMatch(),
                tls.clientAuthorities(),
                offersHttp2);
    }

    public static DesiredTls asking(DesiredTls tls, Pki.Issued... authorities) {
        return new DesiredTls(
                tls.protocols(),
                tls.ciphers(),
                tls.certificate(),
                tls.sniCertificates(),
                tls.sniMatch(),
                Optional.of(new DesiredAuthorities("authorities", Pki.bundle(authorities))));
    }
}
