package io.evenkeel.dataplane.stickiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongIndexTests {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 63, 64, 65, 10_000})
    void findsEachNumberAndNoOther(int count) {
        var keys = new SplittableRandom(count).longs(count).toArray();
        var index = new LongIndex(keys);
        for (int i = 0; i < count; i++) {
            assertThat(index.find(keys[i])).isEqualTo(i);
        }
        new SplittableRandom(count + 1L)
                .longs(1_000)
                .forEach(other -> assertThat(index.find(other)).isEqualTo(LongIndex.NONE));
    }

    @Test
    void findsTheFirstOfEqualNumbers() {
        var index = new LongIndex(7, 0, 7, 0);
        assertThat(index.find(7)).isZero();
        assertThat(index.find(0)).isEqualTo(1);
    }
}
