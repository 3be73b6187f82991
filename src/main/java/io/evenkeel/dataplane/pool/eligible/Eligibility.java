package io.evenkeel.dataplane.pool.eligible;

import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who of a pool takes new traffic. Only members with a weight and a running server ever do, and none before its first
 * check has ended, whatever stands in for whom (wire contract, resources.md §3: {@code pool_health},
 * {@code az_affinity}).
 */
public final class Eligibility {

    private final Set<UUID> takers;
    private final Set<UUID> ready;
    private final Set<UUID> staying;
    private final Set<UUID> leaving;
    private final @Nullable StandIn standIn;

    private Eligibility(
            Set<UUID> takers, Set<UUID> ready, Set<UUID> staying, Set<UUID> leaving, @Nullable StandIn standIn) {
        this.takers = takers;
        this.ready = ready;
        this.staying = staying;
        this.leaving = leaving;
        this.standIn = standIn;
    }

    /**
     * @param healthOf asked once for each member
     * @param zone where this worker runs; absent: zones make no difference to it
     */
    public static Eligibility of(DesiredPool pool, Function<UUID, Health> healthOf, Optional<String> zone) {
        var judged = pool.members().stream()
                .map(member -> new Judged(member, healthOf.apply(member.id())))
                .toList();
        var members = judged.stream().filter(Judged::hasWeight).toList();
        var choice = pool.isEnabled() ? choice(pool.presence(), members, zone) : Choice.of(List.of());
        return new Eligibility(
                ids(choice.takers()),
                pool.isEnabled() && pool.isUsed() ? ids(Judged.healthy(members)) : Set.of(),
                pool.isEnabled() ? ids(Judged.weightless(judged)) : Set.of(),
                ids(judged.stream().filter(Judged::isLeaving).toList()),
                choice.takers().isEmpty() ? null : choice.standIn());
    }

    private static Choice choice(DesiredPool.Presence presence, List<Judged> members, Optional<String> zone) {
        var choice = choiceOfHealthy(presence, members, zone);
        return choice.takers().isEmpty() && presence.isFailOpen()
                ? new Choice(Judged.reachable(members), StandIn.FAIL_OPEN)
                : choice;
    }

    private static Choice choiceOfHealthy(DesiredPool.Presence presence, List<Judged> members, Optional<String> zone) {
        if (members.stream().anyMatch(Judged::isStandby)) {
            return withStandby(members);
        }
        return presence.zoneAffinity()
                .flatMap(affinity -> zone.map(here -> ZoneChoice.of(affinity, members, here)))
                .orElseGet(() -> Choice.of(Judged.healthy(members)));
    }

    /** The standby waits for what the first check of the master says, and steps back when the master is well again. */
    private static Choice withStandby(List<Judged> members) {
        var masters = members.stream().filter(member -> !member.isStandby()).toList();
        var serving = Judged.healthy(masters);
        if (!serving.isEmpty() || masters.stream().anyMatch(Judged::isUnknown)) {
            return Choice.of(serving);
        }
        return new Choice(Judged.healthy(members), StandIn.STANDBY);
    }

    private static Set<UUID> ids(List<Judged> members) {
        return members.stream().map(one -> one.member().id()).collect(Collectors.toCollection(HashSet::new));
    }

    public boolean takes(DesiredMember member) {
        return takers.contains(member.id());
    }

    /** Whether clients that belong to it may stay: it takes traffic, or would, had it a weight. */
    public boolean keepsItsClients(DesiredMember member) {
        return takes(member) || staying.contains(member.id());
    }

    /** Whether it could serve, though another may do so in its place; nobody does in a pool that is not used. */
    public boolean isReady(DesiredMember member) {
        return ready.contains(member.id());
    }

    /** By id: those that take traffic, or could, though others go first. */
    public Set<UUID> present() {
        var present = new HashSet<>(takers);
        present.addAll(ready);
        return present;
    }

    /** Whether it has no weight or fails its checks; one that only lets others go first does not leave. */
    public boolean isLeaving(DesiredMember member) {
        return leaving.contains(member.id()) && !takes(member);
    }

    /** Why others take traffic than those who are there for it; empty when nobody has to. */
    public Optional<StandIn> standIn() {
        return Optional.ofNullable(standIn);
    }

    /** Who takes traffic, and why it is not those who are there for it. */
    record Choice(List<Judged> takers, @Nullable StandIn standIn) {

        static Choice of(List<Judged> takers) {
            return new Choice(takers, null);
        }
    }
}
