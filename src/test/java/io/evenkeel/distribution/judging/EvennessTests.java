package io.evenkeel.distribution.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvennessTests {

    private static double[] equal(int classes, double each) {
        return IntStream.range(0, classes).mapToDouble(i -> each).toArray();
    }

    @Test
    void isTheGTestWithWilliamsCorrection() {
        var test = Evenness.of(new double[] {80, 10}, new double[] {67.5, 22.5});

        double g = 2 * (80 * Math.log(80 / 67.5) + 10 * Math.log(10 / 22.5));
        assertThat(test.statistic()).isCloseTo(g / (1 + 3.0 / (6 * 90)), within(1e-9));
        assertThat(test.degreesOfFreedom()).isEqualTo(1);
        assertThat(test.isUneven()).isTrue();
    }

    @Test
    void takesTogetherWhoWasToGetLittle() {
        var test = Evenness.of(new double[] {90, 4, 3, 3}, new double[] {90, 4, 3, 3});

        assertThat(test.degreesOfFreedom()).isEqualTo(1);
        assertThat(test.probability()).isEqualTo(1);
        assertThat(Evenness.of(equal(20, 4), equal(20, 4)).degreesOfFreedom()).isEqualTo(9);
        assertThat(Evenness.of(equal(3, 1), equal(3, 1)).canTell()).isFalse();
        assertThat(Evenness.of(new double[0], new double[0]).canTell()).isFalse();
    }

    @Test
    void countsWhatWentToWhomNothingWasMeantFor() {
        assertThat(Evenness.of(new double[] {50, 50, 100}, new double[] {100, 100, 0})
                        .isUneven())
                .isTrue();
        assertThat(Evenness.of(new double[] {0, 100, 100}, new double[] {100, 100, 0})
                        .isUneven())
                .isTrue();
    }

    @Test
    void doesNotMindWhatIsCertainAndSmall() {
        var test = Evenness.of(new double[] {510_000, 490_000}, new double[] {500_000, 500_000});

        assertThat(test.probability()).isLessThan(1e-9);
        assertThat(test.isUneven()).isFalse();
    }

    @Test
    void isSeldomWrongAboutWhatChanceDeals() {
        int wrong = 0;
        for (int seed = 0; seed < 2_000; seed++) {
            var random = new SplittableRandom(seed);
            int classes = random.nextInt(2, 12);
            int total = random.nextInt(50, 500);
            var dealt = new double[classes];
            random.ints(total, 0, classes).forEach(to -> dealt[to]++);
            wrong +=
                    Evenness.of(dealt, equal(classes, (double) total / classes)).isUneven() ? 1 : 0;
        }

        assertThat(wrong).isLessThanOrEqualTo(8);
    }
}
