package io.evenkeel.dataplane.pool.eligible;

import io.evenkeel.desiredstate.DesiredMember;
import java.util.List;

/** A member and what is known of its health. */
record Judged(DesiredMember member, Health health) {

    boolean hasWeight() {
        return member.weight() > 0;
    }

    boolean isStandby() {
        return member.isStandby();
    }

    boolean isHealthy() {
        return member.isServerActive() && health == Health.WELL;
    }

    boolean isUnknown() {
        return member.isServerActive() && health == Health.UNCHECKED;
    }

    boolean isLeaving() {
        return !hasWeight() || health == Health.FAILING;
    }

    boolean isIn(String zone) {
        return member.availabilityZone().equals(zone);
    }

    static List<Judged> healthy(List<Judged> members) {
        return members.stream().filter(Judged::isHealthy).toList();
    }

    /** Healthy, but without a weight. */
    static List<Judged> weightless(List<Judged> members) {
        return members.stream()
                .filter(one -> one.isHealthy() && !one.hasWeight())
                .toList();
    }

    /** Healthy or not, but checked once and with a server that runs. */
    static List<Judged> reachable(List<Judged> members) {
        return members.stream()
                .filter(one -> one.member().isServerActive() && !one.isUnknown())
                .toList();
    }
}
