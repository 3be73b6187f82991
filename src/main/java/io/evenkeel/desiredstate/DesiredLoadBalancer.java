package io.evenkeel.desiredstate;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A load balancer with its listeners, sorted by id.
 *
 * @param vipAddresses textual IP addresses it listens on: none, one, or an IPv4 and an IPv6 address
 * @param isEnabled false stops the traffic of all its listeners
 * @param accessLog absent: none is written
 */
public record DesiredLoadBalancer(
        UUID id,
        long generation,
        String projectId,
        boolean isEnabled,
        List<String> vipAddresses,
        List<String> availabilityZones,
        List<DesiredListener> listeners,
        Optional<DesiredAccessLog> accessLog)
        implements DesiredResource {

    public DesiredLoadBalancer {
        vipAddresses = vipAddresses.stream().sorted().toList();
        availabilityZones = availabilityZones.stream().sorted().toList();
        listeners = listeners.stream()
                .sorted(Comparator.comparing(DesiredListener::id))
                .toList();
    }

    /** Without an access log. */
    public DesiredLoadBalancer(
            UUID id,
            long generation,
            String projectId,
            boolean isEnabled,
            List<String> vipAddresses,
            List<String> availabilityZones,
            List<DesiredListener> listeners) {
        this(id, generation, projectId, isEnabled, vipAddresses, availabilityZones, listeners, Optional.empty());
    }

    /** The same with that access log. */
    public DesiredLoadBalancer withAccessLog(Optional<DesiredAccessLog> next) {
        return new DesiredLoadBalancer(
                id, generation, projectId, isEnabled, vipAddresses, availabilityZones, listeners, next);
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.LOAD_BALANCER;
    }
}
