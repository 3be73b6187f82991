package io.evenkeel.dataplane.pool.eligible;

import io.evenkeel.dataplane.pool.eligible.Eligibility.Choice;
import io.evenkeel.desiredstate.DesiredPool.ZoneAffinity;
import java.util.List;
import java.util.function.Predicate;

/** Who takes traffic where it should stay in its zone. */
final class ZoneChoice {

    private ZoneChoice() {}

    /**
     * Those who are healthy here, when they are enough and there is one; else whom the fallback names, and when it names
     * nobody all that are healthy anywhere.
     *
     * @param members those with a weight
     */
    static Choice of(ZoneAffinity affinity, List<Judged> members, String here) {
        var local = members.stream().filter(member -> member.isIn(here)).toList();
        var healthy = Judged.healthy(local);
        if (!healthy.isEmpty() && isEnough(affinity, healthy.size(), local.size())) {
            return Choice.of(healthy);
        }
        var named = named(affinity, members, local, here);
        return new Choice(named.isEmpty() ? Judged.healthy(members) : named, StandIn.ZONE_FALLBACK);
    }

    private static boolean isEnough(ZoneAffinity affinity, int healthy, int all) {
        return affinity.isPercentage()
                ? 100L * healthy >= (long) affinity.minimum() * all
                : healthy >= affinity.minimum();
    }

    private static List<Judged> named(ZoneAffinity affinity, List<Judged> members, List<Judged> local, String here) {
        Predicate<Judged> isHere = member -> member.isIn(here);
        return switch (affinity.fallback()) {
            case ALL_OF_ZONE -> Judged.reachable(local);
            case HEALTHY_OF_OTHER_ZONES ->
                Judged.healthy(members.stream().filter(isHere.negate()).toList());
            case ALL_HEALTHY -> Judged.healthy(members);
            case ALL -> Judged.reachable(members);
        };
    }
}
