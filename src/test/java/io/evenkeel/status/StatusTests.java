package io.evenkeel.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.agentsync.Rows;
import io.evenkeel.status.MemberStatus.FailedCheck;
import io.evenkeel.status.MemberStatus.ListenerStatus;
import io.evenkeel.testing.EvenkeelTest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What two workers say of members, listeners, pools and load balancers, and what the API makes of it. */
@EvenkeelTest
class StatusTests {

    private static final Instant EARLIER = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant LATER = Instant.parse("2026-01-02T03:05:05Z");

    @Autowired
    StatusRecorder recorder;

    @Autowired
    MemberStatuses members;

    @Autowired
    ObservedStatuses observed;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Clock clock;

    private final String one = "one-" + UUID.randomUUID();
    private final String other = "other-" + UUID.randomUUID();
    private Rows rows;
    private UUID pool;
    private UUID member;

    @BeforeEach
    void begin() {
        rows = new Rows(jdbc).vpc();
        pool = rows.pool();
        member = rows.member(pool, 1);
        recorder.heartbeat(one, "az-1", "1:1:");
        recorder.heartbeat(other, null, "1:1:");
    }

    @AfterEach
    void end() {
        jdbc.sql("delete from worker where id in (?, ?)").params(one, other).update();
        rows.close();
    }

    private MemberStatus status() {
        return members.of(List.of(member))
                .getOrDefault(member, new MemberStatus("", List.of(), null, ObservedStatus.ONLINE));
    }

    private ObservedStatus poolStatus() {
        return observed.ofPools(List.of(pool)).getOrDefault(pool, ObservedStatus.ONLINE);
    }

    private void says(String worker, boolean isOnline, @Nullable String reason, Instant since) {
        recorder.recordHealth(worker, List.of(new HealthObservation(member, isOnline, reason, null, null, since)));
    }

    private void rejects(Rejection.Kind kind, UUID id, String reason) {
        recorder.recordRejection(one, new Rejection(kind, id, 1, reason, "for people"));
    }

    @Test
    void hasNoMonitorWithoutOne() {
        assertThat(status().operatingStatus()).isEqualTo("NO_MONITOR");
        assertThat(status().observed()).isEqualTo(new ObservedStatus("NO_MONITOR", null, null));
    }

    @Test
    void isOfflineUntilItWasChecked() {
        rows.monitor(pool);

        assertThat(status().observed()).isEqualTo(new ObservedStatus("OFFLINE", "NOT_CHECKED_YET", null));
        assertThat(status().reason()).isNull();
    }

    @Test
    void isOnlineWhereOneWorkerSeesItHealthy() {
        rows.monitor(pool);
        says(one, false, "CONNECT_TIMEOUT", EARLIER);
        says(other, true, null, LATER);

        assertThat(status().observed())
                .isEqualTo(new ObservedStatus(
                        "ONLINE", "WORKERS_DIFFER: 1 of 2 workers see it offline", "2026-01-02T03:05:05Z"));
        assertThat(status().reason()).isNull();
        assertThat(observed.ofPools(List.of(pool))).isEmpty();
    }

    @Test
    void doesNotSayThatAWorkerDiffersThatHasOnlyBegun() {
        rows.monitor(pool);
        says(one, false, "NOT_CHECKED_YET", LATER);
        says(other, true, null, EARLIER);

        assertThat(status().observed()).isEqualTo(new ObservedStatus("ONLINE", null, "2026-01-02T03:04:05Z"));
    }

    @Test
    void forgetsWhatAWorkerSawInPoolsThatOthersServeNow() {
        rows.monitor(pool);
        var second = rows.pool();
        var kept = rows.member(second, 2);
        says(one, true, null, EARLIER);
        recorder.recordHealth(one, List.of(new HealthObservation(kept, true, null, null, null, EARLIER)));
        says(other, false, "CONNECT_REFUSED", LATER);

        recorder.forgetPools(one, List.of(pool));

        assertThat(status().observed())
                .isEqualTo(new ObservedStatus("OFFLINE", "CONNECT_REFUSED", "2026-01-02T03:05:05Z"));
        assertThat(jdbc.sql("select member_id from member_health where worker_id = ?")
                        .param(one)
                        .query((row, n) -> row.getObject(1, UUID.class))
                        .list())
                .containsExactly(kept);
    }

    @Test
    void tellsALoadBalancerThatWorkersOfOtherZonesServe() {
        var loadBalancer = rows.loadBalancer();
        jdbc.sql("update load_balancer set availability_zones = '{az-8,az-9}' where id = ?")
                .param(loadBalancer)
                .update();
        assertThat(observed.ofLoadBalancers(List.of(loadBalancer)))
                .as("the other worker runs nowhere in particular")
                .isEmpty();

        recorder.heartbeat(other, "az-2", "1:1:");
        assertThat(observed.ofLoadBalancers(List.of(loadBalancer)).get(loadBalancer))
                .extracting(ObservedStatus::operatingStatus, ObservedStatus::reason)
                .containsExactly(
                        "DEGRADED",
                        "WORKERS_OUT_OF_ZONE: no worker runs in az-8, az-9; workers of other zones stand in");

        recorder.heartbeat(other, "az-9", "1:1:");
        assertThat(observed.ofLoadBalancers(List.of(loadBalancer))).isEmpty();
        jdbc.sql("update worker set heartbeat_at = now() - interval '61 seconds' where id = ?")
                .param(other)
                .update();
        assertThat(observed.ofLoadBalancers(List.of(loadBalancer))).isNotEmpty();
    }

    /** Within a transaction that is rolled back: this instance's own worker lives. */
    @Test
    void tellsALoadBalancerThatNobodyServes() {
        var loadBalancer = rows.loadBalancer();
        transaction.executeWithoutResult(status -> {
            jdbc.sql("update worker set heartbeat_at = now() - interval '61 seconds'")
                    .update();
            assertThat(observed.ofLoadBalancers(List.of(loadBalancer)).get(loadBalancer))
                    .isEqualTo(new ObservedStatus("OFFLINE", "NO_WORKER: no worker has been heard for a minute", null));
            status.setRollbackOnly();
        });
    }

    @Test
    void tellsWhyTheCheckFailed() {
        rows.monitor(pool);
        recorder.recordHealth(
                one, List.of(new HealthObservation(member, false, "RESPONSE_MISMATCH", "200", "503", EARLIER)));

        assertThat(status().reason()).isEqualTo(new FailedCheck("RESPONSE_MISMATCH", "200", "503"));
        assertThat(status().observed())
                .isEqualTo(new ObservedStatus("OFFLINE", "RESPONSE_MISMATCH", "2026-01-02T03:04:05Z"));
    }

    @Test
    void tellsItForEachListenerThatUsesThePool() {
        rows.monitor(pool);
        var loadBalancer = rows.loadBalancer();
        var listeners =
                List.of(rows.listener(loadBalancer, pool, 80, "{}"), rows.listener(loadBalancer, pool, 81, "{}"));
        says(one, false, "CONNECT_REFUSED", EARLIER);

        assertThat(status().perListener())
                .extracting(ListenerStatus::listenerId)
                .containsExactlyInAnyOrderElementsOf(
                        listeners.stream().map(UUID::toString).toList());
        assertThat(status().perListener()).allSatisfy(each -> {
            assertThat(each.operatingStatus()).isEqualTo("OFFLINE");
            assertThat(each.reason()).isEqualTo(new FailedCheck("CONNECT_REFUSED", "", ""));
        });
    }

    @Test
    void isOfflineWhileItsServerIsStopped() {
        says(one, true, null, EARLIER);
        jdbc.sql("update server set status = 'STOPPED' where project_id = ?")
                .param(rows.projectId())
                .update();

        assertThat(status().observed().operatingStatus()).isEqualTo("OFFLINE");
        assertThat(status().observed().reason()).isEqualTo("SERVER_STOPPED");
    }

    @Test
    void countsAMemberOnceThatIsOfflineForTwoReasons() {
        rows.monitor(pool);
        rows.member(pool, 2);
        says(one, false, "CONNECT_TIMEOUT", EARLIER);
        jdbc.sql("update server set status = 'STOPPED' where project_id = ? and id = 'server-1'")
                .param(rows.projectId())
                .update();

        assertThat(observed.ofPools(List.of(pool)).get(pool))
                .extracting(ObservedStatus::operatingStatus, ObservedStatus::reason)
                .containsExactly("DEGRADED", "MEMBERS_OFFLINE: 1 of 2 members are offline");
    }

    @Test
    void isOfflineAsAPoolWhenAllItsMembersAre() {
        rows.monitor(pool);
        says(one, false, "CONNECT_TIMEOUT", EARLIER);
        rejects(Rejection.Kind.POOL, pool, "PROTOCOL_NOT_SERVED");

        assertThat(observed.ofPools(List.of(pool)).get(pool))
                .isEqualTo(new ObservedStatus(
                        "OFFLINE", "MEMBERS_OFFLINE: 1 of 1 members are offline", "2026-01-02T03:04:05Z"));
    }

    @Test
    void showsWhatAWorkerDoesNotServe() {
        var loadBalancer = rows.loadBalancer();
        var listener = rows.listener(loadBalancer, pool, 80, "{}");
        rejects(Rejection.Kind.LISTENER, listener, "PORT_IN_USE");
        rejects(Rejection.Kind.POOL, pool, "PROTOCOL_NOT_SERVED");

        assertThat(observed.ofListeners(List.of(listener)).get(listener))
                .extracting(ObservedStatus::operatingStatus, ObservedStatus::reason)
                .containsExactly("OFFLINE", "PORT_IN_USE: for people");
        assertThat(observed.ofPools(List.of(pool)).get(pool))
                .extracting(ObservedStatus::operatingStatus, ObservedStatus::reason)
                .containsExactly("DEGRADED", "PROTOCOL_NOT_SERVED: for people");
        assertThat(observed.ofLoadBalancers(List.of(loadBalancer)).get(loadBalancer))
                .extracting(ObservedStatus::operatingStatus, ObservedStatus::reason)
                .containsExactly("DEGRADED", "LISTENER_NOT_SERVING: listener " + listener + ": for people");
    }

    @Test
    void showsALoadBalancerThatAWorkerDoesNotTake() {
        var loadBalancer = rows.loadBalancer();
        rejects(Rejection.Kind.LOAD_BALANCER, loadBalancer, "INVALID");

        assertThat(observed.ofLoadBalancers(List.of(loadBalancer)).get(loadBalancer))
                .extracting(ObservedStatus::operatingStatus, ObservedStatus::reason)
                .containsExactly("DEGRADED", "INVALID: for people");
    }

    @Test
    void showsALoadBalancerWithOfflineMembersBehindItsListenersAndInItsPools() {
        rows.monitor(pool);
        var loadBalancer = rows.loadBalancer();
        rows.listener(loadBalancer, pool, 80, "{}");
        jdbc.sql("update pool set load_balancer_id = ? where id = ?")
                .params(loadBalancer, pool)
                .update();
        says(one, false, "CONNECT_TIMEOUT", EARLIER);

        assertThat(observed.ofLoadBalancers(List.of(loadBalancer)).get(loadBalancer))
                .isEqualTo(new ObservedStatus(
                        "DEGRADED", "MEMBERS_OFFLINE: 1 members are offline", "2026-01-02T03:04:05Z"));
    }

    @Test
    void keepsSinceWhileTheStateStays() {
        rows.monitor(pool);
        says(one, false, "CONNECT_TIMEOUT", EARLIER);
        says(one, false, "CONNECT_TIMEOUT", LATER);
        assertThat(status().observed().since()).isEqualTo("2026-01-02T03:04:05Z");

        says(one, false, "CONNECT_REFUSED", LATER);

        assertThat(status().observed().since()).isEqualTo("2026-01-02T03:05:05Z");
    }

    @Test
    void keepsSinceOfARejectionWhileTheReasonStays() {
        rejects(Rejection.Kind.POOL, pool, "INVALID");
        jdbc.sql("update worker_rejection set since = '2026-01-02T03:04:05Z' where resource_id = ?")
                .param(pool)
                .update();

        rejects(Rejection.Kind.POOL, pool, "INVALID");
        assertThat(poolStatus().since()).isEqualTo("2026-01-02T03:04:05Z");

        rejects(Rejection.Kind.POOL, pool, "PROTOCOL_NOT_SERVED");
        assertThat(poolStatus().since()).isNotEqualTo("2026-01-02T03:04:05Z");
    }

    @Test
    void forgetsWhatAWorkerSaidThatIsGone() {
        rows.monitor(pool);
        says(one, true, null, EARLIER);
        jdbc.sql("update worker set heartbeat_at = now() - interval '6 minutes' where id = ?")
                .param(one)
                .update();

        recorder.forgetWorkers(List.of(one, other), Duration.ofMinutes(5));

        assertThat(status().observed().reason()).isEqualTo("NOT_CHECKED_YET");
        assertThat(jdbc.sql("select id from worker where id in (?, ?)")
                        .params(one, other)
                        .query(String.class)
                        .list())
                .containsExactly(other);
        assertThat(recorder.heartbeat(one, "az-1", "1:1:")).as("was unknown").isTrue();
        assertThat(recorder.heartbeat(one, "az-1", "1:1:")).isFalse();
    }

    @Test
    void forgetsRejectionsOfWhatWasDeleted() {
        var gone = rows.pool();
        rejects(Rejection.Kind.POOL, gone, "INVALID");
        rejects(Rejection.Kind.POOL, pool, "INVALID");
        rows.delete("pool", gone);

        recorder.forgetDeleted();

        assertThat(observed.ofPools(List.of(gone, pool))).containsOnlyKeys(pool);
    }
}
