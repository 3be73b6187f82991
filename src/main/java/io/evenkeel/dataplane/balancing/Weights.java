package io.evenkeel.dataplane.balancing;

import io.evenkeel.desiredstate.DesiredPool.SlowStart;
import java.util.List;

/**
 * What members weigh against each other, in whole numbers: as configured, or, while one of them is eased in, in the
 * smallest ones that keep all proportions. So who is eased in changes nothing between the others.
 */
final class Weights {

    private final int[] values;
    private final int scale;

    private Weights(int[] values, int scale) {
        this.values = values;
        this.scale = scale;
    }

    /** By candidate; not to be changed. */
    int[] values() {
        return values;
    }

    /** So many of these are about one of the configured ones, or fewer. */
    int scale() {
        return scale;
    }

    static Weights of(List<Candidate> candidates) {
        boolean isAnyEasedIn = candidates.stream().anyMatch(candidate -> candidate.takesNew() && candidate.isEasedIn());
        return isAnyEasedIn
                ? scaled(candidates)
                : new Weights(candidates.stream().mapToInt(Candidate::weight).toArray(), 1);
    }

    private static Weights scaled(List<Candidate> candidates) {
        int[] values = candidates.stream()
                .mapToInt(candidate -> candidate.takesNew() ? candidate.weight() * candidate.share() : 0)
                .toArray();
        int divisor = 0;
        for (int value : values) {
            divisor = greatestCommonDivisor(value, divisor);
        }
        for (int i = 0; i < values.length; i++) {
            values[i] /= divisor;
        }
        return new Weights(values, SlowStart.WHOLE);
    }

    private static int greatestCommonDivisor(int one, int other) {
        return other == 0 ? one : greatestCommonDivisor(other, one % other);
    }
}
