package io.evenkeel.listener.settings;

import io.evenkeel.platform.error.ErrorCode;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ports from {@code startPort} to {@code endPort}, both included. */
public record PortRange(
        @NotNull @Min(value = 1, message = "must be 1..65535") @Max(value = 65535, message = "must be 1..65535")
        Integer startPort,

        @NotNull @Min(value = 1, message = "must be 1..65535") @Max(value = 65535, message = "must be 1..65535")
        Integer endPort) {

    /** The ranges of a listener, checked and sorted; none when none were given. Errors: INVALID_INPUT. */
    public static List<PortRange> of(@Nullable List<PortRange> ranges, String attribute) {
        if (ranges == null) {
            return List.of();
        }
        var sorted = ranges.stream()
                .sorted(Comparator.comparing(PortRange::startPort))
                .toList();
        for (int i = 0; i < sorted.size(); i++) {
            if (sorted.get(i).endPort() < sorted.get(i).startPort()) {
                throw ErrorCode.INVALID_INPUT.with(attribute, "end_port must not be below start_port");
            }
            if (i > 0 && sorted.get(i).startPort() <= sorted.get(i - 1).endPort()) {
                throw ErrorCode.INVALID_INPUT.with(attribute, "must not overlap one another");
            }
        }
        return sorted;
    }

    public boolean contains(int port) {
        return startPort <= port && port <= endPort;
    }
}
