package io.evenkeel.topology.status;

import io.evenkeel.platform.Timestamps;
import io.evenkeel.status.ObservedStatus;
import io.evenkeel.status.ZoneCoverage.Zone;
import io.evenkeel.topology.status.StatusTree.UncoveredZone;
import io.evenkeel.topology.status.StatusTree.ZoneCount;
import io.evenkeel.topology.status.TreeReads.MemberRow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The availability zones of the tree: who works there. A backend works in its zone while it is not offline and takes a
 * share of the requests. Pure.
 *
 * @param zones of the load balancer
 * @param observed by id of the member
 * @param judged zones of the load balancer and of its pools, as they were judged last
 */
record TreeZones(List<String> zones, List<MemberRow> members, Map<UUID, ObservedStatus> observed, List<Zone> judged) {

    List<UncoveredZone> uncovered(UUID loadBalancerId) {
        var uncovered = new ArrayList<UncoveredZone>();
        for (var zone : zones) {
            var there = members.stream()
                    .filter(member -> member.zone().equals(zone) && member.weight() > 0)
                    .toList();
            if (there.stream().noneMatch(this::works)) {
                var reason = there.isEmpty() ? "NO_BACKEND" : "BACKENDS_OFFLINE";
                uncovered.add(new UncoveredZone(zone, reason, since(loadBalancerId, zone)));
            }
        }
        return uncovered;
    }

    List<ZoneCount> ofLoadBalancer(UUID loadBalancerId) {
        return counts(loadBalancerId, members);
    }

    List<ZoneCount> ofPool(UUID poolId) {
        return counts(
                poolId,
                members.stream()
                        .filter(member -> member.poolId().equals(poolId))
                        .toList());
    }

    private List<ZoneCount> counts(UUID resourceId, List<MemberRow> own) {
        var all = new LinkedHashSet<>(zones);
        own.stream().map(MemberRow::zone).sorted().forEach(all::add);
        return all.stream().map(zone -> count(resourceId, own, zone)).toList();
    }

    private ZoneCount count(UUID resourceId, List<MemberRow> own, String zone) {
        var there = own.stream().filter(member -> member.zone().equals(zone)).toList();
        int working = (int) there.stream().filter(this::works).count();
        return new ZoneCount(zone, there.size(), working, working == 0 ? since(resourceId, zone) : null);
    }

    private boolean works(MemberRow member) {
        var seen = observed.getOrDefault(member.id(), TreeBuilder.UNKNOWN);
        return member.weight() > 0 && !seen.operatingStatus().equals("OFFLINE");
    }

    private @Nullable String since(UUID resourceId, String zone) {
        return judged.stream()
                .filter(known -> known.resourceId().equals(resourceId)
                        && known.availabilityZone().equals(zone)
                        && !known.isCovered())
                .map(known -> Timestamps.onWire(known.since()))
                .findFirst()
                .orElse(null);
    }
}
