package io.evenkeel.dataplane.traffic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All that a worker counts. May be called from any thread. */
public final class Traffic {

    /** How many times {@link #tidy} must find a member's counts unchanged before they are given up. */
    static final int GIVEN_UP_AFTER = 360;

    private final int loops;
    private final Map<TrafficKey, Cells> current = new ConcurrentHashMap<>();
    private final Set<UUID> closed = ConcurrentHashMap.newKeySet();
    private final Map<TrafficKey, TrafficSample> past = new HashMap<>();
    private final List<Cells> givenUp = new ArrayList<>();

    /** The cells of one key, by loop. */
    private static final class Cells {
        private final TrafficKey key;
        private final TrafficCell[] byLoop;
        private final boolean isKept;
        private int unchanged;
        private @Nullable TrafficSample last;

        Cells(TrafficKey key, int loops, boolean isKept) {
            this.key = key;
            this.isKept = isKept;
            byLoop = new TrafficCell[loops];
            for (int i = 0; i < loops; i++) {
                byLoop[i] = new TrafficCell();
            }
        }

        void addTo(TrafficSample sum) {
            for (var cell : byLoop) {
                cell.addTo(sum);
            }
        }
    }

    public Traffic(int loops) {
        this.loops = loops;
    }

    /** Where the listener's proxies count; one that was closed counts on. */
    public ListenerTraffic of(UUID loadBalancerId, UUID listenerId) {
        closed.remove(listenerId);
        return new ListenerTraffic(this, loadBalancerId, listenerId, loops);
    }

    /** The listener is no more: once its last connections have ended and were counted, its counts go. */
    public void close(UUID listenerId) {
        closed.add(listenerId);
    }

    /** All counts as they are now. */
    public synchronized List<TrafficSample> read() {
        var samples = new HashMap<TrafficKey, TrafficSample>();
        past.forEach((key, sum) -> sampleOf(samples, key).add(sum));
        givenUp.forEach(cells -> cells.addTo(sampleOf(samples, cells.key)));
        current.values().forEach(cells -> cells.addTo(sampleOf(samples, cells.key)));
        return List.copyOf(samples.values());
    }

    private static TrafficSample sampleOf(Map<TrafficKey, TrafficSample> samples, TrafficKey key) {
        return samples.computeIfAbsent(key, TrafficSample::new);
    }

    /**
     * Gives up the counts of members that had no traffic for long: what they had counts for their pool as a whole, so
     * that no sum goes backwards. To be called now and then by one reader, after it has read.
     */
    public synchronized void tidy() {
        // Their loops had a period to notice; what they had begun is counted to its end.
        givenUp.removeIf(this::rollUpIfQuiet);
        current.values().removeIf(this::giveUpIfUnused);
        past.keySet().removeIf(key -> closed.contains(key.listenerId()));
        closed.removeIf(listener ->
                current.keySet().stream().noneMatch(key -> key.listenerId().equals(listener)) && givenUp.isEmpty());
    }

    private boolean giveUpIfUnused(Cells cells) {
        if (!isUnused(cells)) {
            return false;
        }
        for (var cell : cells.byLoop) {
            cell.retire();
        }
        givenUp.add(cells);
        return true;
    }

    private boolean isUnused(Cells cells) {
        boolean isQuiet = isQuiet(cells);
        cells.unchanged = isQuiet ? cells.unchanged + 1 : 0;
        if (closed.contains(cells.key.listenerId())) {
            return isQuiet;
        }
        return !cells.isKept && cells.unchanged >= GIVEN_UP_AFTER;
    }

    private static boolean isQuiet(Cells cells) {
        var now = new TrafficSample(cells.key);
        cells.addTo(now);
        boolean isQuiet = cells.last != null && now.isQuietSince(cells.last);
        cells.last = now;
        return isQuiet;
    }

    private boolean rollUpIfQuiet(Cells cells) {
        boolean isQuiet = isQuiet(cells);
        if (isQuiet && !closed.contains(cells.key.listenerId())) {
            cells.addTo(sampleOf(past, cells.key.withoutMember()));
        }
        return isQuiet;
    }

    /** A member's cell. */
    TrafficCell cell(TrafficKey key, int loop) {
        return current.computeIfAbsent(key, absent -> new Cells(absent, loops, false)).byLoop[loop];
    }

    /** A cell that lives as long as its listener. */
    TrafficCell kept(TrafficKey key, int loop) {
        return current.computeIfAbsent(key, absent -> new Cells(absent, loops, true)).byLoop[loop];
    }
}
