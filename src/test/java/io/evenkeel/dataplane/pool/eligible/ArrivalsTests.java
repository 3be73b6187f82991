package io.evenkeel.dataplane.pool.eligible;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.desiredstate.DesiredPool.SlowStart;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArrivalsTests {

    private static final Optional<SlowStart> SLOWLY = Optional.of(new SlowStart(Duration.ofSeconds(100)));
    private static final Optional<SlowStart> AT_ONCE = Optional.empty();

    private Arrivals<String> arrivals = Arrivals.none();
    private long now = -5_000_000_000L;

    private void become(Optional<SlowStart> slowStart, List<String> members, String... ready) {
        arrivals = arrivals.next(slowStart, members, Set.of(ready)::contains, now);
    }

    private void pass(int seconds) {
        now += seconds * 1_000_000_000L;
    }

    private int share(String member) {
        return arrivals.shareOf(member, SLOWLY, now);
    }

    @Test
    void theFirstTakesAllAndWhoComesLaterIsEasedIn() {
        become(SLOWLY, List.of("a"), "a");
        assertThat(share("a")).isEqualTo(SlowStart.WHOLE);
        assertThat(arrivals.isAnyNew()).isFalse();
        pass(1);
        become(SLOWLY, List.of("a", "b"), "a", "b");
        assertThat(share("a")).isEqualTo(SlowStart.WHOLE);
        assertThat(share("b")).isEqualTo(1);
        assertThat(arrivals.isAnyNew()).isTrue();
        pass(55);
        become(SLOWLY, List.of("a", "b"), "a", "b");
        assertThat(share("b")).isEqualTo(11);
        pass(44);
        assertThat(share("b")).isEqualTo(19);
        pass(1);
        assertThat(share("b")).isEqualTo(SlowStart.WHOLE);
        become(SLOWLY, List.of("a", "b"), "a", "b");
        assertThat(arrivals.isAnyNew()).isFalse();
    }

    @Test
    void whoWasThereWhenNobodyServedIsNotNewInWhateverOrderTheFirstChecksEnd() {
        become(SLOWLY, List.of("a", "b", "c", "d"));
        become(SLOWLY, List.of("a", "b", "c", "d"), "c");
        pass(3);
        become(SLOWLY, List.of("a", "b", "c", "d", "late"), "a", "c", "late");
        pass(90);
        become(SLOWLY, List.of("a", "b", "c", "d", "late"), "a", "b", "c", "late");
        assertThat(List.of("a", "b", "c")).allMatch(member -> share(member) == SlowStart.WHOLE);
        assertThat(share("late")).isEqualTo(19);
        pass(8);
        become(SLOWLY, List.of("a", "b", "c", "d", "late"), "a", "b", "c", "d", "late");
        assertThat(share("d")).as("it took longer than an easing in").isEqualTo(1);
    }

    @Test
    void whoRecoversBeginsAnewAndWhoFailsMeanwhileToo() {
        become(SLOWLY, List.of("a", "b"), "a", "b");
        become(SLOWLY, List.of("a", "b"), "a");
        pass(1);
        become(SLOWLY, List.of("a", "b"), "a", "b");
        assertThat(share("b")).isEqualTo(1);
        pass(60);
        become(SLOWLY, List.of("a", "b"), "a");
        assertThat(arrivals.isAnyNew()).isFalse();
        become(SLOWLY, List.of("a", "b"), "a", "b");
        assertThat(share("b")).isEqualTo(1);
    }

    @Test
    void aPoolThatWasAllDownComesBackAtOnce() {
        become(SLOWLY, List.of("a", "b"), "a", "b");
        become(SLOWLY, List.of("a", "b"));
        pass(500);
        become(SLOWLY, List.of("a", "b"), "b");
        pass(1);
        become(SLOWLY, List.of("a", "b"), "a", "b");
        assertThat(share("a")).isEqualTo(SlowStart.WHOLE);
        assertThat(share("b")).isEqualTo(SlowStart.WHOLE);
    }

    @Test
    void switchedOnItLeavesThoseWhoServeAloneAndSwitchedOffItEndsAtOnce() {
        become(AT_ONCE, List.of("a"), "a");
        become(AT_ONCE, List.of("a", "b"), "a", "b");
        become(SLOWLY, List.of("a", "b"), "a", "b");
        assertThat(share("b")).isEqualTo(SlowStart.WHOLE);
        become(SLOWLY, List.of("a", "b", "c"), "a", "b", "c");
        assertThat(share("c")).isEqualTo(1);
        assertThat(arrivals.shareOf("c", AT_ONCE, now)).isEqualTo(SlowStart.WHOLE);
        become(AT_ONCE, List.of("a", "b", "c"), "a", "b", "c");
        become(SLOWLY, List.of("a", "b", "c"), "a", "b", "c");
        assertThat(share("c")).isEqualTo(SlowStart.WHOLE);
    }

    @Test
    void whoIsRemovedAndComesBackIsNewAgain() {
        become(SLOWLY, List.of("a", "b"), "a", "b");
        become(SLOWLY, List.of("a"), "a");
        become(SLOWLY, List.of("a", "b"), "a", "b");
        assertThat(share("b")).isEqualTo(1);
        assertThat(share("a")).isEqualTo(SlowStart.WHOLE);
    }
}
