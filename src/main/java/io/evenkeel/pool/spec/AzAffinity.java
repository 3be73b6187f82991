package io.evenkeel.pool.spec;

import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.pool.PoolProtocol;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Whether traffic stays in its availability zone while enough members there are healthy.
 *
 * @param azMinimumHealthyMemberPercentage 0..100, or -1: the count decides
 * @param azMinimumHealthyMemberCount 0..10000, or -1: the percentage decides
 */
@JsonNaming(SnakeCaseStrategy.class)
public record AzAffinity(
        boolean enable,
        int azMinimumHealthyMemberPercentage,
        int azMinimumHealthyMemberCount,
        Fallback azUnhealthyFallbackStrategy) {

    private static final int NOT_DECISIVE = -1;

    /** Where traffic goes when too few members of its zone are healthy. The names are those of the wire. */
    @SuppressWarnings("MemberName")
    public enum Fallback {
        forward_to_all_member_of_local_az,
        forward_to_healthy_member_of_remote_az,
        forward_to_all_healthy_member,
        forward_to_all_member
    }

    /** As clients give it. */
    public record AzAffinityInput(
            @Nullable Boolean enable,

            @Nullable @Min(value = -1, message = "must be -1..100") @Max(value = 100, message = "must be -1..100")
            Integer azMinimumHealthyMemberPercentage,

            @Nullable @Min(value = -1, message = "must be -1..10000") @Max(value = 10000, message = "must be -1..10000")
            Integer azMinimumHealthyMemberCount,

            @Nullable
            @Pattern(
                    regexp =
                            "^forward_to_(all_member_of_local_az|healthy_member_of_remote_az|all_healthy_member|all_member)$",
                    message =
                            "must be one of forward_to_all_member_of_local_az, forward_to_healthy_member_of_remote_az, forward_to_all_healthy_member, forward_to_all_member")
            String azUnhealthyFallbackStrategy) {

        public AzAffinity value() {
            return new AzAffinity(
                    Objects.requireNonNullElse(enable, false),
                    Objects.requireNonNullElse(azMinimumHealthyMemberPercentage, NOT_DECISIVE),
                    Objects.requireNonNullElse(azMinimumHealthyMemberCount, NOT_DECISIVE),
                    azUnhealthyFallbackStrategy == null
                            ? Fallback.forward_to_all_member_of_local_az
                            : Fallback.valueOf(azUnhealthyFallbackStrategy));
        }
    }

    void checkFor(PoolProtocol protocol) {
        if (!enable) {
            return;
        }
        if (protocol != PoolProtocol.TCP && protocol != PoolProtocol.UDP) {
            throw ErrorCode.INVALID_INPUT.with(
                    "pool.az_affinity.enable", "must be true only in pools of protocol TCP or UDP");
        }
        if ((azMinimumHealthyMemberPercentage == NOT_DECISIVE) == (azMinimumHealthyMemberCount == NOT_DECISIVE)) {
            throw ErrorCode.INVALID_INPUT.with(
                    "pool.az_affinity",
                    "either az_minimum_healthy_member_percentage or az_minimum_healthy_member_count must be -1, not both");
        }
    }
}
