package io.evenkeel.dataplane.traffic;

import java.util.Arrays;

/** The counts of a key at one moment, over all loops, since the worker started. */
public final class TrafficSample {

    private final TrafficKey key;
    private final long[] counts;
    private final long[] times;

    TrafficSample(TrafficKey key) {
        this(key, new long[Count.SIZE], new long[ResponseTimes.BUCKETS]);
    }

    private TrafficSample(TrafficKey key, long[] counts, long[] times) {
        this.key = key;
        this.counts = counts;
        this.times = times;
    }

    public TrafficKey key() {
        return key;
    }

    public long get(Count what) {
        return counts[what.index()];
    }

    /** How many responses fell into each bucket of {@link ResponseTimes}. */
    public long[] responseTimes() {
        return times.clone();
    }

    /** What came since an earlier sample of the key; what tells of now ({@code OPEN}, {@code ACTIVE}) as it is now. */
    public TrafficSample since(TrafficSample earlier) {
        var difference = new TrafficSample(key, counts.clone(), times.clone());
        for (var what : Count.values()) {
            if (what != Count.OPEN && what != Count.ACTIVE) {
                difference.counts[what.index()] -= earlier.get(what);
            }
        }
        for (int i = 0; i < times.length; i++) {
            difference.times[i] -= earlier.times[i];
        }
        return difference;
    }

    public boolean isZero() {
        return Arrays.stream(counts).allMatch(count -> count == 0);
    }

    /** Whether nothing is under way and nothing came since the earlier sample. */
    boolean isQuietSince(TrafficSample earlier) {
        return get(Count.OPEN) == 0 && get(Count.ACTIVE) == 0 && Arrays.equals(counts, earlier.counts);
    }

    void add(TrafficSample other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        for (int i = 0; i < times.length; i++) {
            times[i] += other.times[i];
        }
    }

    long[] counts() {
        return counts;
    }

    long[] times() {
        return times;
    }
}
