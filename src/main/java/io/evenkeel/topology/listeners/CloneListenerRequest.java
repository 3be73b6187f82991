package io.evenkeel.topology.listeners;

import io.evenkeel.listener.ListenerCopying.Wanted;
import io.evenkeel.listener.settings.PortRange;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.web.Patterns;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where copies of a listener are wanted, and what is different about each. */
record CloneListenerRequest(
        @NotNull @Size(min = 1, max = 10, message = "must hold 1..10 copies")
        List<@NotNull @Valid TargetListener> targetListenerParams) {

    /**
     * One copy.
     *
     * @param name null or empty: that of the original with {@code -copy} behind it
     * @param reusePool whether the pool of the original serves the copy too, instead of a copy of it (the default)
     */
    record TargetListener(
            @Size(max = 255, message = "must be 0..255 characters long")
            @Pattern(regexp = Patterns.TEXT, message = Patterns.TEXT_RULE)
            @Nullable
            String name,

            @NotNull @Pattern(regexp = Patterns.UUID, message = Patterns.UUID_RULE)
            String loadbalancerId,

            @Min(value = 0, message = "must be 1..65535") @Max(value = 65535, message = "must be 1..65535") @Nullable
            Integer protocolPort,

            @Size(max = 10, message = "must hold at most 10 ranges") @Nullable
            List<@NotNull @Valid PortRange> portRanges,

            @Nullable Boolean reusePool,

            @Nullable List<@NotNull @Valid SubnetMapping> subnetMappingList) {

        UUID loadBalancer() {
            return UUID.fromString(loadbalancerId);
        }

        boolean reusesPool() {
            return Boolean.TRUE.equals(reusePool);
        }

        /** Errors: INVALID_INPUT. */
        Wanted wanted(int index) {
            var path = "target_listener_params[" + index + "].";
            if (subnetMappingList != null && !subnetMappingList.isEmpty()) {
                throw ErrorCode.INVALID_INPUT.with(
                        path + "subnet_mapping_list", "must be left out: listeners are copied within a VPC");
            }
            return new Wanted(
                    name == null || name.isEmpty() ? null : name,
                    protocolPort == null ? 0 : protocolPort,
                    PortRange.of(portRanges, path + "port_ranges"));
        }
    }

    /** Named by the contract for copies into another VPC, which do not exist here. */
    record SubnetMapping(
            @Nullable String subnetCidrId, @Nullable String dstSubnetCidrId) {}
}
