package io.evenkeel.writes;

import io.evenkeel.identity.Callers;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.web.BodyLimitFilter;
import io.evenkeel.platform.write.WaitTime;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.springframework.web.servlet.HandlerMapping;

/**
 * What the client asks of a write beside the write itself.
 *
 * @param projectId whose idempotency keys are meant: the path's project, or the caller's where the path has none
 * @param idempotencyKey 1..255 visible ASCII characters
 * @param ifMatch the header as it came
 * @param patience how long to wait until workers serve what the write advances
 * @param digest SHA-256 over method, target and body, in hex
 */
record WriteRequest(
        String projectId,
        boolean isDryRun,
        Optional<String> idempotencyKey,
        Optional<String> ifMatch,
        Optional<Duration> patience,
        String digest) {

    static final String KEY_HEADER = "Idempotency-Key";
    private static final String DRY_RUN = "dry_run";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    /**
     * @param known query names that the operation itself takes
     */
    static WriteRequest of(HttpServletRequest request, Set<String> known) {
        var unknown = new TreeSet<>(request.getParameterMap().keySet());
        unknown.removeAll(known);
        unknown.remove(DRY_RUN);
        unknown.remove(WaitTime.NAME);
        if (!unknown.isEmpty()) {
            throw ErrorCode.UNRECOGNIZED_ATTRIBUTES.with(String.join(", ", unknown));
        }
        boolean isDryRun = isDryRun(request);
        var patience = patienceOf(request);
        if (isDryRun && patience.isPresent()) {
            throw ErrorCode.INVALID_INPUT.with(WaitTime.NAME, "is not taken with dry_run: nothing will be served");
        }
        return new WriteRequest(
                projectOf(request), isDryRun, keyOf(request), ifMatch(request), patience, digest(request));
    }

    private static Optional<Duration> patienceOf(HttpServletRequest request) {
        var values = request.getParameterValues(WaitTime.NAME);
        return WaitTime.of(values == null ? List.of() : List.of(values));
    }

    private static boolean isDryRun(HttpServletRequest request) {
        var values = request.getParameterValues(DRY_RUN);
        if (values == null) {
            return false;
        }
        if (values.length != 1 || !Set.of("true", "false").contains(values[0])) {
            throw ErrorCode.INVALID_INPUT.with(DRY_RUN, "must be true or false");
        }
        return values[0].equals("true");
    }

    private static Optional<String> keyOf(HttpServletRequest request) {
        var key = Optional.ofNullable(request.getHeader(KEY_HEADER));
        if (key.isPresent() && !KEY.matcher(key.get()).matches()) {
            throw ErrorCode.INVALID_INPUT.with(KEY_HEADER, "must be 1..255 visible ASCII characters");
        }
        if (key.isPresent() && request.getRequestURI().startsWith("/identity/")) {
            throw ErrorCode.INVALID_INPUT.with(KEY_HEADER, "is not taken here: credentials are shown only once");
        }
        return key;
    }

    private static Optional<String> ifMatch(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("If-Match"));
    }

    private static String projectOf(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> path
                        && path.get("project_id") instanceof String project
                ? project
                : Callers.current().projectId();
    }

    private static String digest(HttpServletRequest request) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : Arrays.asList(request.getMethod(), request.getRequestURI(), request.getQueryString())) {
                digest.update(String.valueOf(part).getBytes(StandardCharsets.UTF_8));
                digest.update((byte) '\n');
            }
            return HexFormat.of().formatHex(digest.digest(BodyLimitFilter.bodyOf(request)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
