package io.evenkeel.desiredstate;

import java.util.List;
import java.util.UUID;

/**
 * Addresses that a listener lets in, or keeps out.
 *
 * @param admits true: they and nobody else may connect; false: all but they
 * @param ranges {@code first-last} each, both included and of one family, as literals; in any order, some may overlap
 */
public record DesiredIpGroup(UUID id, boolean admits, List<String> ranges) {

    public DesiredIpGroup {
        ranges = ranges.stream().sorted().toList();
    }
}
