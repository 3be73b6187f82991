package io.evenkeel.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.health.Pools;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import io.evenkeel.desiredstate.DesiredLoadBalancer;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.ListenerProtocol;
import io.evenkeel.desiredstate.delivery.ApplyOutcome;
import io.evenkeel.desiredstate.routing.DesiredAction.Share;
import io.evenkeel.desiredstate.routing.DesiredAction.ToPools;
import io.evenkeel.desiredstate.routing.DesiredFields;
import io.evenkeel.desiredstate.routing.DesiredLimit;
import io.evenkeel.desiredstate.routing.DesiredPolicy;
import io.evenkeel.desiredstate.routing.DesiredRule;
import io.evenkeel.desiredstate.routing.DesiredRule.Comparison;
import io.evenkeel.desiredstate.routing.DesiredRule.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies come, change and go, and no request is lost by it. */
@OnEveryTransport
class WorkerRoutingTests {

    @TempDir
    private Path home;

    private final CountDownLatch isAnswering = new CountDownLatch(1);
    private WorkerHarness harness;
    private TestBackend next;
    private DesiredPool first;
    private DesiredPool second;
    private DesiredLoadBalancer loadBalancer;

    @BeforeEach
    void serveTheFirst() {
        harness = new WorkerHarness(home);
        next = harness.backend("second");
        next.behave(socket -> {
            await().until(() -> isAnswering.getCount() == 0);
            next.answer(socket, "second", 200);
        });
        first = Pools.pool(Pools.member("127.0.0.1", harness.backend("first").port()));
        second = Pools.used(
                Pools.monitored(
                        Pools.pool(Pools.member("127.0.0.1", next.port())), Pools.httpMonitor("/health", "200")),
                false);
        loadBalancer = States.at(
                States.loadBalancer(States.listener(ListenerProtocol.HTTP, harness.port, Optional.of(first.id()))),
                harness.vip);
        harness.serve(first);
        harness.serve(second);
        harness.serve(loadBalancer);
    }

    @AfterEach
    void close() throws Exception {
        isAnswering.countDown();
        harness.close();
    }

    private static DesiredPolicy policy(Comparison comparison, String path, UUID pool) {
        var rule = new DesiredRule(Subject.PATH, comparison, "", List.of(path), false);
        return new DesiredPolicy(
                UUID.randomUUID(),
                List.of(rule),
                new ToPools(
                        List.of(new Share(pool, 1)),
                        Optional.empty(),
                        Optional.empty(),
                        DesiredFields.NONE,
                        DesiredLimit.NONE,
                        Optional.empty()));
    }

    private DesiredLoadBalancer with(DesiredPolicy... policies) {
        loadBalancer =
                States.next(loadBalancer, loadBalancer.listeners().getFirst().withPolicies(List.of(policies)));
        return loadBalancer;
    }

    private String answer(String path) throws IOException {
        try (var client = new TestClient(harness.vip, harness.port)) {
            return client.get(path).body();
        }
    }

    @Test
    void aPoolThatOnlyAPolicyUsesIsCheckedAndServesOnceItIs() throws IOException {
        harness.serve(with(policy(Comparison.STARTS_WITH, "/b", second.id())));
        assertThat(answer("/b")).isEqualTo("first");
        isAnswering.countDown();
        await().untilAsserted(() -> assertThat(answer("/b")).isEqualTo("second"));
        assertThat(answer("/a")).isEqualTo("first");

        harness.serve(with());
        assertThat(answer("/b")).isEqualTo("first");
        await().untilAsserted(() -> assertThat(harness.worker().health())
                .filteredOn(member -> member.poolId().equals(second.id()))
                .noneMatch(MemberHealth::isOnline));
    }

    @Test
    void aConnectionFollowsEachChangeOfThePolicies() throws IOException {
        isAnswering.countDown();
        harness.serve(with(policy(Comparison.EQUALS, "/b", second.id())));
        harness.awaitOnline(second);
        await().untilAsserted(() -> assertThat(answer("/b")).isEqualTo("second"));
        try (var client = new TestClient(harness.vip, harness.port)) {
            for (int round = 0; round < 50; round++) {
                boolean isB = round % 2 == 0;
                harness.serve(with(policy(Comparison.EQUALS, isB ? "/b" : "/c", second.id())));
                assertThat(client.get("/b").body()).isEqualTo(isB ? "second" : "first");
                assertThat(client.get("/c").body()).isEqualTo(isB ? "first" : "second");
            }
        }
    }

    @Test
    void policiesSurviveARestart() throws IOException {
        isAnswering.countDown();
        harness.serve(with(policy(Comparison.CONTAINS_PATTERN, "^/b[0-9]$", second.id())));
        harness.awaitOnline(second);
        harness.restart();
        await().ignoreExceptions().untilAsserted(() -> assertThat(answer("/b1")).isEqualTo("second"));
        assertThat(answer("/b")).isEqualTo("first");
    }

    @Test
    void whatMakesNoSenseLeavesEverythingAsItWas() throws IOException {
        var outcome = harness.put(with(policy(Comparison.CONTAINS_PATTERN, "(", second.id())));
        assertThat(outcome).isInstanceOfSatisfying(ApplyOutcome.Rejected.class, rejected -> {
            assertThat(rejected.reason()).isEqualTo(ApplyOutcome.Reason.INVALID);
            assertThat(rejected.message()).contains("No regular expression");
        });
        assertThat(answer("/b")).isEqualTo("first");
    }
}
