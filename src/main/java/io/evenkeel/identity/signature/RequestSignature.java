package io.evenkeel.identity.signature;

import io.evenkeel.identity.Secret;
import io.evenkeel.platform.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature that a request should carry (wire contract, auth.md §2). Pure. */
final class RequestSignature {

    private static final String ALGORITHM = "SDK-HMAC-SHA256";
    private static final String CONTENT_HASH = "x-sdk-content-sha256";

    /** One name and value of the query, encoded. */
    private record Pair(String name, String value) {}

    /** Values of one name stay as they arrived: the Java client. */
    private static final Comparator<Pair> BY_NAME = Comparator.comparing(Pair::name);
    /** Values are sorted as well: the clients in other languages. */
    private static final Comparator<Pair> BY_NAME_AND_VALUE = BY_NAME.thenComparing(Pair::value);

    private RequestSignature() {}

    /**
     * Whether the secret made the claimed signature over this request, in either order of repeated query names. Takes
     * the same time wherever a wrong signature differs. Error: {@link ErrorCode#UNAUTHENTICATED} when the request
     * cannot be signed like this at all.
     */
    static boolean matches(ReceivedRequest request, ClaimedSignature claim, Secret secret) {
        var pairs = pairs(request.query());
        if (isEqual(sign(request, claim.signedHeaders(), query(pairs, BY_NAME), secret), claim)) {
            return true;
        }
        boolean isNameRepeated = pairs.stream().map(Pair::name).distinct().count() < pairs.size();
        return isNameRepeated
                && isEqual(sign(request, claim.signedHeaders(), query(pairs, BY_NAME_AND_VALUE), secret), claim);
    }

    private static boolean isEqual(String signature, ClaimedSignature claim) {
        return MessageDigest.isEqual(
                signature.getBytes(StandardCharsets.US_ASCII), claim.signature().getBytes(StandardCharsets.US_ASCII));
    }

    private static String sign(ReceivedRequest request, List<String> signedHeaders, String query, Secret secret) {
        var canonical = String.join(
                "\n",
                request.method(),
                path(request.path()),
                query,
                headers(request, signedHeaders),
                String.join(";", signedHeaders),
                bodyHash(request, signedHeaders));
        var toSign = String.join(
                "\n", ALGORITHM, request.header("x-sdk-date"), Sha256.hex(canonical.getBytes(StandardCharsets.UTF_8)));
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.bytes(), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(toSign.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is not available", e);
        }
    }

    private static String path(String raw) {
        var path =
                Stream.of(raw.split("/", -1)).map(RequestSignature::normalise).collect(Collectors.joining("/"));
        return path.endsWith("/") ? path : path + "/";
    }

    private static List<Pair> pairs(String rawQuery) {
        return Arrays.stream(rawQuery.split("&", -1))
                .filter(part -> !part.isEmpty())
                .map(RequestSignature::pair)
                .toList();
    }

    private static Pair pair(String part) {
        int equals = part.indexOf('=');
        return equals < 0
                ? new Pair(normalise(part), "")
                : new Pair(normalise(part.substring(0, equals)), normalise(part.substring(equals + 1)));
    }

    private static String query(List<Pair> pairs, Comparator<Pair> order) {
        return pairs.stream()
                .sorted(order)
                .map(pair -> pair.name() + "=" + pair.value())
                .collect(Collectors.joining("&"));
    }

    private static String headers(ReceivedRequest request, List<String> names) {
        return names.stream()
                .map(name -> name + ":" + request.header(name) + "\n")
                .collect(Collectors.joining());
    }

    /** A hash that was sent counts only when it is signed, and then it must be the body's. */
    private static String bodyHash(ReceivedRequest request, List<String> signedHeaders) {
        var hash = request.bodyHash();
        if (signedHeaders.contains(CONTENT_HASH)
                && !request.header(CONTENT_HASH).equals(hash)) {
            throw ErrorCode.UNAUTHENTICATED.with("X-Sdk-Content-Sha256 is not the hash of the body");
        }
        return hash;
    }

    private static String normalise(String raw) {
        try {
            return PercentCoding.normalise(raw);
        } catch (IllegalArgumentException e) {
            throw ErrorCode.UNAUTHENTICATED.with("the path or the query is encoded wrongly");
        }
    }
}
