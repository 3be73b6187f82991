package io.evenkeel.agentsync.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who counts as alive, by heartbeats that were seen or not. Time is told. */
class FleetTests {

    private static final LiveWorker ONE = new LiveWorker("one", Optional.of("az-1"), LiveWorker.ALL);
    private static final LiveWorker TWO = new LiveWorker("two", Optional.of("az-1"), LiveWorker.ALL);

    private final Fleet fleet = new Fleet(Duration.ofSeconds(10));
    private long second = -3_000_000_000L;
    private int beatOfOne;
    private int beatOfTwo;

    /** One second later, after which some have been heard. */
    private boolean next(LiveWorker... heard) {
        second++;
        for (var worker : heard) {
            if (worker.equals(ONE)) {
                beatOfOne++;
            } else {
                beatOfTwo++;
            }
        }
        var rows = new ArrayList<Heartbeat>();
        rows.add(new Heartbeat(ONE, "beat " + beatOfOne));
        rows.add(new Heartbeat(TWO, "beat " + beatOfTwo));
        return fleet.look(rows, Duration.ofSeconds(second).toNanos());
    }

    @Test
    void everybodyLivesAtFirst() {
        assertThat(next()).isTrue();
        assertThat(fleet.live()).containsExactlyInAnyOrder(ONE, TWO);
    }

    @Test
    void whoIsSilentForTheBoundIsLostAndWhoIsHeardComesBack() {
        next();
        for (int n = 0; n < 10; n++) {
            assertThat(next(TWO)).isFalse();
        }
        assertThat(next(TWO)).isTrue();
        assertThat(fleet.live()).containsExactly(TWO);
        assertThat(fleet.lost()).containsExactly("one");

        assertThat(next(ONE, TWO)).isTrue();
        assertThat(fleet.live()).containsExactlyInAnyOrder(ONE, TWO);
        assertThat(fleet.lost()).isEmpty();
    }

    /** As after an hour without the database: nobody could be heard, and nobody is to be taken for dead at once. */
    @Test
    void holdsAgainstNobodyWhatItCouldNotSee() {
        next();
        second += 3_600;

        assertThat(next()).isFalse();
        for (int n = 0; n < 10; n++) {
            assertThat(next(TWO)).isFalse();
        }
        assertThat(next(TWO)).isTrue();
        assertThat(fleet.live()).containsExactly(TWO);
    }

    @Test
    void whoWasLostBeforeItLookedAwayStaysLostUntilHeard() {
        next();
        for (int n = 0; n < 11; n++) {
            next(TWO);
        }
        second += 3_600;

        next();

        assertThat(fleet.live()).containsExactly(TWO);
        next(ONE);
        assertThat(fleet.live()).containsExactlyInAnyOrder(ONE, TWO);
    }

    @Test
    void whoseRowIsGoneDoesNotLive() {
        next();
        var left = List.of(new Heartbeat(TWO, "beat"));

        assertThat(fleet.look(left, Duration.ofSeconds(second).toNanos())).isTrue();
        assertThat(fleet.live()).containsExactly(TWO);
    }

    @Test
    void whoMovesToAnotherZoneIsNews() {
        next();
        var moved = new LiveWorker("two", Optional.of("az-2"), LiveWorker.ALL);
        var rows = List.of(new Heartbeat(ONE, "beat 0"), new Heartbeat(moved, "beat 1"));

        assertThat(fleet.look(rows, Duration.ofSeconds(second).toNanos())).isTrue();
        assertThat(fleet.live()).containsExactlyInAnyOrder(ONE, moved);
    }
}
