package io.evenkeel.identity.signature;

import io.evenkeel.platform.error.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * What a signature covers, as it came over the wire.
 *
 * @param path raw, still encoded
 * @param query raw, empty when there was none
 * @param headers all values of a header by its name in any case
 * @param bodyHash SHA-256 of the body after chunks were joined, 64 lower-case hex digits
 */
record ReceivedRequest(
        String method, String path, String query, Function<String, List<String>> headers, String bodyHash) {

    static ReceivedRequest of(HttpServletRequest request, byte[] body) {
        var query = request.getQueryString();
        return new ReceivedRequest(
                request.getMethod(),
                request.getRequestURI(),
                query == null ? "" : query,
                name -> Collections.list(request.getHeaders(name)),
                Sha256.hex(body));
    }

    /** The one value of a header. Error: {@link ErrorCode#UNAUTHENTICATED} when it is missing or repeated. */
    String header(String name) {
        var values = headers.apply(name);
        if (values.size() != 1) {
            throw ErrorCode.UNAUTHENTICATED.with("the signed header " + name + " must stand exactly once");
        }
        return values.getFirst().strip();
    }
}
