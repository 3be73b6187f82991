package io.evenkeel.distribution.judging;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Numbers by member. */
final class Vectors {

    private Vectors() {}

    static double[] of(List<MemberFigures> members, ToDoubleFunction<MemberFigures> number) {
        return members.stream().mapToDouble(number).toArray();
    }

    static double sum(double[] numbers) {
        return Arrays.stream(numbers).sum();
    }

    static double[] minus(double[] from, double[] what) {
        return IntStream.range(0, from.length)
                .mapToDouble(i -> from[i] - what[i])
                .toArray();
    }

    static double[] plus(double[] one, double[] other) {
        return minus(one, times(other, -1));
    }

    static double[] times(double[] numbers, double factor) {
        return Arrays.stream(numbers).map(number -> number * factor).toArray();
    }

    /** The same proportions with another sum; {@code otherwise} where there are none. */
    static double[] scaled(double[] numbers, double sum, double[] otherwise) {
        double own = sum(numbers);
        return own > 0 ? times(numbers, sum / own) : otherwise;
    }

    static double largest(double[] numbers) {
        return Arrays.stream(numbers).map(Math::abs).max().orElse(0);
    }
}
