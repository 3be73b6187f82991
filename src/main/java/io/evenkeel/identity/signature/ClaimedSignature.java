package io.evenkeel.identity.signature;

import io.evenkeel.platform.error.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What an Authorization header claims.
 *
 * @param signedHeaders names in lower case, in the order in which they were signed
 * @param signature 64 lower-case hex digits
 */
record ClaimedSignature(String accessKey, List<String> signedHeaders, String signature) {

    private static final Pattern HEADER = Pattern.compile("SDK-HMAC-SHA256 +Access=([A-Za-z0-9_-]{1,64}), *"
            + "SignedHeaders=([a-z0-9_.-]+(?:;[a-z0-9_.-]+)*), *Signature=([0-9a-f]{64})");
    /** The vendor's Go SDK leaves the host unsigned, so the time is all that every client signs. */
    private static final String REQUIRED = "x-sdk-date";

    private static final int MOST_HEADERS = 50;

    /** Error: {@link ErrorCode#UNAUTHENTICATED}. */
    static ClaimedSignature parse(String authorization) {
        var parts = HEADER.matcher(authorization);
        if (!parts.matches()) {
            throw ErrorCode.UNAUTHENTICATED.with(
                    "Authorization must be 'SDK-HMAC-SHA256 Access=..., SignedHeaders=..., Signature=...'");
        }
        var names = List.of(parts.group(2).split(";", -1));
        if (!names.contains(REQUIRED)) {
            throw ErrorCode.UNAUTHENTICATED.with("SignedHeaders must name x-sdk-date");
        }
        if (names.size() > MOST_HEADERS || new HashSet<>(names).size() < names.size()) {
            throw ErrorCode.UNAUTHENTICATED.with(
                    "SignedHeaders must name each header once, and at most " + MOST_HEADERS);
        }
        return new ClaimedSignature(parts.group(1), names, parts.group(3));
    }
}
