package io.evenkeel.dataplane.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.desiredstate.Algorithm;
import io.evenkeel.desiredstate.DesiredPool.SlowStart;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Members that count with a part of their weight. */
class EasedInTests {

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    private static List<Candidate> some(SplittableRandom random, int members) {
        var candidates = Candidates.weighing(Candidates.randomWeights(random, members));
        for (int i = 1; i < members; i++) {
            if (random.nextInt(3) == 0) {
                candidates.set(i, Candidates.easedIn(candidates.get(i), 1 + 2 * random.nextInt(10)));
            }
        }
        return candidates;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void roundRobinIsExactOverACycleForAllOfThem(int seed) {
        var random = new SplittableRandom(seed);
        int members = 2 + random.nextInt(seed % 3 == 0 ? 500 : 20);
        var candidates = some(random, members);
        int[] weights = Weights.of(candidates).values();
        var picker = new RoundRobinPicker(candidates, random.nextDouble(), seed);
        int cycle = IntStream.of(weights).sum();
        for (int window = 0; window < 3; window++) {
            int[] counts = new int[members];
            for (int i = 0; i < cycle; i++) {
                counts[picker.pick(0)]++;
            }
            assertThat(counts).as("seed %d", seed).containsExactly(weights);
            for (int skipped = random.nextInt(cycle); skipped > 0; skipped--) {
                picker.pick(0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void weightsKeepAllProportionsInTheSmallestNumbers(int seed) {
        var random = new SplittableRandom(seed);
        var candidates = some(random, 2 + random.nextInt(20));
        candidates.set(1, Candidates.away(candidates.get(1)));
        int[] weights = Weights.of(candidates).values();
        for (int i = 0; i < weights.length; i++) {
            for (int j = 0; j < weights.length; j++) {
                if (i != 1 && j != 1) {
                    assertThat(weights[i] * candidates.get(j).pull())
                            .isCloseTo(weights[j] * candidates.get(i).pull(), within(1e-6));
                }
            }
        }
        assertThat(Weights.of(Candidates.weighing(10, 20)).values()).containsExactly(10, 20);
        var one = Candidates.weighing(10, 10);
        one.set(1, Candidates.easedIn(one.get(1), 5));
        assertThat(Weights.of(one).values()).containsExactly(4, 1);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void roundRobinKeepsEverybodyWithinAFewPicksOfItsShareFromStepToStep(int seed) {
        var random = new SplittableRandom(seed);
        int members = 2 + random.nextInt(30);
        var factory = new PickerFactory(1, seed);
        var candidates = Candidates.weighing(Candidates.randomWeights(random, members));
        double[] due = new double[members];
        int[] counts = new int[members];
        for (int share = 1; share <= SlowStart.WHOLE; share++) {
            candidates.set(0, Candidates.easedIn(candidates.get(0), share));
            double pull = candidates.stream().mapToDouble(Candidate::pull).sum();
            var picker = factory.build(Algorithm.ROUND_ROBIN, candidates).getFirst();
            int run = random.nextInt(400);
            for (int i = 0; i < run; i++) {
                counts[picker.pick(0)]++;
            }
            for (int i = 0; i < members; i++) {
                due[i] += run * candidates.get(i).pull() / pull;
            }
        }
        for (int i = 0; i < members; i++) {
            assertThat(counts[i]).as("seed %d, member %d", seed, i).isCloseTo((int) due[i], within(8));
        }
    }

    @Test
    void leastConnectionsHoldsANewcomerToItsPart() {
        for (int share = 1; share < SlowStart.WHOLE; share += 2) {
            var candidates = Candidates.weighing(10, 10, 10);
            candidates.set(2, Candidates.easedIn(candidates.get(2), share));
            var picker = new PickerFactory(1, 5)
                    .build(Algorithm.LEAST_CONNECTIONS, candidates)
                    .getFirst();
            for (int i = 0; i < 4_100; i++) {
                take(candidates, picker);
            }
            double fair = 4_100 * (share / 20.0) / (2 + share / 20.0);
            assertThat(candidates.get(2).active().get()).as("share %d", share).isCloseTo((int) fair, within(3));
        }
    }

    @Test
    void leastConnectionsTellsApartSmallLoads() {
        var candidates = Candidates.weighing(100, 95, 3);
        candidates.set(2, Candidates.easedIn(candidates.get(2), 1));
        var picker = new PickerFactory(1, 5)
                .build(Algorithm.LEAST_CONNECTIONS, candidates)
                .getFirst();
        for (int i = 0; i < 195; i++) {
            take(candidates, picker);
        }
        assertThat(candidates.get(0).active().get()).isEqualTo(100);
        assertThat(candidates.get(1).active().get()).isEqualTo(95);
    }

    /** With each step it may carry more; what it lacks by then must not come all at once. */
    @Test
    void leastConnectionsFloodsNobodyWhenItsShareGrows() {
        var factory = new PickerFactory(1, 3);
        var candidates = Candidates.weighing(10, 10, 10, 10);
        var picker = factory.build(Algorithm.LEAST_CONNECTIONS, candidates).getFirst();
        for (int i = 0; i < 4_000; i++) {
            take(candidates, picker);
        }
        candidates.add(new Candidate(Candidates.id(4), 10, true, new ActiveCount(), 1));
        for (int share = 1; share <= 19; share += 2) {
            candidates.set(4, Candidates.easedIn(candidates.get(4), share));
            picker = factory.build(Algorithm.LEAST_CONNECTIONS, candidates).getFirst();
            int before = candidates.get(4).active().get();
            for (int i = 0; i < 50; i++) {
                take(candidates, picker);
            }
            assertThat(candidates.get(4).active().get() - before)
                    .as("share %d", share)
                    .isLessThanOrEqualTo(25);
        }
    }

    private static void take(List<Candidate> candidates, Picker picker) {
        int picked = picker.pick(0);
        candidates.get(picked).active().increment();
        picker.activeChanged(picked);
    }
}
