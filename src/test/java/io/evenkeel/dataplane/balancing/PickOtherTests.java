package io.evenkeel.dataplane.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.desiredstate.Algorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every picker when it is asked for another than those that failed. */
class PickOtherTests {

    private final PickerFactory factory = new PickerFactory(1, 5);

    @ParameterizedTest
    @EnumSource(names = {"ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP"})
    void findsTheThirdOfThreeWhicheverTwoFailed(Algorithm algorithm) {
        for (var weights : List.of(new int[] {5, 5, 5}, new int[] {100, 1, 1}, new int[] {1, 100, 50})) {
            var picker = pickerOf(algorithm, Candidates.weighing(weights));
            for (int client = 0; client < 300; client++) {
                assertThat(picker.pickOther(client, 0, 1)).isEqualTo(2);
                assertThat(picker.pickOther(client, 2, 0)).isEqualTo(1);
                assertThat(picker.pickOther(client, 1, 2)).isZero();
                assertThat(picker.pickOther(client, 1, 2, 1, Picker.NONE)).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP"})
    void findsNobodyWhenAllFailed(Algorithm algorithm) {
        var candidates = Candidates.weighing(7, 0, 100, 1);
        var picker = pickerOf(algorithm, candidates);
        for (int client = 0; client < 300; client++) {
            assertThat(picker.pickOther(client, 3, 0, 2)).isEqualTo(Picker.NONE);
            assertThat(picker.pickOther(client, 0, 2, 1, 3)).isEqualTo(Picker.NONE);
            assertThat(picker.pickOther(client, 0, 1, 2)).isEqualTo(3);
        }
        assertThat(pickerOf(algorithm, List.of()).pickOther(1, Picker.NONE, Picker.NONE))
                .isEqualTo(Picker.NONE);
    }

    @ParameterizedTest
    @EnumSource(names = {"ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP"})
    void findsAnotherAsLongAsThereIsOne(Algorithm algorithm) {
        for (int seed = 0; seed < 30; seed++) {
            var random = new SplittableRandom(seed);
            var candidates = Candidates.weighing(Candidates.randomWeights(random, 1 + random.nextInt(30)));
            int away = random.nextInt(candidates.size());
            candidates.set(away, Candidates.away(candidates.get(away)));
            var picker = pickerOf(algorithm, candidates);
            var failed = new ArrayList<Integer>();
            while (failed.size() < candidates.size() - 1) {
                int other = picker.pickOther(seed, indexes(failed));
                assertThat(other).as("seed %d", seed).isNotIn(Picker.NONE, away).isNotIn(failed);
                failed.add(other);
            }
            assertThat(picker.pickOther(seed, indexes(failed)))
                    .as("seed %d", seed)
                    .isEqualTo(Picker.NONE);
        }
    }

    private static int[] indexes(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    private Picker pickerOf(Algorithm algorithm, List<Candidate> candidates) {
        return factory.build(algorithm, candidates).getFirst();
    }
}
