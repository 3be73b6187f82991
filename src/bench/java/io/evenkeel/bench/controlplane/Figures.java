package io.evenkeel.bench.controlplane;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Of one round, or the medians of several.
 *
 * @param cpuMillis processor time of this process for one call, that of the clients left out: what the service itself
 *     costs, whoever else uses the machine
 */
record Figures(double p50Millis, double p99Millis, double perSecond, double cpuMillis) {

    static Figures of(long[] nanos, double seconds, long cpuNanos) {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("Nothing was called");
        }
        var sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Figures(
                millis(sorted, 0.5), millis(sorted, 0.99), sorted.length / seconds, cpuNanos / 1e6 / sorted.length);
    }

    private static double millis(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))] / 1e6;
    }

    static Figures median(List<Figures> rounds) {
        return new Figures(
                median(rounds, Figures::p50Millis),
                median(rounds, Figures::p99Millis),
                median(rounds, Figures::perSecond),
                median(rounds, Figures::cpuMillis));
    }

    private static double median(List<Figures> rounds, ToDoubleFunction<Figures> figure) {
        var sorted = rounds.stream().sorted(Comparator.comparingDouble(figure)).toList();
        return figure.applyAsDouble(sorted.get(sorted.size() / 2));
    }
}
