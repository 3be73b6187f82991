package io.evenkeel.dataplane.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.health.probe.CheckResult;
import io.evenkeel.dataplane.health.probe.Failure;
import io.evenkeel.dataplane.health.probe.FailureReason;
import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PoolHealthTests {

    private static final CheckResult PASSED = new CheckResult.Passed();
    private static final CheckResult REFUSED = new CheckResult.Failed(Failure.of(FailureReason.CONNECT_REFUSED));
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant T1 = T0.plusSeconds(1);

    private final PoolHealth health = new PoolHealth();
    private final DesiredMember member = Pools.member("127.0.0.1", 8080);
    private final DesiredMember other = Pools.member("127.0.0.2", 8080);
    private final DesiredPool unmonitored = Pools.pool(member);
    private final DesiredPool monitored = Pools.monitored(unmonitored, Pools.tcpMonitor());

    @Test
    void keepsTheMembersOfAServingGroupInUntilTheirFirstResult() {
        health.update(unmonitored, T0);
        assertThat(health.states()).isEmpty();

        assertThat(health.update(monitored, T1)).containsExactly(member.id());
        assertThat(isOnline(member.id())).isTrue();
        assertThat(health.record(member.id(), REFUSED, T1)).isTrue();
        assertThat(isOnline(member.id())).isFalse();
    }

    @Test
    void trustsNobodyOnAGroupThatComesWithItsMonitor() {
        assertThat(health.update(monitored, T0)).isEmpty();
        assertThat(health.find(member.id())).hasValueSatisfying(state -> {
            assertThat(state.failure()).contains(Failure.NOT_CHECKED_YET);
            assertThat(state.since()).isEqualTo(T0);
        });
    }

    @Test
    void trustsNobodyOnAGroupThatWasNotUsedOrWhoseServerWasStopped() {
        health.update(Pools.used(unmonitored, false), T0);
        health.update(monitored, T1);
        assertThat(isOnline(member.id())).isFalse();

        var stopped = new PoolHealth();
        stopped.update(Pools.withMembers(unmonitored, Pools.active(member, false)), T0);
        stopped.update(monitored, T1);
        assertThat(stopped.find(member.id()).orElseThrow().isOnline()).isFalse();
    }

    @Test
    void trustsNoMemberThatCameTogetherWithTheMonitor() {
        health.update(unmonitored, T0);
        health.update(Pools.withMembers(monitored, member, other), T1);
        assertThat(isOnline(member.id())).isTrue();
        assertThat(isOnline(other.id())).isFalse();
    }

    @Test
    void keepsStateAndCountsWhenTheMonitorChanges() {
        health.update(monitored, T0);
        health.record(member.id(), PASSED, T0);
        health.record(member.id(), REFUSED, T0);
        var before = health.targets();

        var changed = Pools.monitored(unmonitored, Pools.httpMonitor("/ready", "200"));
        assertThat(health.update(changed, T1)).isEmpty();
        assertThat(isOnline(member.id())).isTrue();
        assertThat(health.targets()).isNotEqualTo(before);
        health.record(member.id(), REFUSED, T1);
        assertThat(isOnline(member.id())).isFalse();
        assertThat(health.find(member.id()).orElseThrow().since()).isEqualTo(T1);
    }

    @Test
    void countsAMemberAsNewWhoseServerWasStopped() {
        health.update(monitored, T0);
        health.record(member.id(), PASSED, T0);

        assertThat(health.update(Pools.withMembers(monitored, Pools.active(member, false)), T1))
                .containsExactly(member.id());
        assertThat(health.targets()).isEmpty();
        assertThat(isOnline(member.id())).isFalse();

        health.update(monitored, T1);
        assertThat(health.targets()).containsOnlyKeys(member.id());
        assertThat(health.find(member.id()).orElseThrow().failure()).contains(Failure.NOT_CHECKED_YET);
        assertThat(health.record(member.id(), PASSED, T1)).isTrue();
        assertThat(isOnline(member.id())).isTrue();
    }

    @Test
    void checksNoGroupThatNobodyUses() {
        health.update(monitored, T0);
        health.record(member.id(), PASSED, T0);
        health.update(Pools.used(monitored, false), T1);
        assertThat(health.targets()).isEmpty();
        assertThat(isOnline(member.id())).isFalse();
    }

    @Test
    void forgetsTheStatesWithTheMonitor() {
        health.update(monitored, T0);
        health.update(unmonitored, T1);
        assertThat(health.states()).isEmpty();
        assertThat(health.targets()).isEmpty();
    }

    private boolean isOnline(UUID memberId) {
        return health.find(memberId).orElseThrow().isOnline();
    }
}
