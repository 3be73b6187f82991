package io.evenkeel.dataplane.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.balancing.ActiveCount;
import io.evenkeel.dataplane.balancing.Candidate;
import io.evenkeel.dataplane.balancing.Shares;
import io.evenkeel.desiredstate.Algorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    private TrafficSample period(TrafficKey key) {
        return traffic.takePeriod().stream()
                .filter(sample -> sample.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private long total(Count what) {
        return traffic.read().stream().mapToLong(sample -> sample.get(what)).sum();
    }

    private void takePeriods(int times) {
        for (int i = 0; i < times; i++) {
            traffic.takePeriod();
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
    void tellsWhatCameInAPeriod() {
        var cell = traffic.cell(member, 0);
        cell.add(Count.PICKED, 5);
        cell.add(Count.ACTIVE, 2);
        cell.time(10_000);
        assertThat(period(member).get(Count.PICKED)).isEqualTo(5);
        cell.add(Count.PICKED, 2);
        cell.time(10_000);

        var period = period(member);

        assertThat(period.get(Count.PICKED)).isEqualTo(2);
        assertThat(period.get(Count.ACTIVE)).isEqualTo(2);
        assertThat(period.get(Count.RESPONSE_MICROS)).isEqualTo(10);
        assertThat(period.responseTimes()[ResponseTimes.bucketOf(10_000)]).isEqualTo(1);
    }

    @Test
    void tellsOfAPeriodOnlyWhatHadTrafficOrHasSomeUnderWay() {
        var cell = traffic.cell(member, 0);
        cell.add(Count.ACTIVE, 1);
        assertThat(traffic.takePeriod()).hasSize(1);
        assertThat(traffic.takePeriod()).as("under way still").hasSize(1);

        cell.add(Count.ACTIVE, -1);

        assertThat(traffic.takePeriod()).isEmpty();
    }

    @Test
    void tellsNothingTwiceWhenCountsAreGivenUp() {
        traffic.cell(member, 0).add(Count.PICKED, 5);
        var held = traffic.cell(member, 0);
        takePeriods(Traffic.GIVEN_UP_AFTER + 1);
        held.count(Count.PICKED);
        traffic.cell(member, 0).add(Count.PICKED, 10);

        assertThat(period(member).get(Count.PICKED)).isEqualTo(11);
        assertThat(traffic.takePeriod()).isEmpty();
        assertThat(traffic.takePeriod()).isEmpty();
    }

    @Test
    void sumsMembersByPool() {
        traffic.cell(member, 0).add(Count.PICKED, 5);
        traffic.cell(member, 0).time(1_000);
        var other = new TrafficKey(LOAD_BALANCER, LISTENER, POOL, UUID.randomUUID());
        traffic.cell(other, 0).add(Count.PICKED, 2);

        var sums = TrafficSample.byPool(traffic.read()).stream()
                .filter(sum -> sum.key().equals(member.withoutMember()))
                .toList();

        assertThat(sums).hasSize(1);
        assertThat(sums.getFirst().get(Count.PICKED)).isEqualTo(7);
        assertThat(sums.getFirst().responseTimes()[1]).isEqualTo(1);
    }

    @Test
    void givesUpWhatIsIdleForLongWithoutLosingASum() {
        var cell = traffic.cell(member, 0);
        cell.add(Count.PICKED, 5);
        takePeriods(Traffic.GIVEN_UP_AFTER);
        assertThat(cell.isRetired()).isFalse();

        takePeriods(1);

        assertThat(cell.isRetired()).isTrue();
        // A loop that holds it still counts into it.
        cell.count(Count.PICKED);
        traffic.cell(member, 0).add(Count.PICKED, 10);
        assertThat(total(Count.PICKED)).isEqualTo(16);
        takePeriods(3);
        assertThat(total(Count.PICKED)).isEqualTo(16);
        assertThat(sample(member.withoutMember()).get(Count.PICKED)).isEqualTo(6);
    }

    @Test
    void keepsWhatIsUnderWayHoweverLong() {
        var cell = traffic.cell(member, 1);
        cell.count(Count.ACTIVE);

        takePeriods(3 * Traffic.GIVEN_UP_AFTER);

        assertThat(cell.isRetired()).isFalse();
        assertThat(sample(member).get(Count.ACTIVE)).isEqualTo(1);
    }

    @Test
    void forgetsAClosedListenerOnceItsConnectionsHaveEnded() {
        listener.own(0).count(Count.OPEN);
        traffic.cell(member, 0).count(Count.PICKED);
        traffic.close(LISTENER);
        takePeriods(5);
        assertThat(total(Count.OPEN)).isEqualTo(1);

        listener.own(0).add(Count.OPEN, -1);
        takePeriods(5);

        assertThat(traffic.read()).isEmpty();
    }

    @Test
    void countsOnWhenAListenerOpensAgain() {
        listener.own(0).count(Count.ACCEPTED);
        traffic.close(LISTENER);
        traffic.of(LOAD_BALANCER, LISTENER).own(0).count(Count.ACCEPTED);

        takePeriods(2 * Traffic.GIVEN_UP_AFTER);

        assertThat(total(Count.ACCEPTED)).isEqualTo(2);
    }

    private static Shares shares(int... weights) {
        return new Shares(
                Algorithm.ROUND_ROBIN,
                IntStream.range(0, weights.length)
                        .mapToObj(i ->
                                new Candidate(new UUID(0, i), Math.abs(weights[i]), weights[i] >= 0, new ActiveCount()))
                        .toList(),
                IntStream.range(0, weights.length)
                        .filter(i -> weights[i] >= 0)
                        .mapToObj(i -> new UUID(0, i))
                        .collect(Collectors.toSet()));
    }

    private long planned(List<TrafficSample> samples, int index, Count what) {
        return samples.stream()
                .filter(sample -> new UUID(0, index).equals(sample.key().memberId()))
                .mapToLong(sample -> sample.get(what))
                .sum();
    }

    @Test
    void reckonsWhatEachMemberWasToGetOfThePicksOfEachState() {
        var before = shares(3, 1);
        for (int i = 0; i < 8; i++) {
            traffic.cell(member, i % 2).planned(before);
        }
        // The second is away: a negative weight here.
        var after = shares(3, -1);
        for (int i = 0; i < 4; i++) {
            traffic.cell(member, 0).planned(after);
        }

        var period = traffic.takePeriod();

        assertThat(planned(period, 0, Count.CONFIGURED)).isEqualTo(9);
        assertThat(planned(period, 1, Count.CONFIGURED)).isEqualTo(3);
        assertThat(planned(period, 0, Count.EXPECTED)).isEqualTo(10);
        assertThat(planned(period, 1, Count.EXPECTED)).isEqualTo(2);
        assertThat(planned(period, 0, Count.AWAY)).isZero();
        assertThat(planned(period, 1, Count.AWAY)).isEqualTo(1);
    }

    @Test
    void plansWholePicksSoThatThereAreNoMoreRowsThanPicks() {
        var hundred = shares(IntStream.range(0, 100).map(i -> 1).toArray());
        long rows = 0;
        long planned = 0;
        for (int i = 0; i < 250; i++) {
            traffic.cell(member, 0).planned(hundred);
            var period = traffic.takePeriod();
            rows += period.size();
            planned += period.stream()
                    .mapToLong(sample -> sample.get(Count.EXPECTED))
                    .sum();
        }

        assertThat(planned).isEqualTo(200);
        assertThat(rows).isEqualTo(200);
    }

    @Test
    void countsThePicksOfALoopThatWentOnToAnotherState() {
        var states = IntStream.range(0, 5).mapToObj(i -> shares(1)).toList();
        for (var state : states) {
            traffic.cell(member, 0).planned(state);
        }
        assertThat(planned(traffic.takePeriod(), 0, Count.EXPECTED)).isEqualTo(5);
        traffic.cell(member, 0).planned(states.getLast());
        assertThat(planned(traffic.takePeriod(), 0, Count.EXPECTED)).isEqualTo(1);
        assertThat(traffic.takePeriod()).isEmpty();
    }

    @Test
    void sketchesTheClientsAndSessionsOfAPeriod() {
        for (long key = 0; key < 1_000; key++) {
            traffic.cell(member, (int) (key % 2)).client(key % 100);
        }
        traffic.cell(member, 0).stuck(5);
        traffic.cell(member, 1).session(5);

        var period = traffic.takePeriod();

        var ofPool = period.stream()
                .filter(sample -> sample.key().equals(member.withoutMember()))
                .findFirst()
                .orElseThrow();
        assertThat(ofPool.clients()).hasSizeBetween(60, 100).isSorted();
        assertThat(ofPool.sessions()).hasSize(1);
        assertThat(total(Count.STUCK)).isEqualTo(1);
        assertThat(traffic.takePeriod()).isEmpty();
    }

    @Test
    void losesNothingWhileLoopsCountAndOthersRead() throws Exception {
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
                        traffic.takePeriod();
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
