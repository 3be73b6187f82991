package io.evenkeel.distribution.judging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Compares numbers with what they were to be: a G-test with Williams' correction (Sokal and Rohlf, Biometry, 17.2). Who was
 * to get fewer than five is taken together with others like it until they are five, as the test needs. It asks whether
 * chance could have dealt so unevenly; our pickers deal more evenly than chance, so it errs on the side of even.
 *
 * @param statistic G, corrected
 * @param degreesOfFreedom one less than the classes compared; 0 when there is nothing to compare
 * @param probability that chance alone makes a G of at least that
 * @param largestDifference of a class from what it was to get, as a part of that
 */
public record Evenness(double statistic, int degreesOfFreedom, double probability, double largestDifference) {

    /** What is told from chance once in a thousand times wrongly. */
    private static final double SIGNIFICANT = 0.001;
    /** What is less is nobody's trouble, however certain. */
    static final double MATERIAL = 0.2;

    private static final double LEAST_EXPECTED = 5;

    /** Members taken together. */
    private record Group(double observed, double expected) {
        Group and(Group other) {
            return new Group(observed + other.observed, expected + other.expected);
        }

        double g() {
            return observed == 0 ? 0 : 2 * observed * Math.log(observed / expected);
        }

        double surplus() {
            return (observed - expected) / expected;
        }
    }

    /** @param expected sums up to what {@code observed} does */
    static Evenness of(double[] observed, double[] expected) {
        var groups = groups(observed, expected);
        int degrees = Math.max(0, groups.size() - 1);
        if (degrees == 0) {
            return new Evenness(0, 0, 1, 0);
        }
        double total = Arrays.stream(observed).sum();
        double size = groups.size();
        double williams = 1 + (size * size - 1) / (6 * total * degrees);
        double g = Math.max(0, groups.stream().mapToDouble(Group::g).sum() / williams);
        double largest = groups.stream()
                .mapToDouble(group -> Math.abs(group.surplus()))
                .max()
                .orElse(0);
        return new Evenness(g, degrees, ChiSquare.tail(g, degrees), largest);
    }

    private static List<Group> groups(double[] observed, double[] expected) {
        var single = IntStream.range(0, observed.length)
                .mapToObj(i -> new Group(observed[i], expected[i]))
                .sorted(Comparator.comparingDouble(Group::expected))
                .toList();
        var groups = new ArrayList<Group>();
        var small = new Group(0, 0);
        for (var group : single) {
            boolean isFilling = small.expected() > 0 && small.expected() < LEAST_EXPECTED;
            if (isFilling || group.expected() < LEAST_EXPECTED) {
                small = small.and(group);
            } else {
                groups.add(group);
            }
            if (small.expected() >= LEAST_EXPECTED) {
                groups.add(small);
                small = new Group(0, 0);
            }
        }
        if (small.observed() >= LEAST_EXPECTED) {
            // It was to get nothing, or nearly so, and got something.
            groups.add(new Group(small.observed(), Math.max(small.expected(), LEAST_EXPECTED / 10)));
        } else if (small.expected() > 0 && !groups.isEmpty()) {
            groups.set(0, groups.getFirst().and(small));
        }
        return groups;
    }

    boolean canTell() {
        return degreesOfFreedom > 0;
    }

    boolean isUneven() {
        return canTell() && probability < SIGNIFICANT && largestDifference > MATERIAL;
    }
}
