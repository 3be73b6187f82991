package io.evenkeel.dataplane.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.health.probe.CheckResult;
import io.evenkeel.dataplane.health.probe.Failure;
import io.evenkeel.dataplane.health.probe.FailureReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTrackerTests {

    private static final CheckResult PASSED = new CheckResult.Passed();
    private static final CheckResult REFUSED = new CheckResult.Failed(Failure.of(FailureReason.CONNECT_REFUSED));
    private static final CheckResult TIMED_OUT = new CheckResult.Failed(Failure.of(FailureReason.CONNECT_TIMEOUT));
    private static final CheckResult OURS = new CheckResult.OwnTrouble("no descriptors");

    /** p passed, r refused, o own trouble; after each: + online, - offline. Rises after 3, falls after 2. */
    @ParameterizedTest
    @CsvSource({
        "p, +",
        "r, -",
        "rp, -+",
        "rrrrp, ----+",
        "op, -+",
        "prr, ++-",
        "prpr, ++++",
        "prprr, ++++-",
        "prrppp, ++---+",
        "prrpprppp, ++------+",
        "prorr, +++--",
        "prrppop, ++----+",
        "prrpppr, ++---++",
        "prrppprr, ++---++-",
        "pooooo, ++++++"
    })
    void newMember(String results, String states) {
        assertThat(run(HealthTracker.unchecked(), results)).isEqualTo(states);
    }

    @ParameterizedTest
    @CsvSource({"p, +", "r, -", "or, +-", "rp, --", "rppp, ---+", "pr, ++", "prr, ++-"})
    void trustedMember(String results, String states) {
        assertThat(run(HealthTracker.trusted(), results)).isEqualTo(states);
    }

    private static String run(HealthTracker tracker, String results) {
        var states = new StringBuilder();
        for (int i = 0; i < results.length(); i++) {
            char c = results.charAt(i);
            tracker.record(c == 'p' ? PASSED : c == 'r' ? REFUSED : OURS, 3, 2);
            states.append(tracker.isOnline() ? '+' : '-');
        }
        return states.toString();
    }

    @Test
    void saysWhyItIsOffline() {
        var tracker = HealthTracker.unchecked();
        assertThat(tracker.failure()).contains(Failure.NOT_CHECKED_YET);
        tracker.record(REFUSED, 3, 2);
        assertThat(tracker.failure()).contains(Failure.of(FailureReason.CONNECT_REFUSED));
        tracker.record(PASSED, 3, 2);
        assertThat(tracker.failure()).isEmpty();
    }

    @Test
    void tellsWhenWhatIsSeenOutsideChanges() {
        var tracker = HealthTracker.unchecked();
        assertThat(tracker.record(OURS, 1, 1)).isFalse();
        assertThat(tracker.record(REFUSED, 1, 1)).isTrue();
        assertThat(tracker.record(REFUSED, 1, 1)).isFalse();
        assertThat(tracker.record(TIMED_OUT, 1, 1)).isTrue();
        assertThat(tracker.record(PASSED, 1, 1)).isTrue();
        assertThat(tracker.record(PASSED, 1, 1)).isFalse();
        assertThat(tracker.record(REFUSED, 1, 1)).isTrue();
    }

    @Test
    void countsOnUnderNewThresholds() {
        var tracker = HealthTracker.unchecked();
        tracker.record(PASSED, 3, 3);
        tracker.record(REFUSED, 3, 3);
        tracker.record(REFUSED, 3, 2);
        assertThat(tracker.isOnline()).isFalse();
    }
}
