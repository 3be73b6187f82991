package io.evenkeel.certificate;

import java.util.List;

/**
 * A security policy that every project has (wire contract, resources.md §10), by which {@code tls_ciphers_policy} names
 * what a listener accepts.
 *
 * @param protocols such as {@code TLSv1.2}, the newest first
 * @param ciphers by their OpenSSL names, the preferred first
 */
public record SystemSecurityPolicy(String name, List<String> protocols, List<String> ciphers) {

    /** The names, for {@code @Pattern}. */
    public static final String NAMES = "tls-1-0-inherit|tls-1-0|tls-1-1|tls-1-2|tls-1-2-strict|tls-1-2-fs"
            + "|tls-1-0-with-1-3|tls-1-2-fs-with-1-3|hybrid-policy-1-0|tls-1-2-strict-no-cbc";

    public static final String NAMES_RULE = "must be the name of a system security policy";

    /** What a listener has that asks for none. */
    public static final String DEFAULT = "tls-1-2";

    private static final String GCM = "ECDHE-ECDSA-AES256-GCM-SHA384 ECDHE-ECDSA-AES128-GCM-SHA256";
    private static final String GCM_RSA = "ECDHE-RSA-AES256-GCM-SHA384 ECDHE-RSA-AES128-GCM-SHA256";
    private static final String GCM_STATIC = "AES128-GCM-SHA256 AES256-GCM-SHA384";
    private static final String CBC = "ECDHE-ECDSA-AES128-SHA256 ECDHE-ECDSA-AES256-SHA384";
    private static final String SHA1 = "ECDHE-ECDSA-AES128-SHA ECDHE-ECDSA-AES256-SHA";
    private static final String TLS_1_0 = String.join(
            " ",
            GCM,
            CBC,
            SHA1,
            GCM_RSA,
            GCM_STATIC,
            "ECDHE-RSA-AES128-SHA256 AES128-SHA256 AES256-SHA256 ECDHE-RSA-AES256-SHA384",
            "ECDHE-RSA-AES128-SHA ECDHE-RSA-AES256-SHA AES128-SHA AES256-SHA");
    private static final String INHERITED = "DHE-RSA-AES128-SHA DHE-DSS-AES128-SHA CAMELLIA128-SHA"
            + " EDH-RSA-DES-CBC3-SHA DES-CBC3-SHA ECDHE-RSA-RC4-SHA RC4-SHA DHE-RSA-AES256-SHA DHE-DSS-AES256-SHA"
            + " DHE-RSA-CAMELLIA256-SHA DHE-DSS-CAMELLIA256-SHA CAMELLIA256-SHA EDH-DSS-DES-CBC3-SHA"
            + " DHE-RSA-CAMELLIA128-SHA DHE-DSS-CAMELLIA128-SHA";
    private static final String STRICT = String.join(
            " ",
            GCM,
            CBC,
            GCM_RSA,
            GCM_STATIC,
            "ECDHE-RSA-AES128-SHA256 AES128-SHA256 AES256-SHA256 ECDHE-RSA-AES256-SHA384");
    private static final String FORWARD_SECRET =
            String.join(" ", GCM, CBC, GCM_RSA, "ECDHE-RSA-AES128-SHA256 ECDHE-RSA-AES256-SHA384");
    private static final String TLS_1_3 = "TLS_AES_128_GCM_SHA256 TLS_AES_256_GCM_SHA384"
            + " TLS_CHACHA20_POLY1305_SHA256 TLS_AES_128_CCM_SHA256 TLS_AES_128_CCM_8_SHA256";

    /** All of them. */
    public static final List<SystemSecurityPolicy> ALL = List.of(
            policy("tls-1-0", "TLSv1.2 TLSv1.1 TLSv1", TLS_1_0),
            policy("tls-1-0-inherit", "TLSv1.2 TLSv1.1 TLSv1", TLS_1_0 + " " + INHERITED),
            policy("tls-1-1", "TLSv1.2 TLSv1.1", TLS_1_0),
            policy("tls-1-2", "TLSv1.2", TLS_1_0),
            policy("tls-1-2-strict", "TLSv1.2", STRICT),
            policy("tls-1-2-fs", "TLSv1.2", FORWARD_SECRET),
            policy("tls-1-0-with-1-3", "TLSv1.3 TLSv1.2 TLSv1.1 TLSv1", TLS_1_0 + " " + TLS_1_3),
            policy("tls-1-2-fs-with-1-3", "TLSv1.3 TLSv1.2", FORWARD_SECRET + " " + TLS_1_3),
            policy("hybrid-policy-1-0", "TLSv1.2 TLSv1.1", TLS_1_0),
            policy("tls-1-2-strict-no-cbc", "TLSv1.2", String.join(" ", GCM, GCM_RSA, GCM_STATIC)));

    public SystemSecurityPolicy {
        protocols = List.copyOf(protocols);
        ciphers = List.copyOf(ciphers);
    }

    private static SystemSecurityPolicy policy(String name, String protocols, String ciphers) {
        return new SystemSecurityPolicy(name, List.of(protocols.split(" ")), List.of(ciphers.split(" ")));
    }
}
