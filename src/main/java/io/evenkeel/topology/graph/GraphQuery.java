package io.evenkeel.topology.graph;

import io.evenkeel.platform.paging.Filter;
import io.evenkeel.platform.paging.QueryNames;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;

/** Which listeners and pools of the graph are asked for; a name that is not given takes all, a repeated one any of its values. */
record GraphQuery(Map<String, List<String>> given) {

    private static final Set<String> LISTENER =
            Set.of("listener_id", "listener_name", "listener_protocol", "listener_protocol_port");
    private static final Set<String> POOL = Set.of("pool_id", "pool_name");

    @Component
    static class Names extends QueryNames {
        Names() {
            super("ShowLoadBalancerTopology");
            several("listener_id", Filter.Type.UUID);
            several("pool_id", Filter.Type.UUID);
            several("listener_name", Filter.Type.TEXT);
            several("listener_protocol", Filter.Type.TEXT);
            several("listener_protocol_port", Filter.Type.INTEGER);
            several("pool_name", Filter.Type.TEXT);
        }

        /** Errors: as {@link #read}. */
        GraphQuery query(MultiValueMap<String, String> query) {
            return new GraphQuery(read(query));
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
