package io.evenkeel.dataplane.health.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoopLagTests {

    private static final long MILLI = Duration.ofMillis(1).toNanos();

    private final LoopLag lag = new LoopLag(0);

    @Test
    void countsLateWakingAndLongTurns() {
        lag.woke(20 * MILLI, 320 * MILLI);
        assertThat(lag.total()).isEqualTo(300 * MILLI);
        lag.sleeps(420 * MILLI);
        assertThat(lag.total()).isEqualTo(400 * MILLI);
    }

    @Test
    void doesNotCountNormalTurns() {
        for (long t = 0; t < 1_000; t += 20) {
            lag.woke(t * MILLI, (t + 5) * MILLI);
            lag.sleeps((t + 20) * MILLI);
        }
        assertThat(lag.total()).isZero();
    }

    @Test
    void wakingEarlyIsNotLate() {
        lag.woke(1_000 * MILLI, 10 * MILLI);
        assertThat(lag.total()).isZero();
    }
}
