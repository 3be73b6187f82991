package io.evenkeel.sdk;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How the vendor's SDKs of other languages sign: repeated values sorted, where the Java SDK leaves them as they came, and
 * each with other headers. Go and Python follow those SDKs' sources, Node only what the wire contract says of it. What
 * they call themselves in {@code User-Agent} is signed here but is not taken from them.
 */
enum Signing {
    /** Neither {@code host} nor {@code content-type} is signed. */
    GO("huaweicloud-usdk-go/3.0", false, false),

    /** Every header is signed. */
    PYTHON("huaweicloud-usdk-python/3.0", true, true),

    /** As the contract has it, which is as Python: every header is signed. */
    NODE("huaweicloud-usdk-nodejs/3.0", true, true);

    private static final String ALGORITHM = "SDK-HMAC-SHA256";

    private final String userAgent;
    private final boolean isHostSigned;
    private final boolean isContentTypeSigned;

    Signing(String userAgent, boolean isHostSigned, boolean isContentTypeSigned) {
        this.userAgent = userAgent;
        this.isHostSigned = isHostSigned;
        this.isContentTypeSigned = isContentTypeSigned;
    }

    /** The headers of a request, signed; {@code date} as {@code yyyyMMdd'T'HHmmss'Z'}. */
    Map<String, String> headers(Sdk.Account account, String method, URI target, String body, String date) {
        var sent = new TreeMap<String, String>(
                Map.of("user-agent", userAgent, "x-project-id", account.projectId(), "x-sdk-date", date));
        var signed = new TreeMap<>(sent);
        sent.put("content-type", "application/json");
        if (isContentTypeSigned) {
            signed.put("content-type", "application/json");
        }
        if (isHostSigned) {
            signed.put("host", target.getAuthority());
        }
        var names = String.join(";", signed.keySet());
        var lines = signed.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                .collect(Collectors.joining());
        var canonical = String.join("\n", method, path(target), query(target), lines, names, sha256(body));
        var signature = hmac(account.secretKey(), String.join("\n", ALGORITHM, date, sha256(canonical)));
        sent.put(
                "Authorization",
                ALGORITHM + " Access=" + account.accessKey() + ", SignedHeaders=" + names + ", Signature=" + signature);
        return sent;
    }

    private static String path(URI target) {
        var path = Arrays.stream(target.getRawPath().split("/", -1))
                .map(Signing::again)
                .collect(Collectors.joining("/"));
        return path.endsWith("/") ? path : path + "/";
    }

    private static String query(URI target) {
        if (target.getRawQuery() == null) {
            return "";
        }
        return Arrays.stream(target.getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .map(pair -> Map.entry(again(pair[0]), pair.length < 2 ? "" : again(pair[1])))
                .sorted(Map.Entry.<String, String>comparingByKey().thenComparing(Map.Entry.comparingByValue()))
                .map(pair -> pair.getKey() + "=" + pair.getValue())
                .collect(Collectors.joining("&"));
    }

    /** Decoded, and encoded as RFC 3986 has it. */
    private static String again(String encoded) {
        var text = new StringBuilder();
        for (byte b : URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8)
                .getBytes(StandardCharsets.UTF_8)) {
            var isPlain = b >= 0 && (Character.isLetterOrDigit(b) || "-_.~".indexOf(b) >= 0);
            text.append(
                    isPlain
                            ? String.valueOf((char) b)
                            : "%" + HexFormat.of().withUpperCase().toHexDigits(b));
        }
        return text.toString();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String hmac(String key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
