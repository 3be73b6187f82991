package io.evenkeel.identity.signature;

import io.evenkeel.identity.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as a client does whose path and query need no encoding and whose query is sorted as it wants it. */
final class Signer {

    private Signer() {}

    static String sign(ReceivedRequest request, String signedHeaders, Secret secret) {
        var canonical = new StringBuilder()
                .append(request.method())
                .append('\n')
                .append(request.path())
                .append("/\n")
                .append(request.query())
                .append('\n');
        for (var name : signedHeaders.split(";", -1)) {
            canonical
                    .append(name)
                    .append(':')
                    .append(request.headers().apply(name).getFirst())
                    .append('\n');
        }
        canonical.append('\n').append(signedHeaders).append('\n').append(request.bodyHash());
        var toSign = "SDK-HMAC-SHA256\n" + request.headers().apply("x-sdk-date").getFirst() + "\n"
                + Sha256.hex(canonical.toString().getBytes(StandardCharsets.UTF_8));
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.bytes(), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(toSign.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
