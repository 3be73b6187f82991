package io.evenkeel.agentsync.metrics;

import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.traffic.ResponseTimes;
import io.evenkeel.dataplane.traffic.TrafficSample;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Arrays;

/**
 * Response times in fewer buckets than they are counted in: one to each doubling from 256 µs to 16.8 s. Each bound is one
 * of {@link ResponseTimes} too, so nothing is estimated.
 */
final class Histogram {

    private static final int FIRST = 8;
    private static final int LAST = 24;
    private static final double[] BOUNDS = new double[LAST - FIRST + 2];
    private static final int[] PLACES = new int[ResponseTimes.BUCKETS];

    static {
        for (int i = 0; i <= LAST - FIRST; i++) {
            BOUNDS[i] = (1 << (FIRST + i)) / 1e6;
        }
        BOUNDS[BOUNDS.length - 1] = Double.POSITIVE_INFINITY;
        int place = 0;
        for (int bucket = 0; bucket < PLACES.length; bucket++) {
            while (ResponseTimes.endMicros(bucket) / 1e6 > BOUNDS[place]) {
                place++;
            }
            PLACES[bucket] = place;
        }
    }

    private Histogram() {}

    static boolean hasResponses(TrafficSample sample) {
        return Arrays.stream(sample.responseTimes()).anyMatch(count -> count != 0);
    }

    static HistogramDataPointSnapshot of(TrafficSample sample, Labels labels) {
        long[] times = sample.responseTimes();
        long[] counts = new long[BOUNDS.length];
        for (int bucket = 0; bucket < times.length; bucket++) {
            counts[PLACES[bucket]] += times[bucket];
        }
        return HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(ClassicHistogramBuckets.of(BOUNDS, counts))
                .sum(sample.get(Count.RESPONSE_MICROS) / 1e6)
                .labels(labels)
                .build();
    }
}
