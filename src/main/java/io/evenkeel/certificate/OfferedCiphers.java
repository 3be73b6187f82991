package io.evenkeel.certificate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What of a security policy workers cannot do as it says, because their TLS library cannot (ADR 0008). What it does not
 * have is left out, so that a policy is never exceeded, but for the suites of TLS 1.3, which come together.
 */
public final class OfferedCiphers {

    private static final String TLS_1_3 = "TLSv1.3";
    private static final List<String> OLDEST_FIRST = List.of("TLSv1", "TLSv1.1", "TLSv1.2", TLS_1_3);

    /** Those of TLS 1.3, which are offered all three or not at all. */
    public static final Set<String> OF_TLS_1_3 =
            Set.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    /** Those of TLS 1.2 and older, by their OpenSSL names. */
    public static final Set<String> OLDER = Set.of(
            "ECDHE-ECDSA-AES128-GCM-SHA256",
            "ECDHE-ECDSA-AES256-GCM-SHA384",
            "ECDHE-ECDSA-CHACHA20-POLY1305",
            "ECDHE-ECDSA-AES128-SHA",
            "ECDHE-ECDSA-AES256-SHA",
            "ECDHE-RSA-AES128-GCM-SHA256",
            "ECDHE-RSA-AES256-GCM-SHA384",
            "ECDHE-RSA-CHACHA20-POLY1305",
            "ECDHE-RSA-AES128-SHA256",
            "ECDHE-RSA-AES128-SHA",
            "ECDHE-RSA-AES256-SHA",
            "AES128-GCM-SHA256",
            "AES256-GCM-SHA384",
            "AES128-SHA",
            "AES256-SHA",
            "DES-CBC3-SHA");

    private OfferedCiphers() {}

    /** In what the offer differs from the policy, for a user to read; nothing where it does not. */
    public static List<String> differences(List<String> protocols, List<String> ciphers) {
        var differences = new ArrayList<String>();
        var missing = ciphers.stream()
                .filter(cipher -> !OLDER.contains(cipher) && !OF_TLS_1_3.contains(cipher))
                .toList();
        if (!missing.isEmpty()) {
            differences.add("the ciphers " + String.join(", ", missing) + " are not offered by workers");
        }
        long chosen = ciphers.stream().filter(OF_TLS_1_3::contains).count();
        if (protocols.contains(TLS_1_3) && chosen > 0 && chosen < OF_TLS_1_3.size()) {
            differences.add("of TLS 1.3 workers offer all of "
                    + String.join(", ", OF_TLS_1_3.stream().sorted().toList()));
        }
        var left = belowGap(protocols);
        if (!left.isEmpty()) {
            differences.add("the protocols " + String.join(", ", left)
                    + " are not offered by workers, because a newer one is left out above them");
        }
        return differences;
    }

    private static List<String> belowGap(List<String> protocols) {
        var left = new ArrayList<String>();
        boolean hasBegun = false;
        boolean hasGap = false;
        for (var protocol : OLDEST_FIRST.reversed()) {
            boolean isNamed = protocols.contains(protocol);
            hasGap |= hasBegun && !isNamed;
            hasBegun |= isNamed;
            if (isNamed && hasGap) {
                left.add(protocol);
            }
        }
        return left;
    }
}
