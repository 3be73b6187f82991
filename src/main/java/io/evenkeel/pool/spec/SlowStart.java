package io.evenkeel.pool.spec;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether a new member is eased in.
 *
 * @param duration seconds until it takes its full share
 */
public record SlowStart(boolean enable, int duration) {

    private static final int DEFAULT_SECONDS = 30;

    /** As clients give it. */
    public record SlowStartInput(
            @Nullable Boolean enable,

            @Nullable @Min(value = 30, message = "must be 30..1200") @Max(value = 1200, message = "must be 30..1200")
            Integer duration) {

        public SlowStart value() {
            return new SlowStart(
                    Objects.requireNonNullElse(enable, false), Objects.requireNonNullElse(duration, DEFAULT_SECONDS));
        }
    }
}
