package io.evenkeel.dataplane.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.desiredstate.Algorithm;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a change of members, weights or health does to the picks around it. */
class ChangesOfPickersTests {

    private static final int LOOPS = 4;

    static IntStream seeds() {
        return IntStream.range(0, 30);
    }

    @Test
    void roundRobinStarvesNobodyWhoseWeightChangesAllTheTime() {
        var factory = new PickerFactory(1, 1);
        int[] counts = new int[3];
        for (int i = 0; i < 4_200; i++) {
            var candidates = Candidates.weighing(20, 20, 1 + i % 2);
            counts[factory.build(Algorithm.ROUND_ROBIN, candidates).getFirst().pick(0)]++;
        }
        assertThat(counts[0]).isBetween(1_990, 2_110);
        assertThat(counts[1]).isBetween(1_990, 2_110);
        assertThat(counts[2]).isBetween(100, 200);
    }

    /** Begun anew each time, the same few would be picked over and over, and the light ones never. */
    @ParameterizedTest
    @MethodSource("seeds")
    void roundRobinKeepsSharesWhenChangesComeMoreOftenThanCycles(int seed) {
        var random = new SplittableRandom(seed);
        int members = 2 + random.nextInt(30);
        int[] weights = Candidates.randomWeights(random, members);
        int cycle = IntStream.of(weights).sum();
        var factory = new PickerFactory(1, seed);
        // One more member comes and goes, so light that its share is not noticed.
        var without = Candidates.weighing(weights);
        var with = new ArrayList<>(without);
        with.add(new Candidate(Candidates.id(members), 1, true, new ActiveCount()));
        int[] counts = new int[members + 1];
        int cycles = 20;
        for (int picks = 0; picks < cycles * cycle; ) {
            var picker = factory.build(Algorithm.ROUND_ROBIN, random.nextBoolean() ? with : without)
                    .getFirst();
            for (int run = random.nextInt(6); run >= 0; run--) {
                counts[picker.pick(0)]++;
                picks++;
            }
        }
        for (int i = 0; i < members; i++) {
            assertThat((double) counts[i] / cycles)
                    .as("seed %d, member %d of weights %s", seed, i, List.of(weights))
                    .isBetween(weights[i] * 0.9 - 1, weights[i] * 1.1 + 1);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void roundRobinGoesOnAsIfNothingHadBeenWhenAChangeIsTakenBack(int seed) {
        var random = new SplittableRandom(seed);
        var candidates = Candidates.weighing(Candidates.randomWeights(random, 1 + random.nextInt(200)));
        var factory = new PickerFactory(1, seed);
        var undisturbed = new PickerFactory(1, seed)
                .build(Algorithm.ROUND_ROBIN, candidates)
                .getFirst();
        var picker = factory.build(Algorithm.ROUND_ROBIN, candidates).getFirst();
        for (int i = 0; i < 2_000; i++) {
            if (random.nextInt(10) == 0) {
                picker = factory.build(Algorithm.ROUND_ROBIN, candidates).getFirst();
            }
            assertThat(picker.pick(0)).as("seed %d, pick %d", seed, i).isEqualTo(undisturbed.pick(0));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void roundRobinIsOffByLittleInTheFirstCycleAfterAChangeOfWeights(int seed) {
        var random = new SplittableRandom(seed);
        int members = 2 + random.nextInt(300);
        var factory = new PickerFactory(1, seed);
        var candidates = Candidates.weighing(Candidates.randomWeights(random, members));
        for (int change = 0; change < 20; change++) {
            for (int run = random.nextInt(500), i = 0; i < run; i++) {
                var _ = factory.build(Algorithm.ROUND_ROBIN, candidates)
                        .getFirst()
                        .pick(0);
            }
            int one = random.nextInt(members);
            candidates.set(one, Candidates.weighing(candidates.get(one), 1 + random.nextInt(100)));
            var picker = factory.build(Algorithm.ROUND_ROBIN, candidates).getFirst();
            int[] counts = new int[members];
            int cycle = candidates.stream().mapToInt(Candidate::weight).sum();
            for (int i = 0; i < cycle; i++) {
                counts[picker.pick(0)]++;
            }
            for (int i = 0; i < members; i++) {
                assertThat(counts[i] - candidates.get(i).weight())
                        .as("seed %d, change %d, member %d", seed, change, i)
                        .isBetween(-2, 2);
            }
        }
    }

    /** All loops at once, right after a change: the first picks of a pool of equals are of different members. */
    @ParameterizedTest
    @EnumSource(names = {"ROUND_ROBIN", "LEAST_CONNECTIONS"})
    void noMemberGetsTheFirstPicksOfAllLoopsAfterAChange(Algorithm algorithm) {
        int members = 40;
        int[] firstAfterChange = new int[members];
        int changes = 500;
        var factory = new PickerFactory(LOOPS, 11);
        for (int change = 0; change < changes; change++) {
            var candidates =
                    Candidates.weighing(IntStream.range(0, members).map(i -> 10).toArray());
            candidates.set(change % members, Candidates.away(candidates.get(change % members)));
            var first = new HashSet<Integer>();
            for (var picker : factory.build(algorithm, candidates)) {
                int picked = picker.pick(0);
                first.add(picked);
                firstAfterChange[picked]++;
            }
            assertThat(first).as("change %d", change).hasSizeGreaterThan(1);
        }
        // Fair would be 50 each.
        assertThat(IntStream.of(firstAfterChange).max().orElseThrow()).isLessThan(3 * changes * LOOPS / members);
    }

    @Test
    void leastConnectionsGivesANewcomerTwiceItsShareAtMostUntilItHasCaughtUp() {
        var factory = new PickerFactory(1, 3);
        var candidates = Candidates.weighing(10, 10, 10, 10);
        var picker = factory.build(Algorithm.LEAST_CONNECTIONS, candidates).getFirst();
        for (int i = 0; i < 4_000; i++) {
            take(candidates, picker);
        }
        candidates.add(new Candidate(Candidates.id(4), 10, true, new ActiveCount()));
        picker = factory.build(Algorithm.LEAST_CONNECTIONS, candidates).getFirst();
        for (int window = 0; window < 10; window++) {
            int before = active(candidates, 4);
            for (int i = 0; i < 500; i++) {
                take(candidates, picker);
            }
            assertThat(active(candidates, 4) - before).as("window %d", window).isBetween(100, 210);
        }
        for (int i = 0; i < 2_000; i++) {
            take(candidates, picker);
        }
        assertThat(active(candidates, 4)).isCloseTo(active(candidates, 0), within(10));
    }

    @Test
    void leastConnectionsKeepsANewcomersHandicapOverTheNextChanges() {
        var factory = new PickerFactory(1, 3);
        var candidates = Candidates.weighing(10, 10, 0);
        var picker = factory.build(Algorithm.LEAST_CONNECTIONS, candidates).getFirst();
        for (int i = 0; i < 2_000; i++) {
            take(candidates, picker);
        }
        candidates.set(2, Candidates.weighing(candidates.get(2), 10));
        for (int change = 1; change <= 10; change++) {
            picker = factory.build(Algorithm.LEAST_CONNECTIONS, candidates).getFirst();
            for (int i = 0; i < 30; i++) {
                take(candidates, picker);
            }
            candidates.set(0, Candidates.weighing(candidates.get(0), 10 + change % 2));
            assertThat(active(candidates, 2)).as("change %d", change).isLessThanOrEqualTo(change * 22);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void sourceIpMovesFewWhenAMemberLeavesForGoodAndWhenOneJoins(int seed) {
        var random = new SplittableRandom(seed);
        int members = 2 + random.nextInt(200);
        var factory = new PickerFactory(1, seed);
        var candidates = new ArrayList<Candidate>();
        for (int i = 0; i < members; i++) {
            candidates.add(new Candidate(
                    new UUID(random.nextLong(), random.nextLong()), random.nextInt(101), true, new ActiveCount()));
        }
        candidates.set(0, Candidates.weighing(candidates.get(0), 50));
        candidates.set(1, Candidates.weighing(candidates.get(1), 50));
        var before = memberOfEachClient(factory, candidates);
        assertThat(idsOfWeightless(candidates)).noneMatch(before::contains);

        var gone = candidates.get(0);
        var less = List.copyOf(candidates.subList(1, members));
        var during = memberOfEachClient(factory, less);
        // A table of the same size: whoever takes part on both sides keeps its clients, but for one in fifty.
        long members0 = candidates.stream().filter(one -> one.weight() > 0).count();
        if (MaglevTable.sizeFor((int) members0) == MaglevTable.sizeFor((int) members0 - 1)) {
            assertThat(moved(before, during, gone.id())).as("seed %d", seed).isLessThan(0.02);
            assertThat(moved(memberOfEachClient(factory, candidates), during, gone.id()))
                    .isLessThan(0.02);
        }
        assertThat(memberOfEachClient(factory, candidates)).isEqualTo(before);
        var weightless = new ArrayList<>(candidates);
        weightless.set(0, Candidates.weighing(gone, 0));
        assertThat(memberOfEachClient(factory, weightless)).isEqualTo(during);
    }

    private static List<UUID> idsOfWeightless(List<Candidate> candidates) {
        return candidates.stream()
                .filter(one -> one.weight() == 0)
                .map(Candidate::id)
                .toList();
    }

    /** Of the clients that were not at the member that left, the part that is elsewhere now. */
    private static double moved(List<UUID> before, List<UUID> after, UUID gone) {
        int stayed = 0;
        int moved = 0;
        for (int client = 0; client < before.size(); client++) {
            if (!before.get(client).equals(gone)) {
                boolean isSame = before.get(client).equals(after.get(client));
                stayed += isSame ? 1 : 0;
                moved += isSame ? 0 : 1;
            }
        }
        return (double) moved / (moved + stayed);
    }

    private static List<UUID> memberOfEachClient(PickerFactory factory, List<Candidate> candidates) {
        var picker = factory.build(Algorithm.SOURCE_IP, candidates).getFirst();
        return IntStream.range(0, 20_000)
                .mapToObj(client -> candidates.get(picker.pick(client)).id())
                .toList();
    }

    private static int active(List<Candidate> candidates, int index) {
        return candidates.get(index).active().get();
    }

    private static void take(List<Candidate> candidates, Picker picker) {
        int picked = picker.pick(0);
        candidates.get(picked).active().increment();
        picker.activeChanged(picked);
    }
}
