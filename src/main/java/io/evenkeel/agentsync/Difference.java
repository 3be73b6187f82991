package io.evenkeel.agentsync;

import io.evenkeel.desiredstate.ResourceKind;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiPredicate;

/**
 * What a worker should hold against what it holds. Pure.
 *
 * @param existing every resource with its generation
 * @param mine those that this worker is to hold
 * @param held what it holds
 */
record Difference(
        Map<ResourceKind, Map<UUID, Long>> existing,
        Map<ResourceKind, Map<UUID, Long>> mine,
        Map<ResourceKind, Map<UUID, Long>> held) {

    boolean isNone() {
        for (var kind : ResourceKind.values()) {
            if (!of(mine, kind).equals(of(held, kind))) {
                return false;
            }
        }
        return true;
    }

    /** To be pushed: what is not held, or of another generation. Sorted. */
    Map<ResourceKind, List<UUID>> stale() {
        var stale = new EnumMap<ResourceKind, List<UUID>>(ResourceKind.class);
        for (var kind : ResourceKind.values()) {
            stale.put(
                    kind,
                    of(mine, kind).entrySet().stream()
                            .filter(entry ->
                                    !entry.getValue().equals(of(held, kind).get(entry.getKey())))
                            .map(Map.Entry::getKey)
                            .sorted()
                            .toList());
        }
        return stale;
    }

    /** Deleted, with the generation that lets nothing of it come back. */
    Map<ResourceKind, Map<UUID, Long>> gone() {
        var gone = new EnumMap<ResourceKind, Map<UUID, Long>>(ResourceKind.class);
        for (var kind : ResourceKind.values()) {
            var ofKind = heldWhere(kind, (id, generation) -> !of(existing, kind).containsKey(id));
            ofKind.replaceAll((id, generation) -> generation + 1);
            gone.put(kind, ofKind);
        }
        return gone;
    }

    /** Held, and now for others to serve; with the generation held. */
    Map<UUID, Long> moved(ResourceKind kind) {
        return heldWhere(
                kind,
                (id, generation) ->
                        of(existing, kind).containsKey(id) && !of(mine, kind).containsKey(id));
    }

    private Map<UUID, Long> heldWhere(ResourceKind kind, BiPredicate<UUID, Long> isMeant) {
        var found = new HashMap<UUID, Long>();
        of(held, kind).forEach((id, generation) -> {
            if (isMeant.test(id, generation)) {
                found.put(id, generation);
            }
        });
        return found;
    }

    private static Map<UUID, Long> of(Map<ResourceKind, Map<UUID, Long>> all, ResourceKind kind) {
        return all.getOrDefault(kind, Map.of());
    }
}
