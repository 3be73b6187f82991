package io.evenkeel.certificate.pem;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;

/** Which keys are taken: strong enough to mean something, small enough that no handshake suffers. */
final class KeyRules {

    static final String RULE = "must have an RSA key of 2048..8192 bits or an EC key on P-256, P-384 or P-521";

    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 8192;
    private static final int MAX_EXPONENT_BITS = 64;

    private KeyRules() {}

    static boolean accepts(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> accepts(rsa);
            // The JDK reads no other curves than those of the rule.
            case ECPublicKey ec -> ec.getParams().getOrder().bitLength() >= 256;
            default -> false;
        };
    }

    private static boolean accepts(RSAPublicKey key) {
        int bits = key.getModulus().bitLength();
        return bits >= MIN_RSA_BITS
                && bits <= MAX_RSA_BITS
                && key.getPublicExponent().bitLength() <= MAX_EXPONENT_BITS;
    }
}
