package io.evenkeel.desiredstate;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.desiredstate.DesiredPool.SlowStart;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlowStartTests {

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "2999, 1",
        "3000, 3",
        "15000, 11",
        "26999, 17",
        "27000, 19",
        "29999, 19",
        "30000, 20",
        "9000000, 20"
    })
    void risesInTenSteps(long millis, int share) {
        assertThat(new SlowStart(Duration.ofSeconds(30)).shareAfter(Duration.ofMillis(millis)))
                .isEqualTo(share);
    }

    /** So that over its time a newcomer has carried half of what it would have. */
    @ParameterizedTest
    @ValueSource(ints = {30, 77, 1200})
    void isHalfOnAverage(int seconds) {
        var slowStart = new SlowStart(Duration.ofSeconds(seconds));
        long sum = 0;
        for (int tenth = 0; tenth < seconds * 10; tenth++) {
            sum += slowStart.shareAfter(Duration.ofMillis(tenth * 100L));
        }
        assertThat((double) sum / (seconds * 10 * SlowStart.WHOLE)).isEqualTo(0.5);
    }
}
