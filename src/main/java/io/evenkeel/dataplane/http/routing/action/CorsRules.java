package io.evenkeel.dataplane.http.routing.action;

import io.evenkeel.dataplane.http.memory.Bytes;
import io.evenkeel.desiredstate.routing.DesiredCors;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Tells browsers which pages may call: the CORS protocol of the Fetch standard. Preflights are answered here; what a
 * member says of the same in its responses is replaced. Where every origin may call, none may with credentials: that is
 * the browsers' rule.
 */
final class CorsRules {

    private static final String ANY = "*";
    private static final byte[] ORIGIN = Text.bytes("origin");
    private static final byte[] WANTED_METHOD = Text.bytes("access-control-request-method");
    private static final byte[] WANTED_HEADERS = Text.bytes("access-control-request-headers");
    private static final byte[] NO_BODY = {};
    private static final int NO_CONTENT = 204;
    private static final int MAX_ECHO = 1024;

    private static final List<byte[]> DROPPED = Stream.of(
                    "allow-origin", "allow-methods", "allow-headers", "allow-credentials", "expose-headers", "max-age")
            .map(name -> Text.bytes("access-control-" + name))
            .toList();

    private final DesiredCors cors;
    private final boolean isForAnyOrigin;
    private final List<String> origins;
    private final ResponseEdits forOthers;

    CorsRules(DesiredCors cors) {
        this.cors = cors;
        isForAnyOrigin = cors.origins().contains(ANY);
        origins = cors.origins().stream()
                .map(origin -> origin.toLowerCase(Locale.ROOT))
                .toList();
        forOthers = new ResponseEdits(DROPPED, isForAnyOrigin ? NO_BODY : Text.bytes("Vary: Origin\r\n"));
    }

    /** Whether it was one. */
    boolean answerPreflight(Decision request) {
        var head = request.head();
        if (head.nextField(ORIGIN, -1) < 0 || head.nextField(WANTED_METHOD, -1) < 0 || !head.isOptions()) {
            return false;
        }
        var lines = new StringBuilder(StatusLine.of(NO_CONTENT));
        var origin = value(request, ORIGIN);
        if (isAllowed(origin)) {
            appendOrigin(lines, origin);
            appendList(lines, "Access-Control-Allow-Methods", cors.methods());
            appendList(lines, "Access-Control-Allow-Headers", allowedHeaders(request));
            lines.append("Access-Control-Max-Age: ").append(cors.maxAge()).append("\r\n");
        }
        lines.append("Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers\r\n");
        request.beginAnswer(NO_CONTENT, NO_BODY).append(lines.toString().getBytes(StandardCharsets.ISO_8859_1));
        return true;
    }

    /** Of the response to a request that is no preflight. */
    ResponseEdits edits(Decision request) {
        var origin = value(request, ORIGIN);
        if (!isAllowed(origin)) {
            return forOthers;
        }
        var lines = new StringBuilder();
        appendOrigin(lines, origin);
        appendList(lines, "Access-Control-Expose-Headers", cors.exposed());
        if (!isForAnyOrigin) {
            lines.append("Vary: Origin\r\n");
        }
        return new ResponseEdits(DROPPED, lines.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private void appendOrigin(StringBuilder lines, String origin) {
        lines.append("Access-Control-Allow-Origin: ")
                .append(isForAnyOrigin ? ANY : origin)
                .append("\r\n");
        if (cors.allowsCredentials() && !isForAnyOrigin) {
            lines.append("Access-Control-Allow-Credentials: true\r\n");
        }
    }

    private static void appendList(StringBuilder lines, String name, List<String> values) {
        if (!values.isEmpty()) {
            lines.append(name).append(": ").append(String.join(", ", values)).append("\r\n");
        }
    }

    /** With credentials a star is a name like others to browsers: then what is asked for is what is allowed. */
    private List<String> allowedHeaders(Decision request) {
        if (!cors.allowsCredentials() || isForAnyOrigin || !cors.headers().contains(ANY)) {
            return cors.headers();
        }
        var wanted = value(request, WANTED_HEADERS);
        return wanted.isEmpty() || wanted.length() > MAX_ECHO ? List.of() : List.of(wanted);
    }

    private boolean isAllowed(String origin) {
        return !origin.isEmpty()
                && origin.length() <= MAX_ECHO
                && (isForAnyOrigin || origins.stream().anyMatch(allowed -> matches(allowed, origin)));
    }

    private static boolean matches(String allowed, String origin) {
        var actual = origin.toLowerCase(Locale.ROOT);
        int star = allowed.indexOf(ANY);
        if (star < 0) {
            return allowed.equals(actual);
        }
        var start = allowed.substring(0, star);
        var end = allowed.substring(star + 1);
        return actual.length() > start.length() + end.length()
                && actual.startsWith(start)
                && actual.endsWith(end)
                && actual.indexOf('/', start.length()) < 0;
    }

    /** Of the first such field, with bytes for characters; empty without one. */
    private static String value(Decision request, byte[] name) {
        int field = request.head().nextField(name, -1);
        if (field < 0) {
            return "";
        }
        var value = new Bytes();
        request.head().copyValue(field, value);
        return new String(value.array(), 0, value.size(), StandardCharsets.ISO_8859_1);
    }
}
