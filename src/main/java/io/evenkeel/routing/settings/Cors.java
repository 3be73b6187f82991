package io.evenkeel.routing.settings;

import io.evenkeel.platform.error.ErrorCode;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages of other origins may call (the CORS protocol of the Fetch standard).
 *
 * @param allowOrigin origins, or {@code *} alone; likewise {@code allowHeaders} and {@code exposeHeaders}
 * @param maxAge seconds a preflight's answer may be kept, -1 for not at all
 */
public record Cors(
        List<String> allowOrigin,
        List<String> allowMethods,
        List<String> allowHeaders,
        List<String> exposeHeaders,
        boolean allowCredentials,
        int maxAge) {

    private static final int MAX_AGE_SECONDS = 172_800;
    private static final String HEADER = "\\*|[A-Za-z0-9_-]{1,40}";
    private static final String HEADER_RULE = "must be * or 1..40 letters, digits, '-' or '_'";

    public Cors {
        allowOrigin = List.copyOf(allowOrigin);
        allowMethods = List.copyOf(allowMethods);
        allowHeaders = List.copyOf(allowHeaders);
        exposeHeaders = List.copyOf(exposeHeaders);
    }

    /** Which browsers do not accept. */
    boolean isForAllWithCredentials() {
        return allowCredentials && allowOrigin.contains("*");
    }

    /** As clients give it. */
    public record CorsInput(
            @NotNull
            @NotEmpty(message = "must name at least one origin")
            @Size(max = 50, message = "must hold at most 50 entries")
            List<
                            @NotNull
                            @Pattern(
                                    regexp = "\\*|https?://(\\*\\.)?[A-Za-z0-9.-]{1,128}(:[0-9]{1,5})?",
                                    message = "must be * or an origin such as https://example.com:8443")
                            String>
                    allowOrigin,

            @Nullable @Size(max = 50, message = "must hold at most 50 entries")
            List<
                            @NotNull
                            @Pattern(
                                    regexp = "GET|PUT|POST|DELETE|PATCH|HEAD|OPTIONS",
                                    message = "must be one of GET, PUT, POST, DELETE, PATCH, HEAD, OPTIONS")
                            String>
                    allowMethods,

            @Nullable @Size(max = 50, message = "must hold at most 50 entries")
            List<@NotNull @Pattern(regexp = HEADER, message = HEADER_RULE) String> allowHeaders,

            @Nullable @Size(max = 50, message = "must hold at most 50 entries")
            List<@NotNull @Pattern(regexp = HEADER, message = HEADER_RULE) String> exposeHeaders,

            @Nullable Boolean allowCredentials,

            @Nullable
            @Min(value = -1, message = "must be -1..172800")
            @Max(value = MAX_AGE_SECONDS, message = "must be -1..172800")
            Integer maxAge) {}

    static @Nullable Cors of(@Nullable CorsInput input, String at) {
        if (input == null) {
            return null;
        }
        return new Cors(
                list(input.allowOrigin(), at + ".allow_origin"),
                list(input.allowMethods(), at + ".allow_methods"),
                list(input.allowHeaders(), at + ".allow_headers"),
                list(input.exposeHeaders(), at + ".expose_headers"),
                Objects.requireNonNullElse(input.allowCredentials(), false),
                Objects.requireNonNullElse(input.maxAge(), MAX_AGE_SECONDS));
    }

    private static List<String> list(@Nullable List<String> given, String at) {
        if (given == null) {
            return List.of();
        }
        if (given.contains("*") && given.size() > 1) {
            throw ErrorCode.INVALID_INPUT.with(at, "must not hold anything beside *");
        }
        if (given.stream().distinct().count() < given.size()) {
            throw ErrorCode.INVALID_INPUT.with(at, "must not hold anything twice");
        }
        return given;
    }
}
