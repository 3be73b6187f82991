package io.evenkeel.dataplane.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckScheduleTests {

    private static final Duration DELAY = Duration.ofSeconds(5);
    private static final long ORIGIN = Long.MAX_VALUE - 1_000_000_000L;

    private final CheckSchedule schedule = new CheckSchedule(10, ORIGIN, 42);

    @Test
    void checksANewTargetAtOnceThenOnceAnIntervalFromStartToStart() {
        var slot = schedule.add(target(1), ORIGIN);
        var starts = new ArrayList<Long>();
        long now = ORIGIN;
        for (int i = 0; i < 20; i++) {
            assertThat(schedule.poll(now)).contains(slot);
            starts.add(now);
            schedule.ended(slot, now + Duration.ofMillis(i * 200L).toNanos());
            now += Duration.ofMillis(i * 200L).toNanos();
            now += schedule.untilNext(now).orElseThrow();
        }
        assertThat(starts.getFirst()).isEqualTo(ORIGIN);
        assertThat(starts.get(1) - starts.get(0))
                .isLessThanOrEqualTo(DELAY.plusMillis(20).toNanos());
        for (int i = 2; i < starts.size(); i++) {
            assertThat(Duration.ofNanos(starts.get(i) - starts.get(i - 1)))
                    .isBetween(DELAY.minusMillis(20), DELAY.plusMillis(20));
        }
    }

    @Test
    void skipsThePointsOfTheGridThatALongCheckMissed() {
        var slot = schedule.add(target(1), ORIGIN);
        schedule.poll(ORIGIN);
        schedule.ended(slot, ORIGIN);
        long first = ORIGIN + schedule.untilNext(ORIGIN).orElseThrow();
        assertThat(schedule.poll(first)).contains(slot);
        assertThat(schedule.poll(first + DELAY.toNanos() * 2)).isEmpty();
        long end = first + DELAY.toNanos() * 5 / 2;
        schedule.ended(slot, end);
        long second = end + schedule.untilNext(end).orElseThrow();
        assertThat(Duration.ofNanos(second - first))
                .isBetween(
                        DELAY.multipliedBy(3).minusMillis(20),
                        DELAY.multipliedBy(3).plusMillis(20));
    }

    @Test
    void spreadsTargetsOverTheInterval() {
        var buckets = new int[10];
        for (int i = 0; i < 10_000; i++) {
            var one = new CheckSchedule(1, ORIGIN, 42);
            var slot = one.add(target(i), ORIGIN);
            one.poll(ORIGIN);
            one.ended(slot, ORIGIN);
            buckets[(int) Math.min(9, one.untilNext(ORIGIN).orElseThrow() * 10 / DELAY.toNanos())]++;
        }
        for (int bucket : buckets) {
            assertThat(bucket).isBetween(800, 1_200);
        }
    }

    @Test
    void runsNoMoreThanTheBoundAndTheRestInTurn() {
        var slots = new ArrayList<CheckSchedule.Slot>();
        for (int i = 0; i < 25; i++) {
            slots.add(schedule.add(target(i), ORIGIN));
        }
        var started = new ArrayList<CheckSchedule.Slot>();
        for (int turn = 0; turn < 3; turn++) {
            for (var next = schedule.poll(ORIGIN); next.isPresent(); next = schedule.poll(ORIGIN)) {
                started.add(next.get());
            }
            assertThat(schedule.running()).isLessThanOrEqualTo(10);
            List.copyOf(started.subList(Math.max(0, started.size() - schedule.running()), started.size()))
                    .forEach(slot -> schedule.ended(slot, ORIGIN));
        }
        assertThat(started).containsExactlyElementsOf(slots);
    }

    @Test
    void neverStartsADroppedTarget() {
        var waiting = schedule.add(target(1), ORIGIN);
        schedule.drop(waiting);
        assertThat(schedule.poll(ORIGIN)).isEmpty();

        var running = schedule.add(target(2), ORIGIN);
        assertThat(schedule.poll(ORIGIN)).contains(running);
        schedule.drop(running);
        schedule.ended(running, ORIGIN);
        assertThat(schedule.untilNext(ORIGIN)).isEmpty();
        assertThat(schedule.running()).isZero();

        var full = new CheckSchedule(0, ORIGIN, 1);
        var deferred = full.add(target(3), ORIGIN);
        assertThat(full.poll(ORIGIN)).isEmpty();
        full.drop(deferred);
        assertThat(full.untilNext(ORIGIN)).isEmpty();
    }

    @Test
    void hastensATargetThatWaits() {
        var slot = schedule.add(target(1), ORIGIN);
        schedule.poll(ORIGIN);
        schedule.hasten(slot, ORIGIN);
        schedule.ended(slot, ORIGIN);
        assertThat(schedule.poll(ORIGIN)).isEmpty();
        schedule.hasten(slot, ORIGIN);
        assertThat(schedule.poll(ORIGIN)).contains(slot);
    }

    @Test
    void equalTargetsAreOne() {
        assertThat(new HashSet<>(List.of(target(1), target(2)))).hasSize(2).contains(target(1));
    }

    private static CheckTarget target(int port) {
        return new CheckTarget(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                DELAY,
                Duration.ofSeconds(1),
                false,
                false,
                Optional.empty());
    }
}
