package io.evenkeel.routing.settings;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether a client stays at one of a policy's pools.
 *
 * @param timeout minutes, 1..1440
 */
public record StickySession(boolean enable, int timeout) {

    private static final int MAX_MINUTES = 1440;

    /** As clients give it. */
    public record StickySessionInput(
            @Nullable Boolean enable,

            @Nullable
            @Min(value = 1, message = "must be 1..1440")
            @Max(value = MAX_MINUTES, message = "must be 1..1440")
            Integer timeout) {

        public StickySession value() {
            return new StickySession(
                    Objects.requireNonNullElse(enable, false), Objects.requireNonNullElse(timeout, MAX_MINUTES));
        }
    }
}
