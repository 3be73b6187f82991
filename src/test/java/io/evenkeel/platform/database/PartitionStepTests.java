package io.evenkeel.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionStepTests {

    @ParameterizedTest
    @CsvSource({
        "HOUR,  2031-12-31T23:59:59Z, 2031-12-31T23:00:00Z, 2032-01-01T00:00:00Z, t_y2031m12d31h23",
        "DAY,   2032-02-29T10:00:00Z, 2032-02-29T00:00:00Z, 2032-03-01T00:00:00Z, t_y2032m02d29",
        "MONTH, 2032-02-29T10:00:00Z, 2032-02-01T00:00:00Z, 2032-03-01T00:00:00Z, t_y2032m02",
    })
    void namesThePartitionOfAMoment(PartitionStep step, Instant moment, Instant begin, Instant next, String name) {
        assertThat(step.begin(moment)).isEqualTo(begin);
        assertThat(step.next(begin)).isEqualTo(next);
        assertThat(step.name("t", begin)).isEqualTo(name);
        assertThat(PartitionStep.begin(name)).contains(begin);
    }

    @ParameterizedTest
    @CsvSource({"t_default", "t", "t_y2031", "t_y2031m12d31h23_old"})
    void knowsNoBeginningOfOtherNames(String name) {
        assertThat(PartitionStep.begin(name)).isEmpty();
    }
}
