package io.evenkeel.dataplane.http.routing.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.desiredstate.routing.DesiredLimit;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimiterTests {

    private static final UUID POLICY = new UUID(1, 2);
    private static final long START = -TimeUnit.DAYS.toNanos(100);

    private final Limiters limiters = new Limiters();
    private long now = START;

    private Limiter limiter(int perSecond, int perSource, int burst) {
        return limiters.of(POLICY, new DesiredLimit(perSecond, perSource, burst))
                .orElseThrow();
    }

    /** How many of so many at once are let through without waiting. */
    private int atOnce(Limiter limiter, long source, int wanted) {
        int through = 0;
        for (int i = 0; i < wanted; i++) {
            through += limiter.take(source, now) == 0 ? 1 : 0;
        }
        return through;
    }

    private void pass(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10, 1000, 100_000})
    void letsThroughASecondsWorthAtOnceAndThenAsManyASecond(int perSecond) {
        var limiter = limiter(perSecond, 0, 0);
        assertThat(atOnce(limiter, 1, 2 * perSecond)).isEqualTo(perSecond);
        int later = 0;
        for (int i = 0; i < 40; i++) {
            pass(250);
            later += atOnce(limiter, i, perSecond);
        }
        assertThat(later).isCloseTo(10 * perSecond, within(1 + perSecond / 100));
    }

    @Test
    void countsEachSourceForItself() {
        var limiter = limiter(0, 5, 0);
        assertThat(atOnce(limiter, 7, 10)).isEqualTo(5);
        assertThat(atOnce(limiter, 8, 10)).isEqualTo(5);
        pass(200);
        assertThat(atOnce(limiter, 7, 10)).isEqualTo(1);
        pass(60_000);
        assertThat(atOnce(limiter, 7, 10)).isEqualTo(5);
    }

    @Test
    void aBurstWaitsForItsTurn() {
        var limiter = limiter(10, 0, 3);
        assertThat(atOnce(limiter, 1, 10)).isEqualTo(10);
        for (int turn = 1; turn <= 3; turn++) {
            assertThat(limiter.take(1, now)).isNotEqualTo(Limiter.REFUSED);
        }
        assertThat(limiter.take(1, now)).isEqualTo(Limiter.REFUSED);
    }

    @Test
    void eachOfABurstWaitsLonger() {
        var limiter = limiter(10, 0, 100_000);
        atOnce(limiter, 1, 10);
        // The first that waits was counted by atOnce if it asked for more than ten: it did not.
        assertThat(limiter.take(1, now)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
        assertThat(limiter.take(1, now)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(200));
        long last = 0;
        for (long wait = 0; wait != Limiter.REFUSED; wait = limiter.take(1, now)) {
            last = wait;
        }
        assertThat(last).isLessThanOrEqualTo(TimeUnit.SECONDS.toNanos(10));
    }

    @Test
    void goesOnCountingWhileTheLimitIsTheSame() {
        var limiter = limiter(5, 0, 0);
        atOnce(limiter, 1, 5);
        assertThat(atOnce(limiter(5, 0, 0), 1, 5)).isZero();
        assertThat(atOnce(limiter(6, 0, 0), 1, 9)).isEqualTo(6);
        assertThat(limiters.of(POLICY, DesiredLimit.NONE)).isEmpty();
        assertThat(limiter).isNotNull();
    }

    @Test
    void moreSourcesThanItCanHoldAreLetThroughNeverHeldBack() {
        var limiter = limiter(0, 2, 0);
        for (long source = 0; source < 400_000; source++) {
            assertThat(limiter.take(source * 0x9e3779b97f4a7c15L, now)).isZero();
        }
    }

    @Test
    void nobodyIsHeldBackForWhatHeDidDaysAgo() {
        var limiter = limiter(0, 2, 0);
        for (int day = 0; day < 60; day++) {
            assertThat(atOnce(limiter, 1, 5)).as("day %s", day).isEqualTo(2);
            pass(TimeUnit.DAYS.toMillis(1) + TimeUnit.HOURS.toMillis(day));
        }
    }
}
