package io.evenkeel.agentsync.plan;

import io.evenkeel.agentsync.plan.WritePlan.ListenerChange;
import io.evenkeel.agentsync.plan.WritePlan.MemberChange;
import io.evenkeel.agentsync.plan.WritePlan.Share;
import io.evenkeel.dataplane.pool.eligible.Eligibility;
import io.evenkeel.dataplane.pool.eligible.Health;
import io.evenkeel.desiredstate.DesiredListener;
import io.evenkeel.desiredstate.DesiredLoadBalancer;
import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.platform.write.WritePlanner.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The desired state of some load balancers and pools at one moment. */
record DesiredView(List<DesiredLoadBalancer> loadBalancers, List<DesiredPool> pools, Set<UUID> offlineMembers)
        implements View {

    /** A member with its share, and where it belongs. */
    private record Placed(UUID poolId, DesiredMember member, double share) {}

    private record Served(UUID loadBalancerId, boolean isEnabled, List<String> vips, DesiredListener listener) {}

    @Override
    public WritePlan changesTo(View after) {
        var later = (DesiredView) after;
        return new WritePlan(listenerChanges(served(), later.served()), memberChanges(later));
    }

    private Map<UUID, Served> served() {
        var served = new LinkedHashMap<UUID, Served>();
        for (var balancer : loadBalancers) {
            for (var listener : balancer.listeners()) {
                served.put(
                        listener.id(),
                        new Served(balancer.id(), balancer.isEnabled(), balancer.vipAddresses(), listener));
            }
        }
        return served;
    }

    private static List<ListenerChange> listenerChanges(Map<UUID, Served> before, Map<UUID, Served> after) {
        var changes = new ArrayList<ListenerChange>();
        for (var id : ids(before, after)) {
            var was = before.get(id);
            var is = after.get(id);
            if (!Objects.equals(was, is)) {
                var either = Objects.requireNonNull(is == null ? was : is);
                changes.add(new ListenerChange(id, either.loadBalancerId(), change(was, is)));
            }
        }
        return changes;
    }

    private List<MemberChange> memberChanges(DesiredView later) {
        var known = memberIds();
        var before = placed(known);
        var after = later.placed(known);
        var changes = new ArrayList<MemberChange>();
        for (var id : ids(before, after)) {
            var was = before.get(id);
            var is = after.get(id);
            if (!Objects.equals(was, is)) {
                changes.add(change(id, was, is));
            }
        }
        return changes;
    }

    private static MemberChange change(UUID id, @Nullable Placed was, @Nullable Placed is) {
        var either = Objects.requireNonNull(is == null ? was : is);
        boolean isShareAlone = was != null && is != null && was.member().equals(is.member());
        return new MemberChange(
                id,
                either.poolId(),
                either.member().address(),
                either.member().port(),
                isShareAlone ? "share" : change(was, is),
                new Share(was == null ? null : was.share(), is == null ? null : is.share()));
    }

    private static String change(@Nullable Object was, @Nullable Object is) {
        if (was == null) {
            return "added";
        }
        return is == null ? "removed" : "changed";
    }

    private static Set<UUID> ids(Map<UUID, ?> before, Map<UUID, ?> after) {
        var ids = new TreeSet<>(before.keySet());
        ids.addAll(after.keySet());
        return ids;
    }

    private Set<UUID> memberIds() {
        var ids = new TreeSet<UUID>();
        pools.forEach(pool -> pool.members().forEach(member -> ids.add(member.id())));
        return ids;
    }

    /**
     * With slow starts over, and as a worker sees it that is in no zone.
     *
     * @param known the members whose observed status counts; others are new
     */
    private Map<UUID, Placed> placed(Set<UUID> known) {
        var placed = new LinkedHashMap<UUID, Placed>();
        for (var pool : pools) {
            var eligibility = Eligibility.of(pool, id -> health(id, known), Optional.empty());
            int sum = pool.members().stream()
                    .mapToInt(member -> takes(pool, member, eligibility))
                    .sum();
            for (var member : pool.members()) {
                double share = sum == 0 ? 0 : (double) takes(pool, member, eligibility) / sum;
                placed.put(member.id(), new Placed(pool.id(), member, Math.round(share * 10_000) / 10_000.0));
            }
        }
        return placed;
    }

    private Health health(UUID memberId, Set<UUID> known) {
        return known.contains(memberId) && offlineMembers.contains(memberId) ? Health.FAILING : Health.WELL;
    }

    private static int takes(DesiredPool pool, DesiredMember member, Eligibility eligibility) {
        if (!eligibility.takes(member)) {
            return 0;
        }
        return switch (pool.algorithm()) {
            case ROUND_ROBIN, LEAST_CONNECTIONS -> member.weight();
            case SOURCE_IP, QUIC_CID -> 1;
        };
    }
}
