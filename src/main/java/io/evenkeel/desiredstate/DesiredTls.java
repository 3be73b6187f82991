package io.evenkeel.desiredstate;

import java.util.List;
import java.util.Optional;

/**
 * What a listener does for TLS with clients.
 *
 * @param protocols such as {@code TLSv1.2}
 * @param ciphers by their OpenSSL names, the preferred first
 * @param certificate shown to clients that name no domain of the others
 * @param sniCertificates shown to clients that name one of their domains; no domain is in two of them
 * @param clientAuthorities present: a client must show a certificate that one of these signed
 * @param offersHttp2 HTTPS: whether clients may choose HTTP/2
 */
public record DesiredTls(
        List<String> protocols,
        List<String> ciphers,
        DesiredCertificate certificate,
        List<DesiredCertificate> sniCertificates,
        SniMatch sniMatch,
        Optional<DesiredAuthorities> clientAuthorities,
        boolean offersHttp2) {

    /** Which names a domain with a wildcard, {@code *.example.com}, is found by. */
    public enum SniMatch {
        /** Those with one label in the place of the star. */
        WILDCARD,
        /** Those with any labels in the place of the star; of several domains the longest. */
        LONGEST_SUFFIX
    }

    /** Without HTTP/2. */
    public DesiredTls(
            List<String> protocols,
            List<String> ciphers,
            DesiredCertificate certificate,
            List<DesiredCertificate> sniCertificates,
            SniMatch sniMatch,
            Optional<DesiredAuthorities> clientAuthorities) {
        this(protocols, ciphers, certificate, sniCertificates, sniMatch, clientAuthorities, false);
    }

    public DesiredTls {
        protocols = List.copyOf(protocols);
        ciphers = List.copyOf(ciphers);
        sniCertificates = List.copyOf(sniCertificates);
    }
}
