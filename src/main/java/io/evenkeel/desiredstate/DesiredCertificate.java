package io.evenkeel.desiredstate;

import java.util.List;

/**
 * A certificate of a server, with its key as it is kept: sealed. What opens it does so in memory alone.
 *
 * @param domains names that SNI finds it by, in lower case, the first label may be {@code *}
 * @param chain PEM, the leaf first
 * @param sealedKey Base64 of the sealed PEM
 */
public record DesiredCertificate(String id, List<String> domains, String chain, String sealedKey) {

    public DesiredCertificate {
        domains = List.copyOf(domains);
    }

    /** Without the key, even though it is sealed. */
    @Override
    public String toString() {
        return "DesiredCertificate[id=" + id + ", domains=" + domains + "]";
    }
}
