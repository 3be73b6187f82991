package io.evenkeel.routing.settings;

import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.web.Patterns;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A pool that takes its share of a policy's requests.
 *
 * @param weight 0..100
 */
public record WeightedPool(UUID poolId, int weight) {

    private static final String AT = "l7policy.redirect_pools_config";
    private static final int DEFAULT_WEIGHT = 1;
    private static final int MAX_WEIGHT = 100;

    /**
     * As clients give it.
     *
     * @param weight a number, or a number as text
     */
    public record WeightedPoolInput(
            @NotNull @Pattern(regexp = Patterns.UUID, message = Patterns.UUID_RULE)
            String poolId,

            @Nullable
            @Schema(
                    description = "0..100, as a number or as text",
                    oneOf = {Integer.class, String.class})
            Object weight) {}

    /** Errors: INVALID_INPUT for a weight out of range, or a pool twice. */
    public static List<WeightedPool> of(List<WeightedPoolInput> inputs) {
        var pools = new ArrayList<WeightedPool>();
        for (int i = 0; i < inputs.size(); i++) {
            var poolId = UUID.fromString(inputs.get(i).poolId());
            if (pools.stream().anyMatch(pool -> pool.poolId().equals(poolId))) {
                throw ErrorCode.INVALID_INPUT.with(AT + "[" + i + "].pool_id", "must not stand twice in the list");
            }
            pools.add(new WeightedPool(poolId, weight(inputs.get(i).weight(), AT + "[" + i + "].weight")));
        }
        return pools;
    }

    private static int weight(@Nullable Object given, String at) {
        if (given == null) {
            return DEFAULT_WEIGHT;
        }
        boolean isNumber = given instanceof Integer || given instanceof String;
        var text = given.toString();
        if (!isNumber || !text.matches("[0-9]{1,3}") || Integer.parseInt(text) > MAX_WEIGHT) {
            throw ErrorCode.INVALID_INPUT.with(at, "must be 0..100, as a number or as text");
        }
        return Integer.parseInt(text);
    }
}
