package io.evenkeel.loadbalancer;

import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.web.Patterns;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A label of a load balancer or listener; the value may be empty. */
public record Tag(
        @NotNull
        @Size(min = 1, max = 36, message = "must be 1..36 characters long")
        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
        String key,

        @NotNull
        @Size(max = 43, message = "must be 0..43 characters long")
        @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
        String value) {

    /** How many a resource may have. */
    public static final int MAX = 20;

    public static final String MAX_RULE = "must hold at most 20 tags";

    /**
     * The tags as they are kept; none when none were given. Errors: INVALID_INPUT when a key stands twice, or when they
     * are too many.
     *
     * @param attribute as on the wire
     */
    public static List<Tag> of(@Nullable List<Tag> tags, String attribute) {
        if (tags == null) {
            return List.of();
        }
        if (tags.size() > MAX) {
            throw ErrorCode.INVALID_INPUT.with(attribute, MAX_RULE);
        }
        if (tags.stream().map(Tag::key).distinct().count() < tags.size()) {
            throw ErrorCode.INVALID_INPUT.with(attribute, "must not hold a key twice");
        }
        return List.copyOf(tags);
    }
}
