package io.evenkeel.agentsync.plan;

import io.evenkeel.agentsync.compile.DesiredStateCompiler;
import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.platform.write.WritePlanner;
import io.evenkeel.status.MemberStatus;
import io.evenkeel.status.MemberStatuses;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Plans by compiling: what a worker would be told after the write is what the write does to the traffic. */
@Component
class DesiredStatePlanner implements WritePlanner {

    private final DesiredStateCompiler compiler;
    private final MemberStatuses statuses;

    DesiredStatePlanner(DesiredStateCompiler compiler, MemberStatuses statuses) {
        this.compiler = compiler;
        this.statuses = statuses;
    }

    @Override
    public View look(Set<UUID> loadBalancers, Set<UUID> pools) {
        var compiled = compiler.pools(List.copyOf(pools));
        return new DesiredView(compiler.loadBalancers(List.copyOf(loadBalancers)), compiled, offlineMembers(compiled));
    }

    private Set<UUID> offlineMembers(List<DesiredPool> pools) {
        var ids = pools.stream()
                .flatMap(pool -> pool.members().stream())
                .map(DesiredMember::id)
                .toList();
        var offline = new HashSet<UUID>();
        for (Map.Entry<UUID, MemberStatus> entry : statuses.of(ids).entrySet()) {
            if (entry.getValue().operatingStatus().equals("OFFLINE")) {
                offline.add(entry.getKey());
            }
        }
        return offline;
    }
}
