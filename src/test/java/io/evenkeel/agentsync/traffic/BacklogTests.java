package io.evenkeel.agentsync.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.status.traffic.TrafficRecorder;
import io.evenkeel.status.traffic.TrafficRow;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BacklogTests {

    private static final Instant NOON = Instant.parse("2031-05-20T12:00:00Z");

    private final Backlog backlog = new Backlog(10);

    private static Reading reading(int second, int rows) {
        var row = new TrafficRow(
                UUID.randomUUID(),
                UUID.randomUUID(),
                null,
                null,
                new TrafficRow.Counts(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        return new Reading(NOON.plusSeconds(second), NOON.plusSeconds(second + 10), Collections.nCopies(rows, row));
    }

    private Instant oldestBucket() {
        return Objects.requireNonNull(backlog.oldest()).bucket();
    }

    @Test
    void keepsTheOrderOfReadings() {
        backlog.add(reading(0, 5));
        backlog.add(reading(10, 5));
        assertThat(backlog.dropExcess(NOON)).isZero();
        assertThat(oldestBucket()).isEqualTo(NOON);

        backlog.removeOldest();

        assertThat(oldestBucket()).isEqualTo(NOON.plusSeconds(10));
    }

    @Test
    void dropsTheOldestWhenThereAreTooManyRows() {
        backlog.add(reading(0, 4));
        backlog.add(reading(10, 4));
        backlog.add(reading(20, 4));

        assertThat(backlog.dropExcess(NOON)).isEqualTo(4);

        assertThat(oldestBucket()).isEqualTo(NOON.plusSeconds(10));
    }

    @Test
    void dropsAReadingThatIsTooLargeByItself() {
        backlog.add(reading(0, 11));

        assertThat(backlog.dropExcess(NOON)).isEqualTo(11);

        assertThat(backlog.oldest()).isNull();
    }

    @Test
    void dropsWhatMayHaveBeenCondensedMeanwhile() {
        backlog.add(reading(0, 1));
        backlog.add(reading(10, 1));
        var tooLate = NOON.plusSeconds(10).plus(TrafficRecorder.TAKES_FOR);

        assertThat(backlog.dropExcess(tooLate)).isZero();
        assertThat(backlog.dropExcess(tooLate.plusMillis(1))).isEqualTo(1);

        assertThat(oldestBucket()).isEqualTo(NOON.plusSeconds(10));
    }

    @Test
    void keepsNothingOfAPeriodWithoutTraffic() {
        backlog.add(reading(0, 0));

        assertThat(backlog.oldest()).isNull();
    }
}
