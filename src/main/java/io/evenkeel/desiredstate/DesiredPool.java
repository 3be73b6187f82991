package io.evenkeel.desiredstate;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A backend server group with its members, sorted by id.
 *
 * @param isEnabled false: its members get no traffic
 * @param isUsed whether any load balancer reaches it; a pool that none uses is not checked
 * @param healthMonitor absent: members take traffic unchecked
 */
public record DesiredPool(
        UUID id,
        long generation,
        String projectId,
        boolean isEnabled,
        boolean isUsed,
        PoolProtocol protocol,
        Algorithm algorithm,
        boolean isAnyPort,
        Optional<DesiredHealthMonitor> healthMonitor,
        List<DesiredMember> members)
        implements DesiredResource {

    public DesiredPool {
        members =
                members.stream().sorted(Comparator.comparing(DesiredMember::id)).toList();
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.POOL;
    }
}
