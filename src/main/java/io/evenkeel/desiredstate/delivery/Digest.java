package io.evenkeel.desiredstate.delivery;

import io.evenkeel.desiredstate.DesiredResource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over the canonical bytes of a resource: equal content, equal digest, in every process and version. */
public record Digest(String hex) {

    public static Digest of(DesiredResource resource) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return new Digest(HexFormat.of().formatHex(sha256.digest(DesiredStateCodec.encode(resource))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
