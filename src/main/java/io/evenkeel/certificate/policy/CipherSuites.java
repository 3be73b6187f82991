package io.evenkeel.certificate.policy;

import java.util.List;
import java.util.Set;

/** The protocols and ciphers that a custom policy may name (wire contract, resources.md §10), and which go together. */
final class CipherSuites {

    static final String PROTOCOLS = "TLSv1|TLSv1\\.1|TLSv1\\.2|TLSv1\\.3";
    static final String PROTOCOLS_RULE = "must be one of TLSv1, TLSv1.1, TLSv1.2, TLSv1.3";

    static final String CIPHERS = "ECDHE-RSA-AES256-GCM-SHA384|ECDHE-RSA-AES128-GCM-SHA256"
            + "|ECDHE-ECDSA-AES256-GCM-SHA384|ECDHE-ECDSA-AES128-GCM-SHA256|AES128-GCM-SHA256|AES256-GCM-SHA384"
            + "|ECDHE-ECDSA-AES128-SHA256|ECDHE-RSA-AES128-SHA256|AES128-SHA256|AES256-SHA256"
            + "|ECDHE-ECDSA-AES256-SHA384|ECDHE-RSA-AES256-SHA384|ECDHE-ECDSA-AES128-SHA|ECDHE-RSA-AES128-SHA"
            + "|ECDHE-RSA-AES256-SHA|ECDHE-ECDSA-AES256-SHA|AES128-SHA|AES256-SHA|CAMELLIA128-SHA|DES-CBC3-SHA"
            + "|CAMELLIA256-SHA|ECDHE-RSA-CHACHA20-POLY1305|ECDHE-ECDSA-CHACHA20-POLY1305|TLS_AES_128_GCM_SHA256"
            + "|TLS_AES_256_GCM_SHA384|TLS_CHACHA20_POLY1305_SHA256|TLS_AES_128_CCM_SHA256|TLS_AES_128_CCM_8_SHA256";
    static final String CIPHERS_RULE = "must be the name of a cipher that security policies know";

    private CipherSuites() {}

    /** Whether a handshake with one of the protocols can agree on one of the ciphers (RFC 5246 §A.5, 8446 §B.4). */
    static boolean fit(List<String> protocols, List<String> ciphers) {
        return ciphers.stream().anyMatch(cipher -> protocols.stream().anyMatch(fitting(cipher)::contains));
    }

    private static Set<String> fitting(String cipher) {
        if (cipher.startsWith("TLS_")) {
            return Set.of("TLSv1.3");
        }
        // Suites with a digest of their own came with TLS 1.2; those with SHA-1 are older.
        return cipher.endsWith("-SHA") ? Set.of("TLSv1", "TLSv1.1", "TLSv1.2") : Set.of("TLSv1.2");
    }
}
