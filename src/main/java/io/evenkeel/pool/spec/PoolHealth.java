package io.evenkeel.pool.spec;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * When a pool counts as failed.
 *
 * @param minimumHealthyMemberCount 0, or 1: with fewer healthy members traffic goes to all of them
 */
@JsonNaming(SnakeCaseStrategy.class)
public record PoolHealth(int minimumHealthyMemberCount) {

    public static final PoolHealth DEFAULT = new PoolHealth(0);

    /** As clients give it. */
    public record PoolHealthInput(
            @Nullable @Min(value = 0, message = "must be 0 or 1") @Max(value = 1, message = "must be 0 or 1")
            Integer minimumHealthyMemberCount) {

        public PoolHealth value() {
            return new PoolHealth(Objects.requireNonNullElse(minimumHealthyMemberCount, 0));
        }
    }
}
