package io.evenkeel.bench.dataplane;

import java.util.List;
import java.util.stream.IntStream;

/** The median of some rounds, between the least and the most of them. */
record Spread(double least, double median, double most) {

    static Spread of(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
        return new Spread(sorted.getFirst(), median, sorted.getLast());
    }

    /** Of the quotients of each round: what disturbed a round disturbed both. */
    static Spread ofRatios(List<Double> ours, List<Double> theirs) {
        return of(IntStream.range(0, ours.size())
                .mapToObj(i -> ours.get(i) / theirs.get(i))
                .toList());
    }

    /** @param format of one figure, as {@code %.2f} */
    String text(String format) {
        return (format + " [" + format + ", " + format + "]").formatted(median, least, most);
    }
}
