package io.evenkeel.dataplane.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TrafficTests {

    private static final UUID LOAD_BALANCER = UUID.randomUUID();
    private static final UUID LISTENER = UUID.randomUUID();
    private static final UUID POOL = UUID.randomUUID();

    private final Traffic traffic = new Traffic(2);
    private final ListenerTraffic listener = traffic.of(LOAD_BALANCER, LISTENER);
    private final TrafficKey member = new TrafficKey(LOAD_BALANCER, LISTENER, POOL, UUID.randomUUID());

    private TrafficSample sample(TrafficKey key) {
        return traffic.read().stream()
                .filter(sample -> sample.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private long total(Count what) {
        return traffic.read().stream().mapToLong(sample -> sample.get(what)).sum();
    }

    private void tidy(int times) {
        for (int i = 0; i < times; i++) {
            traffic.tidy();
        }
    }

    @Test
    void sumsItsLoops() {
        listener.own(0).add(Count.OPEN, 3);
        listener.own(1).add(Count.OPEN, -1);
        traffic.cell(member, 0).add(Count.BYTES_IN, 1L << 40);
        traffic.cell(member, 1).time(5_000_000);
        traffic.cell(member, 1).time(5_000_000);

        assertThat(total(Count.OPEN)).isEqualTo(2);
        var sample = sample(member);
        assertThat(sample.get(Count.BYTES_IN)).isEqualTo(1L << 40);
        assertThat(sample.responseTimes()[ResponseTimes.bucketOf(5_000_000)]).isEqualTo(2);
    }

    @Test
    void tellsWhatCameSince() {
        var cell = traffic.cell(member, 0);
        cell.add(Count.PICKED, 5);
        cell.add(Count.ACTIVE, 2);
        cell.time(10);
        var earlier = sample(member);
        cell.add(Count.PICKED, 2);
        cell.time(10);

        var since = sample(member);

        var difference = since.since(earlier);
        assertThat(difference.get(Count.PICKED)).isEqualTo(2);
        assertThat(difference.get(Count.ACTIVE)).isEqualTo(2);
        assertThat(difference.responseTimes()[0]).isEqualTo(1);
    }

    @Test
    void givesUpWhatIsIdleForLongWithoutLosingASum() {
        var cell = traffic.cell(member, 0);
        cell.add(Count.PICKED, 5);
        tidy(Traffic.GIVEN_UP_AFTER);
        assertThat(cell.isRetired()).isFalse();

        tidy(1);

        assertThat(cell.isRetired()).isTrue();
        // A loop that holds it still counts into it.
        cell.count(Count.PICKED);
        traffic.cell(member, 0).add(Count.PICKED, 10);
        assertThat(total(Count.PICKED)).isEqualTo(16);
        tidy(3);
        assertThat(total(Count.PICKED)).isEqualTo(16);
        assertThat(sample(member.withoutMember()).get(Count.PICKED)).isEqualTo(6);
    }

    @Test
    void keepsWhatIsUnderWayHoweverLong() {
        var cell = traffic.cell(member, 1);
        cell.count(Count.ACTIVE);

        tidy(3 * Traffic.GIVEN_UP_AFTER);

        assertThat(cell.isRetired()).isFalse();
        assertThat(sample(member).get(Count.ACTIVE)).isEqualTo(1);
    }

    @Test
    void forgetsAClosedListenerOnceItsConnectionsHaveEnded() {
        listener.own(0).count(Count.OPEN);
        traffic.cell(member, 0).count(Count.PICKED);
        traffic.close(LISTENER);
        tidy(5);
        assertThat(total(Count.OPEN)).isEqualTo(1);

        listener.own(0).add(Count.OPEN, -1);
        tidy(5);

        assertThat(traffic.read()).isEmpty();
    }

    @Test
    void countsOnWhenAListenerOpensAgain() {
        listener.own(0).count(Count.ACCEPTED);
        traffic.close(LISTENER);
        traffic.of(LOAD_BALANCER, LISTENER).own(0).count(Count.ACCEPTED);

        tidy(2 * Traffic.GIVEN_UP_AFTER);

        assertThat(total(Count.ACCEPTED)).isEqualTo(2);
    }

    @Test
    void losesNothingWhileLoopsCountAndOthersReadAndTidy() throws Exception {
        var isDone = new AtomicBoolean();
        traffic.cell(member, 0).count(Count.ACTIVE);
        var readers = List.of(
                Thread.ofPlatform().start(() -> {
                    long last = 0;
                    while (!isDone.get()) {
                        long now = total(Count.PICKED);
                        assertThat(now).isGreaterThanOrEqualTo(last);
                        last = now;
                    }
                }),
                Thread.ofPlatform().start(() -> {
                    while (!isDone.get()) {
                        traffic.tidy();
                    }
                }));
        var loops = new ArrayList<Thread>();
        for (int i = 0; i < 2; i++) {
            int loop = i;
            loops.add(Thread.ofPlatform().start(() -> {
                for (int n = 0; n < 200_000; n++) {
                    traffic.cell(member, loop).count(Count.PICKED);
                }
            }));
        }
        for (var loop : loops) {
            loop.join();
        }
        isDone.set(true);
        for (var reader : readers) {
            reader.join();
        }

        assertThat(total(Count.PICKED)).isEqualTo(400_000);
    }
}
