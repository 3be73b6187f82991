package io.evenkeel.dataplane.health.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckScheduleTests {

    private static final Duration DELAY = Duration.ofSeconds(5);
    private static final long ORIGIN = Long.MAX_VALUE - 1_000_000_000L;

    private final CheckSchedule<String> schedule = new CheckSchedule<>(ORIGIN, 42, 10);

    @Test
    void checksANewTargetAtOnceThenOnceAnIntervalFromStartToStart() {
        var slot = add(schedule, 1);
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
        var slot = add(schedule, 1);
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
            var one = new CheckSchedule<String>(ORIGIN, 42, 1);
            var slot = add(one, i);
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
        var slots = new ArrayList<Slot<String>>();
        for (int i = 0; i < 25; i++) {
            slots.add(add(schedule, i));
        }
        var started = new ArrayList<Slot<String>>();
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
        var waiting = add(schedule, 1);
        schedule.drop(waiting);
        assertThat(schedule.poll(ORIGIN)).isEmpty();

        var running = add(schedule, 2);
        assertThat(schedule.poll(ORIGIN)).contains(running);
        schedule.drop(running);
        schedule.ended(running, ORIGIN);
        assertThat(schedule.untilNext(ORIGIN)).isEmpty();
        assertThat(schedule.running()).isZero();

        var full = new CheckSchedule<String>(ORIGIN, 1, 0);
        var deferred = add(full, 3);
        assertThat(full.poll(ORIGIN)).isEmpty();
        full.drop(deferred);
        assertThat(full.untilNext(ORIGIN)).isEmpty();
    }

    @Test
    void hastensATargetThatWaits() {
        var slot = add(schedule, 1);
        schedule.poll(ORIGIN);
        schedule.hasten(slot, ORIGIN);
        schedule.ended(slot, ORIGIN);
        assertThat(schedule.poll(ORIGIN)).isEmpty();
        schedule.hasten(slot, ORIGIN);
        assertThat(schedule.poll(ORIGIN)).contains(slot);
    }

    @Test
    void checksLessOftenButAlikeWhenThereIsTooMuch() {
        var slots = new ArrayList<Slot<String>>();
        for (int i = 0; i < 1_000; i++) {
            slots.add(add(schedule, i));
        }
        // Each check takes 200 ms and ten may run: 50 a second, where 200 are asked for.
        long now = ORIGIN;
        var running = new ArrayDeque<Slot<String>>();
        for (int turn = 0; turn < 500; turn++) {
            for (var next = schedule.poll(now); next.isPresent(); next = schedule.poll(now)) {
                running.add(next.get());
            }
            now += Duration.ofMillis(200).toNanos();
            while (!running.isEmpty()) {
                schedule.ended(running.remove(), now);
            }
        }
        assertThat(slots.stream().mapToLong(Slot::checks).min().orElseThrow()).isGreaterThanOrEqualTo(4);
        assertThat(slots.stream().mapToLong(Slot::checks).max().orElseThrow()).isLessThanOrEqualTo(6);
    }

    @Test
    void oneKindThatIsAtItsBoundHoldsUpNoOther() {
        var two = new CheckSchedule<String>(ORIGIN, 42, 1, 1);
        for (int i = 0; i < 10; i++) {
            two.add("slow " + i, DELAY.toNanos(), i, 0, ORIGIN);
        }
        var other = two.add("other", DELAY.toNanos(), 99, 1, ORIGIN);
        assertThat(List.of(two.poll(ORIGIN).orElseThrow(), two.poll(ORIGIN).orElseThrow()))
                .contains(other);
        assertThat(two.poll(ORIGIN)).isEmpty();
    }

    /** Against what is plainly right: the earliest of a list. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void findsTheNextWhateverTheDelays(long seed) {
        var random = new SplittableRandom(seed);
        var many = new CheckSchedule<String>(ORIGIN, seed, 1_000_000);
        var waiting = new HashSet<Slot<String>>();
        long now = ORIGIN;
        for (int turn = 0; turn < 3_000; turn++) {
            if (random.nextInt(3) == 0) {
                long delay = 1_000_000L * (1 + random.nextInt(random.nextBoolean() ? 200 : 100_000));
                waiting.add(many.add("target", delay, random.nextInt(), 0, now));
            } else if (random.nextInt(8) == 0 && !waiting.isEmpty()) {
                var dropped = waiting.iterator().next();
                many.drop(dropped);
                waiting.remove(dropped);
            }
            long time = now;
            assertThat(many.untilNext(now))
                    .as("seed %d, turn %d", seed, turn)
                    .isEqualTo(waiting.stream()
                            .map(slot -> Math.max(0, slot.due() - time))
                            .min(Long::compare));
            now += random.nextBoolean() ? many.untilNext(now).orElse(0L) : random.nextInt(30_000_000);
            for (var next = many.poll(now); next.isPresent(); next = many.poll(now)) {
                assertThat(waiting).contains(next.get());
                assertThat(next.get().due() - now).isLessThanOrEqualTo(0);
                many.ended(next.get(), now);
            }
            long end = now;
            assertThat(waiting).noneMatch(slot -> slot.due() - end <= 0);
        }
    }

    private static Slot<String> add(CheckSchedule<String> to, int number) {
        return to.add("target " + number, DELAY.toNanos(), number, 0, ORIGIN);
    }
}
