package io.evenkeel.desiredstate.routing;

import java.util.List;

/**
 * Which web pages of other origins may call (the CORS protocol of the Fetch standard).
 *
 * @param origins as in {@code https://*.example.com:8443}, or {@code *} alone; likewise {@code headers} and
 *     {@code exposed}
 * @param maxAge seconds that a preflight's answer may be kept, -1 for not at all
 */
public record DesiredCors(
        List<String> origins,
        List<String> methods,
        List<String> headers,
        List<String> exposed,
        boolean allowsCredentials,
        int maxAge) {

    public DesiredCors {
        origins = List.copyOf(origins);
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        exposed = List.copyOf(exposed);
    }
}
