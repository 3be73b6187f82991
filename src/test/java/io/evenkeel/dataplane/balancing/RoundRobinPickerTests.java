package io.evenkeel.dataplane.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.desiredstate.Algorithm;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoundRobinPickerTests {

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    @Test
    void splitsAnyThousandPicksInARowFiveToThreeToTwo() {
        for (int phase = 0; phase < 100; phase++) {
            var picker = new RoundRobinPicker(Candidates.weighing(5, 3, 2), phase / 100.0, phase);
            for (int window = 0; window < 20; window++) {
                assertThat(count(picker, 3, 1_000)).containsExactly(500, 300, 200);
                picker.pick(0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isExactOverACycleFromAnyPhase(int seed) {
        var random = new SplittableRandom(seed);
        int members = 1 + random.nextInt(seed % 3 == 0 ? 1_000 : 20);
        int[] weights = Candidates.randomWeights(random, members);
        var picker = new RoundRobinPicker(Candidates.weighing(weights), random.nextDouble(), seed);
        int cycle = IntStream.of(weights).sum();
        for (int window = 0; window < 5; window++) {
            assertThat(count(picker, members, cycle)).as("seed %d", seed).containsExactly(weights);
            count(picker, members, random.nextInt(cycle));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isExactForThousandsOfMembersOfAnyWeightSomeOfThemAway(int seed) {
        var random = new SplittableRandom(seed);
        int members = 1 + random.nextInt(5_000);
        var candidates = Candidates.weighing(random.ints(members, 0, 101).toArray());
        candidates.replaceAll(one -> random.nextInt(10) == 0 ? Candidates.away(one) : one);
        int[] shares = candidates.stream()
                .mapToInt(one -> one.isAvailable() ? one.weight() : 0)
                .toArray();
        var picker = new RoundRobinPicker(candidates, random.nextDouble(), seed);
        int cycle = IntStream.of(shares).sum();
        if (cycle == 0) {
            assertThat(picker.pick(0)).isEqualTo(Picker.NONE);
        } else {
            assertThat(count(picker, members, cycle)).as("seed %d", seed).containsExactly(shares);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isOffByAtMostTwoInAnyWindow(int seed) {
        var random = new SplittableRandom(seed);
        int members = 1 + random.nextInt(seed % 3 == 0 ? 1_000 : 20);
        int[] weights = Candidates.randomWeights(random, members);
        var picker = new RoundRobinPicker(Candidates.weighing(weights), random.nextDouble(), seed);
        assertThat(largestDeviation(picker, weights)).as("seed %d", seed).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isSmoothForAnyMixOfFewWeights(int seed) {
        var random = new SplittableRandom(seed);
        int[] kinds = Candidates.randomWeights(random, 2);
        int[] weights = random.ints(2 + random.nextInt(200), 0, 2)
                .map(kind -> kinds[kind])
                .toArray();
        var picker = new RoundRobinPicker(Candidates.weighing(weights), random.nextDouble(), seed);
        assertThat(largestDeviation(picker, weights)).as("seed %d", seed).isLessThanOrEqualTo(2);
    }

    @Test
    void startsEveryLoopElsewhere() {
        var equal = new PickerFactory(8, 1).build(Algorithm.ROUND_ROBIN, Candidates.weighing(new int[16]));
        assertThat(equal).allMatch(picker -> picker.pick(0) == Picker.NONE);
        int[] weights = new int[16];
        Arrays.fill(weights, 10);
        var pickers = new PickerFactory(8, 1).build(Algorithm.ROUND_ROBIN, Candidates.weighing(weights));
        var first = new HashSet<Integer>();
        pickers.forEach(picker -> first.add(picker.pick(0)));
        assertThat(first).hasSize(8);
    }

    @Test
    void startsWithEachMemberAsOftenAsItsWeightSays() {
        int[] weights = {1, 50, 2, 17, 30};
        int[] firsts = new int[5];
        var factory = new PickerFactory(1, 42);
        for (int i = 0; i < 10_000; i++) {
            firsts[
                    factory.build(Algorithm.ROUND_ROBIN, Candidates.weighing(weights))
                            .getFirst()
                            .pick(0)]++;
        }
        for (int i = 0; i < 5; i++) {
            assertThat(firsts[i] / 100.0).isBetween(weights[i] * 0.9 - 0.3, weights[i] * 1.1 + 0.3);
        }
    }

    @Test
    void picksNobodyWithoutWeightOrAway() {
        var candidates = Candidates.weighing(0, 7, 3);
        var withOneAway = List.of(candidates.get(0), Candidates.away(candidates.get(1)), candidates.get(2));
        assertThat(count(new RoundRobinPicker(withOneAway, 0.5, 1), 3, 100)).containsExactly(0, 0, 100);
        assertThat(new RoundRobinPicker(List.of(), 0.9, 1).pick(0)).isEqualTo(Picker.NONE);
        assertThat(new RoundRobinPicker(List.of(), 0.9, 1).pickOther(0, 0)).isEqualTo(Picker.NONE);
    }

    @Test
    void findsTheOtherOneHoweverLightItIs() {
        var picker = new RoundRobinPicker(Candidates.weighing(100, 1), 0, 1);
        for (int i = 0; i < 500; i++) {
            assertThat(picker.pickOther(0, 0)).isEqualTo(1);
            assertThat(picker.pickOther(0, 1)).isZero();
        }
        assertThat(new RoundRobinPicker(Candidates.weighing(5), 0, 1).pickOther(0, 0))
                .isEqualTo(Picker.NONE);
        assertThat(new RoundRobinPicker(Candidates.weighing(5), 0, 1).pickOther(0, Picker.NONE))
                .isZero();
    }

    private static int[] count(Picker picker, int members, int picks) {
        int[] counts = new int[members];
        for (int i = 0; i < picks; i++) {
            counts[picker.pick(0)]++;
        }
        return counts;
    }

    /** The most that any member's count differs from its share, over all windows of two cycles. */
    private static double largestDeviation(Picker picker, int[] weights) {
        int cycle = IntStream.of(weights).sum();
        int[] picked = new int[weights.length];
        double[] lowest = new double[weights.length];
        double[] highest = new double[weights.length];
        for (int i = 0; i < 2 * cycle; i++) {
            int member = picker.pick(0);
            double share = (double) weights[member] / cycle;
            lowest[member] = Math.min(lowest[member], picked[member] - i * share);
            picked[member]++;
            highest[member] = Math.max(highest[member], picked[member] - (i + 1) * share);
        }
        return IntStream.range(0, weights.length)
                .mapToDouble(i -> highest[i] - lowest[i])
                .max()
                .orElseThrow();
    }
}
