package io.evenkeel.dataplane.listening;

import io.evenkeel.dataplane.access.ListenerGate;
import io.evenkeel.desiredstate.DesiredLoadBalancer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The gate of each listener there is, whether its ports are open or not: what came in by it is counted until it has left. */
final class Gates {

    private final int loops;
    private final Map<UUID, ListenerGate> gates = new HashMap<>();

    Gates(int loops) {
        this.loops = loops;
    }

    /**
     * Puts the rules of a load balancer's listeners in force.
     *
     * @return the listeners of which clients may have to leave
     * @throws IllegalArgumentException when a group makes no sense; then nothing changed
     */
    Set<UUID> update(@Nullable DesiredLoadBalancer next) {
        if (next == null) {
            return Set.of();
        }
        var prepared = new HashMap<UUID, ListenerGate.Next>();
        next.listeners()
                .forEach(listener ->
                        prepared.put(listener.id(), of(listener.id()).prepare(listener.access())));
        prepared.values().removeIf(rules -> !rules.apply());
        return prepared.keySet();
    }

    void forget(@Nullable DesiredLoadBalancer before, @Nullable DesiredLoadBalancer next) {
        if (before != null) {
            before.listeners().forEach(listener -> {
                if (next == null
                        || next.listeners().stream().noneMatch(same -> same.id().equals(listener.id()))) {
                    gates.remove(listener.id());
                }
            });
        }
    }

    ListenerGate of(UUID listenerId) {
        return gates.computeIfAbsent(listenerId, absent -> new ListenerGate(loops));
    }
}
