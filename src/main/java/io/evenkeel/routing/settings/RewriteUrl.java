package io.evenkeel.routing.settings;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The URL that a backend server sees in place of the client's. */
public record RewriteUrl(String host, String path, String query) {

    /** As clients give it. */
    public record RewriteUrlInput(
            @Nullable
            @Size(min = 1, max = 128, message = UrlTexts.LENGTH)
            @Pattern(regexp = UrlTexts.HOST, message = UrlTexts.HOST_RULE)
            String host,

            @Nullable
            @Size(min = 1, max = 128, message = UrlTexts.LENGTH)
            @Pattern(regexp = UrlTexts.PATH, message = UrlTexts.PATH_RULE)
            String path,

            @Nullable
            @Size(max = 128, message = UrlTexts.QUERY_LENGTH)
            @Pattern(regexp = UrlTexts.QUERY, message = UrlTexts.QUERY_RULE)
            String query) {}

    static @Nullable RewriteUrl of(@Nullable RewriteUrlInput input) {
        return input == null
                ? null
                : new RewriteUrl(
                        Objects.requireNonNullElse(input.host(), UrlTexts.SAME_HOST),
                        Objects.requireNonNullElse(input.path(), UrlTexts.SAME_PATH),
                        Objects.requireNonNullElse(input.query(), UrlTexts.SAME_QUERY));
    }
}
