package io.evenkeel.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.evenkeel.agentsync.Rows;
import io.evenkeel.testing.EvenkeelTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which events follow from what two workers say, and that each change is told once. */
@EvenkeelTest
class StatusEventsTests {

    private static final Instant SINCE = Instant.parse("2026-01-02T03:04:05Z");
    private static final int ROUNDS = 15;

    @Autowired
    StatusRecorder recorder;

    @Autowired
    ZoneCoverage zones;

    @Autowired
    JdbcClient jdbc;

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

    private void says(String worker, UUID subject, boolean isOnline, @Nullable String reason) {
        recorder.recordHealth(worker, List.of(new HealthObservation(subject, isOnline, reason, null, null, SINCE)));
    }

    /** Kinds of the events of the resource, in their order. */
    private List<String> told(UUID resource) {
        return jdbc.sql("select kind from event where resource_id = ? and project_id = ? order by id")
                .params(resource.toString(), rows.projectId())
                .query((row, n) -> row.getString(1))
                .list();
    }

    private String details(UUID resource) {
        return jdbc.sql("select cast(details as text) from event where resource_id = ? order by id desc limit 1")
                .param(resource.toString())
                .query((row, n) -> row.getString(1))
                .single();
    }

    private static void together(Runnable... actions) {
        var begin = new CyclicBarrier(actions.length);
        var running = new ArrayList<Future<?>>();
        try (var threads = Executors.newFixedThreadPool(actions.length)) {
            for (var action : actions) {
                running.add(threads.submit(() -> {
                    begin.await();
                    action.run();
                    return true;
                }));
            }
            for (var done : running) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Test
    void tellsAMemberOnlineOnceOneWorkerSeesItAndOfflineWhenNoneDoes() {
        rows.monitor(pool);
        says(one, member, false, "NOT_CHECKED_YET");
        says(other, member, false, "NOT_CHECKED_YET");
        assertThat(told(member)).isEmpty();

        says(one, member, true, null);
        says(other, member, true, null);
        says(one, member, false, "CONNECT_TIMEOUT");
        assertThat(told(member)).containsExactly("MEMBER_ONLINE");

        recorder.recordHealth(
                other, List.of(new HealthObservation(member, false, "RESPONSE_MISMATCH", "200", "503", SINCE)));
        assertThat(told(member)).containsExactly("MEMBER_ONLINE", "MEMBER_OFFLINE");
        assertThat(details(member)).contains(pool.toString(), "reason_code");

        says(other, member, false, "CONNECT_REFUSED");
        assertThat(told(member)).hasSize(2);
    }

    @Test
    void tellsWhatWasExpectedAndWhatCame() {
        rows.monitor(pool);
        recorder.recordHealth(
                one, List.of(new HealthObservation(member, false, "RESPONSE_MISMATCH", "200", "503", SINCE)));

        assertThat(details(member))
                .contains("\"reason_code\": \"RESPONSE_MISMATCH\"")
                .contains("\"expected_response\": \"200\"")
                .contains("\"healthcheck_response\": \"503\"");
    }

    @Test
    void takesAWorkerThatBeginsAnewForNoChange() {
        rows.monitor(pool);
        says(one, member, true, null);

        says(one, member, false, "NOT_CHECKED_YET");
        says(one, member, true, null);

        assertThat(told(member)).containsExactly("MEMBER_ONLINE");
    }

    @Test
    void tellsEachChangeOnceWhenTwoWorkersReportAtOnce() {
        rows.monitor(pool);
        var expected = new ArrayList<String>();
        for (int round = 0; round < ROUNDS; round++) {
            together(() -> says(one, member, true, null), () -> says(other, member, true, null));
            together(
                    () -> says(one, member, false, "CONNECT_TIMEOUT"),
                    () -> says(other, member, false, "CONNECT_REFUSED"));
            expected.addAll(List.of("MEMBER_ONLINE", "MEMBER_OFFLINE"));
        }

        assertThat(told(member)).isEqualTo(expected);
    }

    @Test
    void tellsAMemberWhoseServerStopsAndRunsAgain() {
        status("STOPPED");
        recorder.settleMembers(List.of(pool));
        recorder.settleMembers(List.of(pool));
        assertThat(told(member)).containsExactly("MEMBER_OFFLINE");
        assertThat(details(member)).contains("SERVER_STOPPED");

        status("ACTIVE");
        recorder.settleMembers(List.of(pool));

        assertThat(told(member)).containsExactly("MEMBER_OFFLINE", "MEMBER_ONLINE");
    }

    private void status(String status) {
        jdbc.sql("update server set status = ? where project_id = ?")
                .params(status, rows.projectId())
                .update();
    }

    @Test
    void judgesByTheOthersWhenAWorkerIsGone() {
        rows.monitor(pool);
        says(one, member, true, null);
        says(other, member, false, "CONNECT_TIMEOUT");
        jdbc.sql("update worker set heartbeat_at = now() - interval '6 minutes' where id = ?")
                .param(one)
                .update();

        recorder.forgetWorkers(List.of(one, other), Duration.ofMinutes(5));

        assertThat(told(member)).containsExactly("MEMBER_ONLINE", "MEMBER_OFFLINE");
    }

    @Test
    void tellsOnceThatAWorkerIsGoneWhereItCouldServe() {
        loadBalancer();
        jdbc.sql("update worker set heartbeat_at = now() - interval '6 minutes' where id in (?, ?)")
                .params(one, other)
                .update();

        together(
                () -> recorder.forgetWorkers(List.of(one, other), Duration.ofMinutes(5)),
                () -> recorder.forgetWorkers(List.of(one, other), Duration.ofMinutes(5)));

        assertThat(goneIn(rows.projectId())).containsExactlyInAnyOrder(one, other);
        assertThat(jdbc.sql("select cast(details as text) from event where resource_id = ? and project_id = ?")
                        .params(one, rows.projectId())
                        .query((row, n) -> row.getString(1))
                        .single())
                .contains("az-1");
    }

    @Test
    void saysNothingOfAWorkerThatIsHeardAfterAllOrRanElsewhere() {
        loadBalancer();
        recorder.heartbeat(one, "az-9", "1:1:");
        jdbc.sql("update worker set heartbeat_at = now() - interval '6 minutes' where id = ?")
                .param(one)
                .update();

        recorder.forgetWorkers(List.of(one, other), Duration.ofMinutes(5));

        assertThat(goneIn(rows.projectId())).isEmpty();
        assertThat(jdbc.sql("select id from worker where id in (?, ?)")
                        .params(one, other)
                        .query((row, n) -> row.getString(1))
                        .list())
                .containsExactly(other);
    }

    private List<String> goneIn(String projectId) {
        return jdbc.sql("select resource_id from event where kind = 'WORKER_GONE' and project_id = ?")
                .param(projectId)
                .query((row, n) -> row.getString(1))
                .list();
    }

    private void rejects(String worker) {
        recorder.recordRejection(worker, new Rejection(Rejection.Kind.POOL, pool, 1, "INVALID", "for people"));
    }

    @Test
    void tellsARejectionOnceAndItsEndWhenNoWorkerRejectsAnyMore() {
        together(() -> rejects(one), () -> rejects(other));
        assertThat(told(pool)).containsExactly("REJECTED");
        assertThat(details(pool)).contains("\"reason_code\": \"INVALID\"");

        recorder.clearRejection(one, Rejection.Kind.POOL, pool);
        assertThat(told(pool)).hasSize(1);

        recorder.clearRejection(other, Rejection.Kind.POOL, pool);
        recorder.clearRejection(other, Rejection.Kind.POOL, pool);
        assertThat(told(pool)).containsExactly("REJECTED", "APPLIED");
    }

    @Test
    void tellsOneEndWhenTwoWorkersServeAgainAtOnce() {
        var expected = new ArrayList<String>();
        for (int round = 0; round < ROUNDS; round++) {
            together(() -> rejects(one), () -> rejects(other));
            together(
                    () -> recorder.clearRejection(one, Rejection.Kind.POOL, pool),
                    () -> recorder.clearRejection(other, Rejection.Kind.POOL, pool));
            expected.addAll(List.of("REJECTED", "APPLIED"));
        }

        assertThat(told(pool)).isEqualTo(expected);
    }

    @Test
    void tellsTheEndOfARejectionThatWentWithItsWorkerInTheSweep() {
        rejects(one);
        recorder.forgetRejections(one);
        rejects(one);
        assertThat(told(pool)).containsExactly("REJECTED");

        recorder.forgetRejections(one);
        recorder.settleAll();

        assertThat(told(pool)).containsExactly("REJECTED", "APPLIED");
    }

    private UUID loadBalancer() {
        var loadBalancer = rows.loadBalancer();
        jdbc.sql("update pool set load_balancer_id = ? where id = ?")
                .params(loadBalancer, pool)
                .update();
        return loadBalancer;
    }

    @Test
    void tellsAZoneThatLosesItsLastWorkingBackendAndGetsOneAgain() {
        rows.monitor(pool);
        var loadBalancer = loadBalancer();
        recorder.settleZones(List.of(), List.of(loadBalancer));
        assertThat(told(loadBalancer)).isEmpty();
        assertThat(zones.of(List.of(loadBalancer)))
                .extracting(ZoneCoverage.Zone::availabilityZone, ZoneCoverage.Zone::isCovered)
                .containsExactly(tuple("az-1", false));

        says(one, member, true, null);
        recorder.settleZones(List.of(pool), List.of());
        recorder.settleZones(List.of(pool), List.of());
        assertThat(told(loadBalancer)).containsExactly("AZ_COVERED");

        says(one, member, false, "CONNECT_TIMEOUT");
        recorder.settleAll();
        assertThat(told(loadBalancer)).containsExactly("AZ_COVERED", "AZ_UNCOVERED");
        assertThat(details(loadBalancer)).contains("az-1");
    }

    @Test
    void tellsTheSameOfAPoolByItsOwnMembers() {
        rows.monitor(pool);
        var loadBalancer = loadBalancer();
        recorder.settleZones(List.of(), List.of(loadBalancer));
        assertThat(zones.ofPools(List.of(pool)))
                .extracting(ZoneCoverage.Zone::availabilityZone, ZoneCoverage.Zone::isCovered)
                .containsExactly(tuple("az-1", false));

        says(one, member, true, null);
        recorder.settleZones(List.of(pool), List.of());
        recorder.settleZones(List.of(pool), List.of(loadBalancer));
        assertThat(zonesToldOf(pool)).containsExactly("AZ_COVERED");

        says(one, member, false, "CONNECT_TIMEOUT");
        recorder.settleAll();
        assertThat(zonesToldOf(pool)).containsExactly("AZ_COVERED", "AZ_UNCOVERED");
        jdbc.sql("update pool set load_balancer_id = null where id = ?")
                .param(pool)
                .update();
        recorder.settleAll();
        assertThat(zones.ofPools(List.of(pool))).isEmpty();
    }

    private List<String> zonesToldOf(UUID resource) {
        return told(resource).stream().filter(kind -> kind.startsWith("AZ_")).toList();
    }

    @Test
    void countsNoBackendOfWeightZeroOrOnAStoppedServer() {
        var loadBalancer = loadBalancer();
        recorder.settleZones(List.of(), List.of(loadBalancer));
        assertThat(zones.of(List.of(loadBalancer)).getFirst().isCovered()).isTrue();

        status("STOPPED");
        recorder.settleZones(List.of(pool), List.of());
        status("ACTIVE");
        recorder.settleZones(List.of(pool), List.of());
        jdbc.sql("update member set weight = 0 where id = ?").param(member).update();
        recorder.settleZones(List.of(pool), List.of());

        assertThat(told(loadBalancer)).containsExactly("AZ_UNCOVERED", "AZ_COVERED", "AZ_UNCOVERED");
    }

    @Test
    void forgetsAZoneThatTheLoadBalancerLeft() {
        var loadBalancer = loadBalancer();
        recorder.settleZones(List.of(), List.of(loadBalancer));
        jdbc.sql("update load_balancer set availability_zones = '{az-9}' where id = ?")
                .param(loadBalancer)
                .update();

        recorder.settleZones(List.of(), List.of(loadBalancer));

        assertThat(zones.of(List.of(loadBalancer)))
                .extracting(ZoneCoverage.Zone::availabilityZone)
                .containsExactly("az-9");
        assertThat(told(loadBalancer)).isEmpty();
    }

    /** Each sees the other's member still online while neither has committed: the looks that follow must tell it. */
    @Test
    void missesNoZoneWhenItsLastTwoBackendsGoAtOnce() {
        rows.monitor(pool);
        var second = rows.member(pool, 2);
        var loadBalancer = loadBalancer();
        recorder.settleZones(List.of(), List.of(loadBalancer));
        var expected = new ArrayList<String>();
        for (int round = 0; round < ROUNDS; round++) {
            together(() -> reportAndLook(one, member, true), () -> reportAndLook(other, second, true));
            together(() -> reportAndLook(one, member, false), () -> reportAndLook(other, second, false));
            expected.addAll(List.of("AZ_COVERED", "AZ_UNCOVERED"));
        }

        assertThat(told(loadBalancer)).isEqualTo(expected);
    }

    private void reportAndLook(String worker, UUID subject, boolean isOnline) {
        says(worker, subject, isOnline, isOnline ? null : "CONNECT_TIMEOUT");
        recorder.settleZones(List.of(pool), List.of());
    }
}
