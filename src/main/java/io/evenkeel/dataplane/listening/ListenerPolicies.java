package io.evenkeel.dataplane.listening;

import io.evenkeel.dataplane.http.routing.Policies;
import io.evenkeel.dataplane.http.routing.limit.Limiters;
import io.evenkeel.desiredstate.DesiredListener;
import io.evenkeel.desiredstate.DesiredLoadBalancer;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The compiled policies of each listener that has any. */
final class ListenerPolicies {

    private final Limiters limiters = new Limiters();
    private final Map<UUID, Policies> policies = new HashMap<>();

    Policies of(UUID listenerId) {
        return policies.getOrDefault(listenerId, Policies.NONE);
    }

    /** @throws IllegalArgumentException when a policy makes no sense; then nothing changed */
    void update(@Nullable DesiredLoadBalancer before, @Nullable DesiredLoadBalancer after) {
        var compiled = new HashMap<UUID, Policies>();
        if (after != null) {
            for (var listener : after.listeners()) {
                var next = of(listener.id()).next(listener.policies(), limiters);
                if (!next.isEmpty()) {
                    compiled.put(listener.id(), next);
                }
            }
        }
        if (before != null) {
            before.listeners().stream().map(DesiredListener::id).forEach(policies::remove);
        }
        policies.putAll(compiled);
    }
}
