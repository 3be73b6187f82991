package io.evenkeel.dataplane.tls.boringssl;

import io.evenkeel.desiredstate.DesiredTls;
import io.netty.internal.tcnative.SSL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What of a security policy is offered to clients: never more than it allows, and less where the library knows less.
 * Of protocols with a gap between them the newer ones are offered, because the library has no gaps. The ciphers of TLS
 * 1.3 come with the protocol, all three that the library has; a policy that names none of them has no TLS 1.3.
 *
 * @param protocols bits of {@link SSL}
 * @param ciphers of TLS 1.2 and older; empty when only TLS 1.3 is offered
 */
record Offer(int protocols, List<String> ciphers) {

    private static final String TLS_1_3 = "TLSv1.3";
    private static final List<String> NEWEST_FIRST = List.of(TLS_1_3, "TLSv1.2", "TLSv1.1", "TLSv1");
    private static final Map<String, Integer> BITS = Map.of(
            TLS_1_3,
            SSL.SSL_PROTOCOL_TLSV1_3,
            "TLSv1.2",
            SSL.SSL_PROTOCOL_TLSV1_2,
            "TLSv1.1",
            SSL.SSL_PROTOCOL_TLSV1_1,
            "TLSv1",
            SSL.SSL_PROTOCOL_TLSV1);

    static Offer of(DesiredTls policy) throws TlsUnusableException {
        var known = policy.ciphers().stream()
                .filter(cipher -> !isOfTls13(cipher) && BoringSsl.knows(cipher))
                .toList();
        int protocols = 0;
        boolean hasBegun = false;
        for (var protocol : NEWEST_FIRST) {
            boolean isOffered = policy.protocols().contains(protocol) && hasCipher(protocol, policy, known);
            if (hasBegun && !isOffered) {
                break;
            }
            if (isOffered) {
                hasBegun = true;
                protocols |= BITS.getOrDefault(protocol, 0);
            }
        }
        if (protocols == 0) {
            throw new TlsUnusableException("Of the ciphers " + new ArrayList<>(policy.ciphers())
                    + " none is known to this worker for one of the protocols " + policy.protocols() + ".");
        }
        return new Offer(protocols, protocols == SSL.SSL_PROTOCOL_TLSV1_3 ? List.of() : known);
    }

    /** Suites with a digest of their own came with TLS 1.2 (RFC 5246 §A.5); older protocols have those with SHA-1. */
    private static boolean hasCipher(String protocol, DesiredTls policy, List<String> known) {
        return switch (protocol) {
            case TLS_1_3 -> policy.ciphers().stream().anyMatch(Offer::isOfTls13);
            case "TLSv1.2" -> !known.isEmpty();
            default -> known.stream().anyMatch(cipher -> cipher.endsWith("-SHA"));
        };
    }

    private static boolean isOfTls13(String cipher) {
        return cipher.startsWith("TLS_");
    }

    /** What switches the other protocols off: the bits alone leave TLS 1.3 on. */
    int options() {
        return (has(SSL.SSL_PROTOCOL_TLSV1) ? 0 : SSL.SSL_OP_NO_TLSv1)
                | (has(SSL.SSL_PROTOCOL_TLSV1_1) ? 0 : SSL.SSL_OP_NO_TLSv1_1)
                | (has(SSL.SSL_PROTOCOL_TLSV1_2) ? 0 : SSL.SSL_OP_NO_TLSv1_2)
                | (has(SSL.SSL_PROTOCOL_TLSV1_3) ? 0 : SSL.SSL_OP_NO_TLSv1_3);
    }

    private boolean has(int protocol) {
        return (protocols & protocol) != 0;
    }

    String cipherList() {
        return String.join(":", ciphers);
    }
}
