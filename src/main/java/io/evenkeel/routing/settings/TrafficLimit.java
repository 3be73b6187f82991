package io.evenkeel.routing.settings;

import io.evenkeel.platform.error.ErrorCode;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How many requests a policy lets through; 0 for no limit.
 *
 * @param qps requests a second, 0..100000
 * @param perSourceIpQps requests a second from one address, below {@code qps} unless that is 0
 * @param burst requests beyond the limit that are let through late instead of refused
 */
public record TrafficLimit(int qps, int perSourceIpQps, int burst) {

    /** As clients give it. */
    public record TrafficLimitInput(
            @Nullable @Min(value = 0, message = "must be 0..100000") @Max(value = 100000, message = "must be 0..100000")
            Integer qps,

            @Nullable @Min(value = 0, message = "must be 0..100000") @Max(value = 100000, message = "must be 0..100000")
            Integer perSourceIpQps,

            @Nullable @Min(value = 0, message = "must be 0..100000") @Max(value = 100000, message = "must be 0..100000")
            Integer burst) {}

    static @Nullable TrafficLimit of(@Nullable TrafficLimitInput input, String at) {
        if (input == null) {
            return null;
        }
        int qps = Objects.requireNonNullElse(input.qps(), 0);
        int perSourceIpQps = Objects.requireNonNullElse(input.perSourceIpQps(), 0);
        if (qps > 0 && perSourceIpQps >= qps) {
            throw ErrorCode.INVALID_INPUT.with(at + ".per_source_ip_qps", "must be below qps unless qps is 0");
        }
        return new TrafficLimit(qps, perSourceIpQps, Objects.requireNonNullElse(input.burst(), 0));
    }
}
