package io.evenkeel.dataplane.listening;

import io.evenkeel.dataplane.proof.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a load balancer can be seen to serve: at every listener, and of one with many ports at some of them, spread over
 * all. That each of them is open and was given the same is known without asking.
 */
final class Evidence {

    private static final int PORTS_OF_LISTENER = 4;

    private Evidence() {}

    /** Absent while any of these is not open, or does not serve what is wanted yet. */
    static Optional<List<Target>> of(Collection<ServedEndpoint> endpoints) {
        Map<UUID, List<Target>> byListener = new LinkedHashMap<>();
        for (var served : endpoints) {
            var target = served.target();
            if (target == null || !served.isConfirmed()) {
                return Optional.empty();
            }
            byListener
                    .computeIfAbsent(served.endpoint().key().listenerId(), id -> new ArrayList<>())
                    .add(target);
        }
        return Optional.of(byListener.values().stream()
                .flatMap(targets -> some(targets).stream())
                .toList());
    }

    /** The first, the last, and some between. */
    private static List<Target> some(List<Target> targets) {
        if (targets.size() <= PORTS_OF_LISTENER) {
            return targets;
        }
        var some = new ArrayList<Target>();
        for (int i = 0; i < PORTS_OF_LISTENER; i++) {
            some.add(targets.get(i * (targets.size() - 1) / (PORTS_OF_LISTENER - 1)));
        }
        return some;
    }

    /** The one target, where there is one. */
    static List<Target> of(Optional<ServedEndpoint> endpoint) {
        return endpoint.map(ServedEndpoint::target).stream()
                .filter(Objects::nonNull)
                .toList();
    }
}
