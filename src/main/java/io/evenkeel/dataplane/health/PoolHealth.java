package io.evenkeel.dataplane.health;

import io.evenkeel.dataplane.health.probe.CheckResult;
import io.evenkeel.dataplane.health.probe.CheckTarget;
import io.evenkeel.desiredstate.DesiredHealthMonitor;
import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The trackers of one pool's members, carried over from one configuration to the next. Not thread-safe. */
final class PoolHealth {

    /** A member as it is checked: the tracker starts anew when the member moves or is not checked for a while. */
    private record Entry(DesiredMember member, boolean isChecked, HealthTracker tracker, Instant since) {

        HealthState state() {
            return new HealthState(tracker.isOnline(), tracker.failure(), since);
        }
    }

    private @Nullable DesiredPool current;
    private Map<UUID, Entry> entries = Map.of();

    /**
     * Takes the next configuration. A monitor that is new on a pool that served without one trusts its members.
     *
     * @return the members known before whose state is another now
     */
    Set<UUID> update(DesiredPool next, Instant now) {
        var before = entries;
        var after = new HashMap<UUID, Entry>();
        var changed = new HashSet<UUID>();
        if (next.healthMonitor().isPresent()) {
            var known = membersOf(current);
            for (DesiredMember member : next.members()) {
                var old = before.get(member.id());
                var entry = carryOver(next, member, old, known.get(member.id()), now);
                after.put(member.id(), entry);
                if (known.containsKey(member.id())
                        && (old == null || !old.state().equals(entry.state()))) {
                    changed.add(member.id());
                }
            }
        }
        current = next;
        entries = after;
        return changed;
    }

    /** What is to be checked, by member. */
    Map<UUID, CheckTarget> targets() {
        var targets = new HashMap<UUID, CheckTarget>();
        if (current != null && current.healthMonitor().isPresent()) {
            for (Entry entry : entries.values()) {
                if (entry.isChecked()) {
                    targets.put(
                            entry.member().id(),
                            CheckTarget.of(current.healthMonitor().get(), entry.member()));
                }
            }
        }
        return targets;
    }

    /** Takes the result of a check; returns whether the member's state is another now. */
    boolean record(UUID memberId, CheckResult result, Instant now) {
        var entry = entries.get(memberId);
        if (entry == null || !entry.isChecked() || current == null) {
            return false;
        }
        DesiredHealthMonitor monitor = current.healthMonitor().orElseThrow();
        boolean wasOnline = entry.tracker().isOnline();
        boolean isChanged = entry.tracker().record(result, monitor.risesAfter(), monitor.fallsAfter());
        if (wasOnline != entry.tracker().isOnline()) {
            entries.put(memberId, new Entry(entry.member(), true, entry.tracker(), now));
        }
        return isChanged;
    }

    Optional<HealthState> find(UUID memberId) {
        return Optional.ofNullable(entries.get(memberId)).map(Entry::state);
    }

    Map<UUID, HealthState> states() {
        var states = new HashMap<UUID, HealthState>();
        entries.forEach((memberId, entry) -> states.put(memberId, entry.state()));
        return states;
    }

    private Entry carryOver(
            DesiredPool next, DesiredMember member, @Nullable Entry old, @Nullable DesiredMember known, Instant now) {
        boolean isChecked = next.isUsed() && member.isServerActive();
        if (old != null && old.isChecked() == isChecked && isSameServer(old.member(), member)) {
            return new Entry(member, isChecked, old.tracker(), old.since());
        }
        boolean isTrusted = isChecked && servedUnchecked(known) && known != null && isSameServer(known, member);
        return new Entry(member, isChecked, isTrusted ? HealthTracker.trusted() : HealthTracker.unchecked(), now);
    }

    private boolean servedUnchecked(@Nullable DesiredMember known) {
        return current != null
                && current.isUsed()
                && current.isEnabled()
                && current.healthMonitor().isEmpty()
                && known != null
                && known.isServerActive();
    }

    private static boolean isSameServer(DesiredMember one, DesiredMember other) {
        return one.address().equals(other.address()) && one.port() == other.port();
    }

    private static Map<UUID, DesiredMember> membersOf(@Nullable DesiredPool pool) {
        var members = new HashMap<UUID, DesiredMember>();
        if (pool != null) {
            pool.members().forEach(member -> members.put(member.id(), member));
        }
        return members;
    }
}
