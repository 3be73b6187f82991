package io.evenkeel.distribution.judging;

import io.evenkeel.agentsync.traffic.WrittenRows;
import io.evenkeel.dataplane.pool.Member;
import io.evenkeel.dataplane.pool.SimulatedPool;
import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.traffic.ListenerTraffic;
import io.evenkeel.dataplane.traffic.Traffic;
import io.evenkeel.dataplane.traffic.TrafficCell;
import io.evenkeel.desiredstate.Algorithm;
import io.evenkeel.status.traffic.TrafficRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Traffic of a pool in a time of its own: real pickers pick, real counters count, every ten seconds their rows are
 * written, and the rows of the window are judged. Only the network is missing.
 */
final class Simulation {

    private static final double PERIOD = 10;

    private final SplittableRandom random;
    private final Algorithm algorithm;
    private final int loops;
    private final SimulatedPool pool;
    private final Traffic traffic;
    private final ListenerTraffic listener;
    private final PriorityQueue<Ending> endings = new PriorityQueue<>(Comparator.comparingDouble(Ending::at));
    private final Map<Long, Member> sessions = new HashMap<>();
    private final List<TrafficRow> rows = new ArrayList<>();
    private int[] weights;
    private double now;
    private int periods;

    private record Ending(double at, Runnable end) {}

    Simulation(SplittableRandom random, Algorithm algorithm, int loops, int... weights) {
        this.random = random;
        this.algorithm = algorithm;
        this.loops = loops;
        this.weights = weights.clone();
        pool = new SimulatedPool(algorithm, loops, weights);
        traffic = new Traffic(loops);
        listener = traffic.of(UUID.randomUUID(), UUID.randomUUID());
    }

    SplittableRandom random() {
        return random;
    }

    double now() {
        return now;
    }

    void weigh(int... newWeights) {
        weights = newWeights.clone();
        pool.weigh(newWeights);
    }

    void setAway(int member, boolean isAway) {
        pool.setAway(member, isAway);
    }

    /** What comes from now on is the window. */
    void beginWindow() {
        traffic.takePeriod();
        rows.clear();
        periods = 0;
    }

    /** Lets time pass: requests end, and rows are written. */
    void waitFor(double seconds) {
        double until = now + seconds;
        while (true) {
            double nextRow = (Math.floor(now / PERIOD) + 1) * PERIOD;
            double next = Math.min(until, nextRow);
            while (!endings.isEmpty() && endings.element().at() <= next) {
                endings.remove().end().run();
            }
            now = next;
            if (next == nextRow) {
                rows.addAll(WrittenRows.of(traffic.takePeriod()));
                periods++;
            }
            if (next == until) {
                return;
            }
        }
    }

    /** @param seconds that it is under way */
    void request(long client, double seconds) {
        int loop = random.nextInt(loops);
        var member = pool.pool().pick(loop, client);
        if (member != null) {
            begin(loop, member, client, seconds, true);
        }
    }

    /** A request of a sticky session: to where it was, while that takes requests. */
    void request(long client, long session, double seconds) {
        int loop = random.nextInt(loops);
        @Nullable Member known = sessions.get(session);
        boolean isKept = known != null && known.takesNew(loop);
        var member = isKept ? known : pool.pool().pick(loop, client);
        if (member == null) {
            return;
        }
        sessions.put(session, member);
        var cell = begin(loop, member, client, seconds, !isKept);
        if (isKept) {
            cell.stuck(session);
        } else {
            cell.session(session);
        }
    }

    private TrafficCell begin(int loop, Member member, long client, double seconds, boolean isPicked) {
        var cell = listener.at(loop, pool.pool(), member);
        cell.count(Count.PICKED);
        cell.count(Count.ACTIVE);
        cell.client(client);
        endings.add(new Ending(now + seconds, () -> {
            cell.add(Count.ACTIVE, -1);
            if (isPicked) {
                pool.pool().release(loop, member);
            }
        }));
        return cell;
    }

    PoolFigures figures() {
        var ids = new TreeSet<UUID>();
        for (int i = 0; i < weights.length; i++) {
            ids.add(SimulatedPool.id(i));
        }
        rows.stream().map(TrafficRow::memberId).filter(Objects::nonNull).forEach(ids::add);
        return new PoolFigures(
                io.evenkeel.pool.spec.Algorithm.valueOf(algorithm.name()),
                distinct(TrafficRow::clientSketch),
                distinct(TrafficRow::sessionSketch),
                1,
                ids.stream().map(this::figures).toList());
    }

    private double distinct(Function<TrafficRow, List<Integer>> sketch) {
        var merged = new HashMap<Integer, Integer>();
        rows.forEach(row -> sketch.apply(row).forEach(entry -> merged.merge(entry / 64, entry, Math::max)));
        return DistinctCount.estimate(merged.values());
    }

    private MemberFigures figures(UUID id) {
        return new MemberFigures(
                id,
                weightOf(id),
                sum(id, TrafficRow.Counts::picked),
                sum(id, TrafficRow.Counts::retries),
                sum(id, TrafficRow.Counts::stuck),
                sum(id, TrafficRow.Counts::configured),
                sum(id, TrafficRow.Counts::expected),
                sum(id, TrafficRow.Counts::away),
                (double) sum(id, TrafficRow.Counts::active) / Math.max(1, periods),
                0);
    }

    private int weightOf(UUID id) {
        for (int i = 0; i < weights.length; i++) {
            if (SimulatedPool.id(i).equals(id)) {
                return weights[i];
            }
        }
        return 0;
    }

    private long sum(UUID id, ToLongFunction<TrafficRow.Counts> count) {
        return rows.stream()
                .filter(row -> id.equals(row.memberId()))
                .mapToLong(row -> count.applyAsLong(row.counts()))
                .sum();
    }
}
