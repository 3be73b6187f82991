package io.evenkeel.dataplane.pool;

import io.evenkeel.dataplane.balancing.Candidate;
import io.evenkeel.dataplane.pool.eligible.Arrivals;
import io.evenkeel.dataplane.pool.eligible.Eligibility;
import io.evenkeel.dataplane.transport.EventLoop;
import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The way from one state of a pool to the next, worked out before anything changes.
 *
 * @param candidates available are those who take new traffic, and those without a weight whose clients may stay
 * @param changes where those stand who stand elsewhere than before, the ones that are gone included
 * @param drains those of the members who leave to a limit that is not over
 */
record Transition(
        List<MemberRuntime> members,
        List<Candidate> candidates,
        List<Change> changes,
        Arrivals<MemberRuntime> arrivals,
        Map<UUID, Drain> drains) {

    record Change(MemberRuntime member, Standing next) {}

    /** A wanted member and where it is to stand. */
    private record Placed(DesiredMember wanted, MemberRuntime member, Standing standing) {

        boolean isNews() {
            return !member.standing().equals(standing);
        }

        /** Of its time to leave; empty where there is no end to it. */
        Optional<Duration> timeLeft(long now) {
            return standing instanceof Standing.Leaving leaving ? leaving.left(now) : Optional.empty();
        }

        Candidate candidate(Eligibility chosen, int share, long now) {
            boolean isOver = timeLeft(now).filter(time -> !time.isPositive()).isPresent();
            boolean isAvailable = chosen.keepsItsClients(wanted) && !isOver;
            return new Candidate(wanted.id(), wanted.weight(), isAvailable, member.active(), share);
        }
    }

    /** @throws IllegalArgumentException when an address is no literal */
    static Transition to(
            DesiredPool desired,
            Eligibility chosen,
            PoolSnapshot before,
            Arrivals<MemberRuntime> arrivals,
            List<EventLoop> loops,
            long now) {
        var presence = desired.presence();
        var placed = desired.members().stream()
                .map(wanted -> place(wanted, chosen, before, presence.drainTimeout(), loops, now))
                .toList();
        var members = placed.stream().map(Placed::member).toList();
        var ready = placed.stream()
                .filter(one -> chosen.isReady(one.wanted()))
                .map(Placed::member)
                .collect(Collectors.toSet());
        var next = arrivals.next(presence.slowStart(), members, ready::contains, now);
        var candidates = placed.stream()
                .map(one -> one.candidate(chosen, next.shareOf(one.member(), presence.slowStart(), now), now))
                .toList();
        var changes = changes(placed, before, presence.drainTimeout(), now);
        return new Transition(members, candidates, changes, next, drains(placed, now));
    }

    private static Map<UUID, Drain> drains(List<Placed> placed, long now) {
        var drains = new HashMap<UUID, Drain>();
        for (var one : placed) {
            if (one.standing() instanceof Standing.Leaving(long since, var limit)) {
                limit.filter(longest -> longest.toNanos() > now - since)
                        .ifPresent(longest -> drains.put(one.member().id(), new Drain(since, longest)));
            }
        }
        return drains;
    }

    private static Placed place(
            DesiredMember wanted,
            Eligibility chosen,
            PoolSnapshot before,
            Optional<Duration> limit,
            List<EventLoop> loops,
            long now) {
        var known = carriedOver(before, wanted);
        var standing = standingOf(wanted, chosen, known, limit, now);
        return new Placed(wanted, known == null ? new MemberRuntime(wanted, standing, loops) : known, standing);
    }

    private static List<Change> changes(List<Placed> placed, PoolSnapshot before, Optional<Duration> limit, long now) {
        var staying = placed.stream().map(Placed::member).collect(Collectors.toSet());
        var stopped = placed.stream()
                .filter(one -> one.standing() == Standing.Plain.CUT)
                .map(one -> one.wanted().id())
                .collect(Collectors.toSet());
        var changes = new ArrayList<>(farewells(before, staying, stopped, limit, now));
        placed.stream()
                .filter(Placed::isNews)
                .map(one -> new Change(one.member(), one.standing()))
                .forEach(changes::add);
        return changes;
    }

    /** Everybody leaves. */
    static List<Change> away(PoolSnapshot before, Optional<Duration> limit, long now) {
        return farewells(before, Set.of(), Set.of(), limit, now);
    }

    private static @Nullable MemberRuntime carriedOver(PoolSnapshot before, DesiredMember wanted) {
        var known = before.find(wanted.id());
        return known != null && known.address().equals(MemberRuntime.addressOf(wanted)) ? known : null;
    }

    private static Standing standingOf(
            DesiredMember wanted,
            Eligibility chosen,
            @Nullable MemberRuntime known,
            Optional<Duration> limit,
            long now) {
        if (!wanted.isServerActive()) {
            return Standing.Plain.CUT;
        } else if (chosen.takes(wanted)) {
            return Standing.Plain.TAKES_NEW;
        }
        var before = known == null ? Standing.Plain.RESERVE : known.standing();
        return chosen.isLeaving(wanted) ? before.leaving(now, limit) : Standing.Plain.RESERVE;
    }

    /** Those who are gone: they leave, or are cut when their server has stopped under another address. */
    private static List<Change> farewells(
            PoolSnapshot before, Set<MemberRuntime> staying, Set<UUID> stopped, Optional<Duration> limit, long now) {
        return before.members().stream()
                .filter(member -> !staying.contains(member))
                .map(member -> new Change(
                        member,
                        stopped.contains(member.id())
                                ? Standing.Plain.CUT
                                : member.standing().leaving(now, limit)))
                .toList();
    }
}
