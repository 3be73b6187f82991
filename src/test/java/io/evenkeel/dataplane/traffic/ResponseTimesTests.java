package io.evenkeel.dataplane.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ResponseTimesTests {

    @Test
    void everyTimeLiesInItsBucket() {
        var random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            long micros = random.nextLong(1L << (1 + random.nextInt(30)));

            int bucket = ResponseTimes.bucketOf(micros * 1000 + random.nextInt(1000));

            assertThat(micros).isLessThan(ResponseTimes.endMicros(bucket));
            assertThat(micros).isGreaterThanOrEqualTo(bucket == 0 ? 0 : ResponseTimes.endMicros(bucket - 1));
        }
    }

    @Test
    void noBucketIsMuchWiderThanItsBounds() {
        for (int bucket = 8; bucket < ResponseTimes.BUCKETS; bucket++) {
            long start = ResponseTimes.endMicros(bucket - 1);
            assertThat(ResponseTimes.endMicros(bucket) - start).isBetween(1L, start / 8 + 1);
        }
    }

    @Test
    void whatIsOutOfRangeCountsAtTheEnds() {
        assertThat(ResponseTimes.bucketOf(-1)).isZero();
        assertThat(ResponseTimes.bucketOf(0)).isZero();
        assertThat(ResponseTimes.bucketOf(Long.MAX_VALUE)).isEqualTo(ResponseTimes.BUCKETS - 1);
    }
}
