package io.evenkeel.agentsync.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.traffic.Traffic;
import io.evenkeel.dataplane.traffic.TrafficKey;
import io.evenkeel.dataplane.traffic.TrafficSample;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MemberSeriesTests {

    private final MemberSeries series = new MemberSeries(2);

    private static TrafficSample sample() {
        var traffic = new Traffic(1);
        traffic.of(UUID.randomUUID(), UUID.randomUUID());
        return traffic.read().getFirst();
    }

    private static List<TrafficKey> keys(List<TrafficSample> samples) {
        return samples.stream().map(TrafficSample::key).toList();
    }

    @Test
    void showsSoManyAndTheSameOnesAgain() {
        var all = Stream.generate(MemberSeriesTests::sample).limit(5).toList();

        var chosen = series.choose(all);

        assertThat(chosen).hasSize(2);
        assertThat(series.choose(all.reversed())).containsExactlyInAnyOrderElementsOf(chosen);
        var more = Stream.concat(Stream.generate(MemberSeriesTests::sample).limit(20), all.stream())
                .toList();
        assertThat(keys(series.choose(more))).containsExactlyInAnyOrderElementsOf(keys(chosen));
    }

    @Test
    void givesThePlaceOfOneThatIsGoneToAnother() {
        var all = Stream.generate(MemberSeriesTests::sample).limit(3).toList();
        var chosen = series.choose(all);
        var left =
                all.stream().filter(sample -> !sample.equals(chosen.getFirst())).toList();

        assertThat(series.choose(left)).containsExactlyElementsOf(left);
    }
}
