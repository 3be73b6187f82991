package io.evenkeel.bench;

import io.evenkeel.dataplane.balancing.ActiveCount;
import io.evenkeel.dataplane.balancing.Candidate;
import io.evenkeel.dataplane.balancing.Picker;
import io.evenkeel.dataplane.balancing.PickerFactory;
import io.evenkeel.desiredstate.Algorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time per pick on one loop. To hold at 10,000 members: round robin 20 ns, source IP 10 ns, least connections 120 ns
 * for a take and a return with shared counts; no allocation ({@code -prof gc}).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PickerBenchmark {

    private static final long STEP = 0x9e3779b97f4a7c15L;
    private static final int OPEN_PER_MEMBER = 4;

    @Param({"10", "1000", "10000"})
    int members;

    /** Random from 1 to 100, or one of 100 among ones. */
    @Param({"random", "skewed"})
    String weights;

    private List<Candidate> candidates = List.of();
    private ActiveCount[] counts = {};
    private Picker roundRobin = pickerOf(Algorithm.ROUND_ROBIN);
    private Picker sourceIp = roundRobin;
    private Picker leastConnections = roundRobin;
    private int[] open = {};
    private long key;

    @Setup
    public void build() {
        var random = new SplittableRandom(7);
        candidates = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            int skewed = i == 0 ? 100 : 1;
            int weight = weights.equals("random") ? random.nextInt(1, 101) : skewed;
            candidates.add(new Candidate(new UUID(random.nextLong(), i), weight, true, new ActiveCount()));
        }
        counts = candidates.stream().map(Candidate::active).toArray(ActiveCount[]::new);
        roundRobin = pickerOf(Algorithm.ROUND_ROBIN);
        sourceIp = pickerOf(Algorithm.SOURCE_IP);
        leastConnections = pickerOf(Algorithm.LEAST_CONNECTIONS);
        open = new int[members * OPEN_PER_MEMBER];
        for (int i = 0; i < open.length; i++) {
            open[i] = take();
        }
    }

    private Picker pickerOf(Algorithm algorithm) {
        return new PickerFactory(1, 7).build(algorithm, candidates).getFirst();
    }

    @Benchmark
    public int roundRobinPick() {
        return roundRobin.pick(0);
    }

    @Benchmark
    public int sourceIpPick() {
        key += STEP;
        return sourceIp.pick(key);
    }

    /** A random one of the open connections ends, another begins. */
    @Benchmark
    public int leastConnectionsReturnAndTake() {
        key += STEP;
        int slot = (int) (((key >>> 32) * open.length) >>> 32);
        int ended = open[slot];
        counts[ended].decrement();
        leastConnections.activeChanged(ended);
        open[slot] = take();
        return open[slot];
    }

    private int take() {
        int picked = leastConnections.pick(0);
        counts[picked].increment();
        leastConnections.activeChanged(picked);
        return picked;
    }
}
