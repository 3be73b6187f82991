package io.evenkeel.agentsync.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.evenkeel.dataplane.traffic.Traffic;
import io.evenkeel.dataplane.traffic.TrafficSample;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBucket;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HistogramTests {

    private final Traffic traffic = new Traffic(1);

    private TrafficSample all() {
        return TrafficSample.byPool(traffic.read()).getFirst();
    }

    @Test
    void putsEachResponseBelowTheFirstBoundThatItDoesNotReach() {
        var cell = traffic.of(UUID.randomUUID(), UUID.randomUUID()).own(0);
        cell.time(255_999);
        cell.time(256_000);
        cell.time(Duration.ofMillis(1).toNanos());
        cell.time(Duration.ofSeconds(2).toNanos());
        cell.time(Duration.ofMinutes(5).toNanos());

        var point = Histogram.of(all(), Labels.EMPTY);

        assertThat(point.getClassicBuckets().stream()
                        .filter(bucket -> bucket.getCount() > 0)
                        .collect(Collectors.toMap(
                                ClassicHistogramBucket::getUpperBound, ClassicHistogramBucket::getCount)))
                .containsOnly(
                        entry(0.000256, 1L),
                        entry(0.000512, 1L),
                        entry(0.001024, 1L),
                        entry(2.097152, 1L),
                        entry(Double.POSITIVE_INFINITY, 1L));
        assertThat(point.getSum()).isEqualTo(302.001511);
        assertThat(point.getCount()).isEqualTo(5);
    }

    @Test
    void tellsWhetherThereIsAnyResponse() {
        var cell = traffic.of(UUID.randomUUID(), UUID.randomUUID()).own(0);
        assertThat(Histogram.hasResponses(all())).isFalse();

        cell.time(0);

        assertThat(Histogram.hasResponses(all())).isTrue();
    }
}
