package io.evenkeel.dataplane.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.desiredstate.Algorithm;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LeastConnectionsPickerTests {

    static IntStream seeds() {
        return IntStream.range(0, 30);
    }

    private static LeastConnectionsPicker picker(List<Candidate> candidates, double phase) {
        return new LeastConnectionsPicker(candidates, phase, new RoundRobinPicker(candidates, phase, 5));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void neverPicksWhoHasAsManyAsAnotherWouldHaveWithOneMore(int seed) {
        var random = new SplittableRandom(seed);
        var candidates = Candidates.weighing(Candidates.randomWeights(random, 1 + random.nextInt(50)));
        var picker = picker(candidates, random.nextDouble());
        var open = new ArrayList<Integer>();
        for (int i = 0; i < 5_000; i++) {
            if (!open.isEmpty() && random.nextInt(5) < 2) {
                release(candidates, picker, open.remove(/* index */ random.nextInt(open.size())));
            } else {
                long least = candidates.stream()
                        .mapToLong(LeastConnectionsPickerTests::load)
                        .min()
                        .orElseThrow();
                int picked = picker.pick(0);
                assertThat(loadNow(candidates.get(picked))).as("seed %d", seed).isLessThan(least);
                take(candidates, picker, picked);
                open.add(picked);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void ofEqualMembersAlwaysOneWithTheFewest(int seed) {
        var random = new SplittableRandom(seed);
        var candidates = Candidates.weighing(
                IntStream.range(0, 1 + random.nextInt(50)).map(i -> 7).toArray());
        var picker = picker(candidates, random.nextDouble());
        var open = new ArrayList<Integer>();
        for (int i = 0; i < 5_000; i++) {
            if (!open.isEmpty() && random.nextInt(5) < 2) {
                release(candidates, picker, open.remove(/* index */ random.nextInt(open.size())));
            } else {
                int fewest = candidates.stream()
                        .mapToInt(candidate -> candidate.active().get())
                        .min()
                        .orElseThrow();
                int picked = picker.pick(0);
                assertThat(candidates.get(picked).active().get())
                        .as("seed %d", seed)
                        .isEqualTo(fewest);
                take(candidates, picker, picked);
                open.add(picked);
            }
        }
    }

    /** One after the other: nobody has any, so weights alone decide. */
    @ParameterizedTest
    @MethodSource("seeds")
    void requestsOneByOneAreSharedByTheWeights(int seed) {
        var random = new SplittableRandom(seed);
        var candidates = Candidates.weighing(Candidates.randomWeights(random, 1 + random.nextInt(30)));
        var picker = picker(candidates, random.nextDouble());
        int cycle = candidates.stream().mapToInt(Candidate::weight).sum();
        int[] counts = new int[candidates.size()];
        for (int i = 0; i < 3 * cycle; i++) {
            int picked = picker.pick(0);
            counts[picked]++;
            take(candidates, picker, picked);
            release(candidates, picker, picked);
        }
        assertThat(counts)
                .as("seed %d", seed)
                .containsExactly(candidates.stream()
                        .mapToInt(candidate -> 3 * candidate.weight())
                        .toArray());
    }

    /** Whoever is heaviest must not get nearly all, nor the lightest one each time that it is idle. */
    @ParameterizedTest
    @MethodSource("seeds")
    void aFewRequestsAtATimeAreSharedNearlyByTheWeights(int seed) {
        var random = new SplittableRandom(seed);
        int light = 1 + random.nextInt(20);
        var candidates = Candidates.weighing(100, light);
        var picker = picker(candidates, random.nextDouble());
        var open = new ArrayList<Integer>();
        int atATime = 1 + random.nextInt(4);
        int requests = 20_000;
        int lightOnes = 0;
        for (int i = 0; i < requests; i++) {
            int picked = picker.pick(0);
            lightOnes += picked;
            take(candidates, picker, picked);
            open.add(picked);
            if (open.size() == atATime) {
                release(candidates, picker, open.remove(/* index */ random.nextInt(open.size())));
            }
        }
        double fair = requests * light / (100.0 + light);
        assertThat((double) lightOnes)
                .as("seed %d, %d at a time", seed, atATime)
                .isBetween(0.5 * fair, 1.2 * fair);
    }

    @Test
    void fillsInProportionToTheWeights() {
        var candidates = Candidates.weighing(5, 3, 2);
        var picker = picker(candidates, 0);
        for (int i = 0; i < 1_000; i++) {
            take(candidates, picker, picker.pick(0));
        }
        assertThat(candidates.stream().map(candidate -> candidate.active().get()))
                .containsExactly(500, 300, 200);
    }

    @Test
    void goesRoundAmongIdleMembers() {
        var candidates = Candidates.weighing(10, 10, 10, 10, 10, 10, 10);
        var picker = picker(candidates, 0.4);
        int[] counts = new int[7];
        for (int i = 0; i < 700; i++) {
            int picked = picker.pick(0);
            counts[picked]++;
            take(candidates, picker, picked);
            release(candidates, picker, picked);
        }
        assertThat(counts).containsOnly(100);
    }

    @Test
    void startsEveryLoopWithAnotherOfEqualMembers() {
        var candidates = Candidates.weighing(1, 1, 1, 1, 1, 1, 1, 1);
        var first = new HashSet<Integer>();
        new PickerFactory(4, 9).build(Algorithm.LEAST_CONNECTIONS, candidates).forEach(p -> first.add(p.pick(0)));
        assertThat(first).hasSize(4);
    }

    @Test
    void seesWhatOtherLoopsTookAndReleased() {
        var candidates = Candidates.weighing(1, 1, 1);
        var picker = picker(candidates, 0);
        candidates.get(0).active().increment();
        candidates.get(1).active().increment();
        assertThat(picker.pick(0)).isEqualTo(2);
        for (int i = 0; i < 10; i++) {
            candidates.get(2).active().increment();
        }
        candidates.get(1).active().decrement();
        var picked = new HashSet<Integer>();
        for (int i = 0; i < 4; i++) {
            picked.add(picker.pick(0));
        }
        assertThat(picker.pick(0)).isEqualTo(1);
        assertThat(picked).doesNotContain(2);
    }

    @Test
    void picksNobodyWithoutWeightOrAway() {
        var candidates = Candidates.weighing(0, 1, 1);
        var withOneAway = List.of(candidates.get(0), Candidates.away(candidates.get(1)), candidates.get(2));
        var picker = picker(withOneAway, 0.9);
        for (int i = 0; i < 20; i++) {
            int picked = picker.pick(0);
            assertThat(picked).isEqualTo(2);
            take(withOneAway, picker, picked);
        }
        release(withOneAway, picker, 1);
        assertThat(picker.pickOther(0, 2)).isEqualTo(Picker.NONE);
        assertThat(picker.pickOther(0, Picker.NONE)).isEqualTo(2);
        assertThat(picker(List.of(), 0).pick(0)).isEqualTo(Picker.NONE);
    }

    @Test
    void findsTheSecondLeastLoadedWhenTheFirstFailed() {
        var candidates = Candidates.weighing(100, 3, 2, 1, 1, 1);
        var picker = picker(candidates, 0);
        assertThat(picker.pickOther(0, 0)).isEqualTo(1);
        assertThat(picker.pickOther(0, 3)).isZero();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void findsTheLeastLoadedOfThoseThatDidNotFail(int seed) {
        var random = new SplittableRandom(seed);
        var candidates = Candidates.weighing(Candidates.randomWeights(random, 4 + random.nextInt(50)));
        var picker = picker(candidates, random.nextDouble());
        for (int i = 0; i < 1_000; i++) {
            int first = picker.pick(0);
            int second = picker.pickOther(0, first);
            int third = picker.pickOther(0, first, second);
            long least = IntStream.range(0, candidates.size())
                    .filter(index -> index != first && index != second)
                    .mapToLong(index -> load(candidates.get(index)))
                    .min()
                    .orElseThrow();
            assertThat(third).as("seed %d", seed).isNotIn(first, second);
            assertThat(load(candidates.get(third))).as("seed %d", seed).isEqualTo(least);
            take(candidates, picker, third);
        }
    }

    @Test
    void staysRightWhenTheTurnsRunOut() {
        var candidates = Candidates.weighing(1, 2, 3);
        var picker = picker(candidates, 0);
        for (int i = 0; i < (1 << LeastConnectionsPicker.TURN_BITS) + 10; i++) {
            picker.pick(0);
        }
        for (int i = 0; i < 600; i++) {
            take(candidates, picker, picker.pick(0));
        }
        assertThat(candidates.stream().map(candidate -> candidate.active().get()))
                .containsExactly(100, 200, 300);
    }

    @Test
    void staysBalancedWhenSeveralLoopsTakeAndRelease() throws Exception {
        int loops = 4;
        var candidates = Candidates.weighing(50, 30, 20, 10, 10);
        var pickers = new PickerFactory(loops, 3).build(Algorithm.LEAST_CONNECTIONS, candidates);
        try (var threads = Executors.newFixedThreadPool(loops)) {
            var tasks = new ArrayList<Callable<ArrayDeque<Integer>>>();
            pickers.forEach(picker -> tasks.add(() -> holdThreeHundred(candidates, picker)));
            var held = threads.invokeAll(tasks);
            int[] perMember = new int[5];
            for (var future : held) {
                future.get().forEach(member -> perMember[member]++);
            }
            for (int i = 0; i < 5; i++) {
                var candidate = candidates.get(i);
                assertThat(candidate.active().get()).isEqualTo(perMember[i]);
                assertThat(perMember[i]).isBetween(candidate.weight() * 10 - 60, candidate.weight() * 10 + 60);
            }
        }
    }

    private static ArrayDeque<Integer> holdThreeHundred(List<Candidate> candidates, Picker picker) {
        var open = new ArrayDeque<Integer>();
        for (int i = 0; i < 100_000; i++) {
            int picked = picker.pick(0);
            take(candidates, picker, picked);
            open.add(picked);
            if (open.size() > 300) {
                release(candidates, picker, open.remove());
            }
        }
        return open;
    }

    /** With one more. Finer than the picker needs to be: different loads differ here as well. */
    private static long load(Candidate candidate) {
        return (candidate.active().get() + 1L) * (1L << 40) / candidate.weight();
    }

    private static long loadNow(Candidate candidate) {
        return candidate.active().get() * (1L << 40) / candidate.weight();
    }

    private static void take(List<Candidate> candidates, Picker picker, int index) {
        candidates.get(index).active().increment();
        picker.activeChanged(index);
    }

    private static void release(List<Candidate> candidates, Picker picker, int index) {
        candidates.get(index).active().decrement();
        picker.activeChanged(index);
    }
}
