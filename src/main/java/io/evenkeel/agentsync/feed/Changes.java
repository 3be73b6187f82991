package io.evenkeel.agentsync.feed;

import io.evenkeel.desiredstate.ResourceKind;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What became visible since the last look.
 *
 * @param cursor the snapshot of this look, where the next one begins
 * @param changed ids of resources to compile, by kind
 * @param deleted the generation each deleted resource left behind, by kind
 */
public record Changes(
        String cursor, Map<ResourceKind, List<UUID>> changed, Map<ResourceKind, Map<UUID, Long>> deleted) {

    /** The cursor before which nothing is visible. */
    public static final String BEGINNING = "1:1:";

    public boolean isEmpty() {
        return changed.values().stream().allMatch(List::isEmpty)
                && deleted.values().stream().allMatch(Map::isEmpty);
    }
}
