package io.evenkeel.agentsync.placement;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which workers live, as one observer sees it: those whose heartbeat it saw change within the bound. It compares no
 * clocks, and what it could not see it does not hold against anybody: after a time in which it did not look, because the
 * database was away or it only begins, everybody has the whole bound to be heard again. Not thread-safe.
 */
final class Fleet {

    /** As it was seen last, and when that was new. */
    private record Seen(LiveWorker worker, String beat, long changedNanos, boolean isLost) {}

    private final long boundNanos;
    private final Map<String, Seen> seen = new HashMap<>();
    private long lookedNanos;

    /** @param bound how long a worker may be silent */
    Fleet(Duration bound) {
        this.boundNanos = bound.toNanos();
    }

    /** Takes the rows of this moment; tells whether other workers live than before, or live elsewhere. */
    boolean look(Collection<Heartbeat> rows, long nowNanos) {
        var before = Set.copyOf(live());
        boolean hasLookedAway = nowNanos - lookedNanos > boundNanos / 2;
        lookedNanos = nowNanos;
        var known = new HashSet<String>();
        for (var row : rows) {
            var id = row.worker().id();
            known.add(id);
            seen.compute(id, (_, last) -> next(row, last, hasLookedAway, nowNanos));
        }
        seen.keySet().retainAll(known);
        return !before.equals(Set.copyOf(live()));
    }

    private Seen next(Heartbeat row, @Nullable Seen last, boolean hasLookedAway, long nowNanos) {
        if (last == null || !last.beat().equals(row.beat())) {
            return new Seen(row.worker(), row.beat(), nowNanos, false);
        }
        long changedNanos = hasLookedAway ? nowNanos : last.changedNanos();
        return new Seen(row.worker(), row.beat(), changedNanos, last.isLost() || nowNanos - changedNanos > boundNanos);
    }

    List<LiveWorker> live() {
        return seen.values().stream()
                .filter(one -> !one.isLost())
                .map(Seen::worker)
                .toList();
    }

    /** Those that were silent for longer than the bound. */
    Set<String> lost() {
        return seen.values().stream()
                .filter(Seen::isLost)
                .map(one -> one.worker().id())
                .collect(Collectors.toUnmodifiableSet());
    }
}
