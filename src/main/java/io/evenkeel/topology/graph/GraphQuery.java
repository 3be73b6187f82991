package io.evenkeel.topology.graph;

import io.evenkeel.platform.error.ErrorCode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.util.MultiValueMap;

/** Which listeners and pools of the graph are asked for; a name that is not given takes all, a repeated one any of its values. */
record GraphQuery(MultiValueMap<String, String> given) {

    private static final Set<String> LISTENER =
            Set.of("listener_id", "listener_name", "listener_protocol", "listener_protocol_port");
    private static final Set<String> POOL = Set.of("pool_id", "pool_name");

    /** Errors: UNRECOGNIZED_ATTRIBUTES, INVALID_INPUT for a port that is no number. */
    GraphQuery {
        var unknown = new TreeSet<>(given.keySet());
        unknown.removeAll(LISTENER);
        unknown.removeAll(POOL);
        if (!unknown.isEmpty()) {
            throw ErrorCode.UNRECOGNIZED_ATTRIBUTES.with(String.join(", ", unknown));
        }
        for (var port : given.getOrDefault("listener_protocol_port", List.of())) {
            if (!port.matches("\\d{1,5}")) {
                throw ErrorCode.INVALID_INPUT.with("listener_protocol_port", "must be a number");
            }
        }
    }

    boolean isAboutListeners() {
        return LISTENER.stream().anyMatch(given::containsKey);
    }

    boolean isAboutPools() {
        return POOL.stream().anyMatch(given::containsKey);
    }

    boolean wants(Graph.ListenerNode listener) {
        return matches("listener_id", listener.id().toString())
                && matches("listener_name", listener.name())
                && matches("listener_protocol", listener.protocol())
                && matches("listener_protocol_port", Integer.toString(listener.protocolPort()));
    }

    boolean wants(Graph.PoolNode pool) {
        return matches("pool_id", pool.id().toString()) && matches("pool_name", pool.name());
    }

    private boolean matches(String name, String value) {
        var wanted = given.get(name);
        return wanted == null || wanted.contains(value);
    }
}
