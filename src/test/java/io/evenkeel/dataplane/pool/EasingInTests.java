package io.evenkeel.dataplane.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.dataplane.pool.eligible.Health;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A member that comes to a pool that serves: its picks over the time of its slow start. */
class EasingInTests {

    private static final Duration DURATION = Duration.ofSeconds(100);

    private final ManualLoop loop = new ManualLoop(0);
    private final PoolRuntime pool = new PoolRuntime(Pools.POOL, List.of(loop), Optional.empty(), loop::nanoTime);

    private static Health well(UUID id) {
        return Health.WELL;
    }

    private Map<UUID, Integer> pick(int picks) {
        var counts = new HashMap<UUID, Integer>();
        for (int i = 0; i < picks; i++) {
            var member = Objects.requireNonNull(pool.pick(0, i));
            counts.merge(member.id(), 1, Integer::sum);
            pool.release(0, member);
        }
        return counts;
    }

    /** By number from 1; a cycle after a change may be off by two. */
    private void assertPicked(int picks, int... expected) {
        var counts = pick(picks);
        for (int i = 0; i < expected.length; i++) {
            assertThat(counts.getOrDefault(Pools.id(i + 1), 0))
                    .as("of %s", counts)
                    .isCloseTo(expected[i], within(2));
        }
    }

    @Test
    void itsShareGrowsAndTheOthersKeepTheirsBetweenThem() {
        pool.update(Pools.slowly(DURATION, Pools.member(1, 20), Pools.member(2, 10)), EasingInTests::well);
        var desired = Pools.slowly(DURATION, Pools.member(1, 20), Pools.member(2, 10), Pools.member(3, 10));
        pool.update(desired, EasingInTests::well);
        for (int step = 0; step < 10; step++) {
            assertThat(pool.isAnyTimeRunning()).isTrue();
            int share = 2 * step + 1;
            // The cycle: all weights in parts of one twentieth.
            assertPicked(600 + 10 * share, 400, 200, 10 * share);
            loop.pass(Duration.ofSeconds(10));
            pool.update(desired, EasingInTests::well);
        }
        assertThat(pool.isAnyTimeRunning()).isFalse();
        assertPicked(400, 200, 100, 100);
    }

    @Test
    void oneThatRecoversBeginsAgainAndOneOfAnotherAddressToo() {
        var desired = Pools.slowly(DURATION, Pools.member(1, 10), Pools.member(2, 10));
        pool.update(desired, EasingInTests::well);
        assertPicked(20, 10, 10);
        pool.update(desired, Pools.well(id -> id.equals(Pools.id(1))));
        pool.update(desired, EasingInTests::well);
        assertPicked(210, 200, 10);
        loop.pass(DURATION);
        pool.update(desired, EasingInTests::well);
        assertPicked(20, 10, 10);
        pool.update(
                Pools.slowly(DURATION, Pools.member(1, 10), Pools.at(Pools.member(2, 10), 9090)), EasingInTests::well);
        assertPicked(210, 200, 10);
    }

    @Test
    void nothingChangesWithinAStepSoThatTheCycleGoesOn() {
        pool.update(Pools.slowly(DURATION, Pools.member(1, 10)), EasingInTests::well);
        var desired = Pools.slowly(DURATION, Pools.member(1, 10), Pools.member(2, 10));
        pool.update(desired, EasingInTests::well);
        var counts = new HashMap<UUID, Integer>();
        for (int round = 0; round < 70; round++) {
            pick(3).forEach((id, count) -> counts.merge(id, count, Integer::sum));
            loop.pass(Duration.ofMillis(100));
            pool.update(desired, EasingInTests::well);
        }
        assertThat(counts.getOrDefault(Pools.id(2), 0)).isCloseTo(10, within(2));
    }

    @Test
    void whoJoinsBeforeThePoolIsUsedIsNotNew() {
        pool.update(Pools.slowly(DURATION, Pools.member(1, 10)).used(false), EasingInTests::well);
        pool.update(
                Pools.slowly(DURATION, Pools.member(1, 10), Pools.member(2, 10)).used(false), EasingInTests::well);
        pool.update(Pools.slowly(DURATION, Pools.member(1, 10), Pools.member(2, 10)), EasingInTests::well);
        assertPicked(20, 10, 10);
        pool.update(
                Pools.slowly(DURATION, Pools.member(1, 10), Pools.member(2, 10), Pools.member(3, 10)),
                EasingInTests::well);
        assertPicked(410, 200, 200, 10);
    }

    @Test
    void switchedOffItEndsAtOnce() {
        pool.update(Pools.slowly(DURATION, Pools.member(1, 10)), EasingInTests::well);
        pool.update(Pools.slowly(DURATION, Pools.member(1, 10), Pools.member(2, 10)), EasingInTests::well);
        assertPicked(210, 200, 10);
        pool.update(Pools.pool(Pools.member(1, 10), Pools.member(2, 10)), EasingInTests::well);
        assertThat(pool.isAnyTimeRunning()).isFalse();
        assertPicked(20, 10, 10);
    }
}
