package io.evenkeel.dataplane.traffic;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The counts of a key over all loops, at one moment since the worker started, or of one period. */
public final class TrafficSample {

    private final TrafficKey key;
    private final long[] counts;
    private long @Nullable [] times;
    private byte @Nullable [] clients;
    private byte @Nullable [] sessions;

    TrafficSample(TrafficKey key) {
        this(key, new long[Count.SIZE], null);
    }

    private TrafficSample(TrafficKey key, long[] counts, long @Nullable [] times) {
        this.key = key;
        this.counts = counts;
        this.times = times;
    }

    /** Sums of pools: those of members, and of what was given up, with the key less the member. */
    public static List<TrafficSample> byPool(Collection<TrafficSample> samples) {
        Map<TrafficKey, TrafficSample> sums = new HashMap<>();
        samples.forEach(sample -> sums.computeIfAbsent(sample.key.withoutMember(), TrafficSample::new)
                .add(sample));
        return List.copyOf(sums.values());
    }

    public TrafficKey key() {
        return key;
    }

    public long get(Count what) {
        return counts[what.index()];
    }

    /** How many responses fell into each bucket of {@link ResponseTimes}. */
    public long[] responseTimes() {
        return times == null ? new long[ResponseTimes.BUCKETS] : times.clone();
    }

    /**
     * Different clients, of a pool's sample of one period: entries of a HyperLogLog of 256 registers, each
     * {@code index * 64 + rank}, ascending; empty where nothing was seen.
     */
    public List<Integer> clients() {
        return clients == null ? List.of() : Sketch.entries(clients);
    }

    /** Different sticky sessions, likewise. */
    public List<Integer> sessions() {
        return sessions == null ? List.of() : Sketch.entries(sessions);
    }

    /** To merge into. */
    byte[] clientRegisters() {
        if (clients == null) {
            clients = new byte[Sketch.REGISTERS];
        }
        return clients;
    }

    /** To merge into. */
    byte[] sessionRegisters() {
        if (sessions == null) {
            sessions = new byte[Sketch.REGISTERS];
        }
        return sessions;
    }

    /** What came since an earlier sample of the key; what tells of now ({@code OPEN}, {@code ACTIVE}) as it is now. */
    TrafficSample since(TrafficSample earlier) {
        var difference = new TrafficSample(key, counts.clone(), times == null ? null : times.clone());
        for (var what : Count.values()) {
            if (what != Count.OPEN && what != Count.ACTIVE) {
                difference.counts[what.index()] -= earlier.get(what);
            }
        }
        if (difference.times != null && earlier.times != null) {
            subtract(difference.times, earlier.times);
        }
        return difference;
    }

    private static void subtract(long[] from, long[] what) {
        for (int i = 0; i < from.length; i++) {
            from[i] -= what[i];
        }
    }

    boolean isZero() {
        return Arrays.stream(counts).allMatch(count -> count == 0)
                && clients().isEmpty()
                && sessions().isEmpty();
    }

    /** Whether nothing is under way and nothing came since the earlier sample. */
    boolean isQuietSince(TrafficSample earlier) {
        return get(Count.OPEN) == 0 && get(Count.ACTIVE) == 0 && Arrays.equals(counts, earlier.counts);
    }

    void add(TrafficSample other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        if (other.times != null) {
            long[] sums = times();
            for (int i = 0; i < sums.length; i++) {
                sums[i] += other.times[i];
            }
        }
    }

    long[] counts() {
        return counts;
    }

    /** To add to. */
    long[] times() {
        if (times == null) {
            times = new long[ResponseTimes.BUCKETS];
        }
        return times;
    }
}
