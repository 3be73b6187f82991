package io.evenkeel.pool.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.evenkeel.platform.error.ErrorCode;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether connections of a member that leaves are cut after a while.
 *
 * @param timeout seconds they may live on; null only where it is switched off
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConnectionDrain(boolean enable, @Nullable Integer timeout) {

    /** As clients give it. */
    public record ConnectionDrainInput(
            @Nullable Boolean enable,

            @Nullable @Min(value = 10, message = "must be 10..4000") @Max(value = 4000, message = "must be 10..4000")
            Integer timeout) {

        public ConnectionDrain value() {
            return new ConnectionDrain(Objects.requireNonNullElse(enable, false), timeout);
        }
    }

    void check() {
        if (enable && timeout == null) {
            throw ErrorCode.INVALID_INPUT.with(
                    "pool.connection_drain.timeout", "Connection drain timeout must be explicitly defined");
        }
    }
}
