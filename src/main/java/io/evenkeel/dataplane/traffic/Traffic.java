package io.evenkeel.dataplane.traffic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** All that a worker counts. May be called from any thread. */
public final class Traffic {

    /** How many times {@link #takePeriod} must find a member's counts unchanged before they are given up. */
    static final int GIVEN_UP_AFTER = 360;

    private final int loops;
    private final Map<TrafficKey, Cells> current = new ConcurrentHashMap<>();
    private final Map<TrafficKey, PoolCells> pools = new ConcurrentHashMap<>();
    private final Set<UUID> closed = ConcurrentHashMap.newKeySet();
    private final Map<TrafficKey, TrafficSample> past = new HashMap<>();
    private final List<Cells> givenUp = new ArrayList<>();

    /** The cells of one key, by loop. */
    private static final class Cells {
        private final TrafficKey key;
        private final TrafficCell[] byLoop;
        private final boolean isKept;
        /** What is not counted but reckoned. */
        private final long[] planned = new long[Count.SIZE];

        private int unchanged;
        private TrafficSample last;

        Cells(TrafficKey key, int loops, boolean isKept) {
            this.key = key;
            this.isKept = isKept;
            last = new TrafficSample(key);
            byLoop = new TrafficCell[loops];
            for (int i = 0; i < loops; i++) {
                byLoop[i] = new TrafficCell();
            }
        }

        void addTo(TrafficSample sum) {
            for (var cell : byLoop) {
                cell.addTo(sum);
            }
            for (int i = 0; i < planned.length; i++) {
                sum.counts()[i] += planned[i];
            }
        }

        /** Adds what came since the last call; answers whether that is nothing, and nothing is under way. */
        boolean take(Map<TrafficKey, TrafficSample> period) {
            var now = new TrafficSample(key);
            addTo(now);
            boolean isQuiet = now.isQuietSince(last);
            if (!isQuiet) {
                sampleOf(period, key).add(now.since(last));
            }
            last = now;
            return isQuiet;
        }
    }

    public Traffic(int loops) {
        this.loops = loops;
    }

    /** Where the listener's proxies count; one that was closed counts on. */
    public synchronized ListenerTraffic of(UUID loadBalancerId, UUID listenerId) {
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
     * What came since the last call, of each key that had traffic or has some under way. For one reader, at a steady
     * pace: after an hour of it without traffic the counts of a member are given up, and what they had counts for their
     * pool as a whole, so that no sum goes backwards.
     */
    public synchronized List<TrafficSample> takePeriod() {
        var period = new HashMap<TrafficKey, TrafficSample>();
        takePools(period);
        // Their loops had a period to notice; what they had begun is counted to its end.
        givenUp.removeIf(cells -> cells.take(period) && rollUp(cells));
        current.values().removeIf(cells -> giveUpIfUnused(cells, cells.take(period)));
        past.keySet().removeIf(key -> closed.contains(key.listenerId()));
        closed.removeIf(listener ->
                current.keySet().stream().noneMatch(key -> key.listenerId().equals(listener)) && givenUp.isEmpty());
        period.values().removeIf(TrafficSample::isZero);
        return List.copyOf(period.values());
    }

    private void takePools(Map<TrafficKey, TrafficSample> period) {
        var used = current.keySet().stream().map(TrafficKey::withoutMember).collect(Collectors.toSet());
        pools.values().forEach(cells -> {
            cells.plan(member -> cellsOf(member).planned);
            cells.takeKeys(sampleOf(period, cells.key()));
        });
        pools.values().removeIf(cells -> cells.isGivenUp(used.contains(cells.key())));
    }

    private boolean giveUpIfUnused(Cells cells, boolean isQuiet) {
        cells.unchanged = isQuiet ? cells.unchanged + 1 : 0;
        boolean isUnused =
                closed.contains(cells.key.listenerId()) ? isQuiet : !cells.isKept && cells.unchanged >= GIVEN_UP_AFTER;
        if (isUnused) {
            for (var cell : cells.byLoop) {
                cell.retire();
            }
            givenUp.add(cells);
        }
        return isUnused;
    }

    private boolean rollUp(Cells cells) {
        if (!closed.contains(cells.key.listenerId())) {
            sampleOf(past, cells.key.withoutMember()).add(cells.last);
        }
        return true;
    }

    /** A member's cell. On the loop. */
    TrafficCell cell(TrafficKey key, int loop) {
        var cell = cellsOf(key).byLoop[loop];
        cell.of(pools.computeIfAbsent(key.withoutMember(), pool -> new PoolCells(pool, loops))
                .at(loop));
        return cell;
    }

    private Cells cellsOf(TrafficKey key) {
        return current.computeIfAbsent(key, absent -> new Cells(absent, loops, false));
    }

    /** A cell that lives as long as its listener. */
    TrafficCell kept(TrafficKey key, int loop) {
        return current.computeIfAbsent(key, absent -> new Cells(absent, loops, true)).byLoop[loop];
    }
}
