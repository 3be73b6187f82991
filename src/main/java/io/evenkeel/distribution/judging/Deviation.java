package io.evenkeel.distribution.judging;

import java.util.EnumMap;
import java.util.Map;

/**
 * Numbers, what they were to be, and parts that make up the difference. How much a part explains is its projection on the
 * whole difference, in the measure of chi-square; so parts that make it up explain 1 together, and one that works against
 * it less than 0.
 */
final class Deviation {

    private final double[] observed;
    private final double[] expected;
    private final Map<CauseKind, double[]> parts = new EnumMap<>(CauseKind.class);

    Deviation(double[] observed, double[] expected) {
        this.observed = observed;
        this.expected = expected;
    }

    /** Adds to the part of that cause. */
    void add(CauseKind cause, double[] part) {
        var sum = parts.computeIfAbsent(cause, absent -> new double[part.length]);
        for (int i = 0; i < part.length; i++) {
            sum[i] += part[i];
        }
    }

    /** Adds the other one's parts, as many times as large. */
    void addAll(Deviation other, double factor) {
        other.parts.forEach((cause, part) -> add(cause, Vectors.times(part, factor)));
    }

    Evenness evenness() {
        return Evenness.of(observed, expected);
    }

    double[] difference() {
        return Vectors.minus(observed, expected);
    }

    Map<CauseKind, Double> explained() {
        var explained = new EnumMap<CauseKind, Double>(CauseKind.class);
        double whole = product(difference());
        if (whole > 0) {
            parts.forEach((cause, part) -> explained.put(cause, product(part) / whole));
        }
        return explained;
    }

    private double product(double[] part) {
        // What was to get nothing, or next to it, must not outweigh all others.
        double least = Math.max(1, Vectors.sum(expected) / expected.length / 20);
        double product = 0;
        for (int i = 0; i < part.length; i++) {
            product += part[i] * (observed[i] - expected[i]) / Math.max(expected[i], least);
        }
        return product;
    }
}
