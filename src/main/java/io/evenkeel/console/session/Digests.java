package io.evenkeel.console.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of a secret of 256 random bits, another for each use. */
final class Digests {

    private Digests() {}

    static byte[] of(String use, String secret) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return digest.digest((use + ':' + secret).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
