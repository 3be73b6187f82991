package io.evenkeel.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.health.Pools;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import io.evenkeel.desiredstate.DesiredListener;
import io.evenkeel.desiredstate.DesiredLoadBalancer;
import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.ListenerProtocol;
import io.evenkeel.desiredstate.delivery.ApplyOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker of two loops over real sockets: who gets the requests, and that none is lost. */
@OnEveryTransport
class WorkerTrafficTests {

    @TempDir
    private Path home;

    private WorkerHarness harness;
    private TestBackend a;
    private TestBackend b;
    private TestBackend c;
    private DesiredPool pool;
    private DesiredListener listener;
    private DesiredLoadBalancer loadBalancer;

    @BeforeEach
    void serveThreeBackendsByWeight() {
        harness = new WorkerHarness(home);
        a = harness.backend("a");
        b = harness.backend("b");
        c = harness.backend("c");
        pool = Pools.monitored(
                Pools.pool(member(a, 5), member(b, 3), member(c, 2)), Pools.httpMonitor("/health", "200"));
        listener = States.listener(ListenerProtocol.HTTP, harness.port, Optional.of(pool.id()));
        harness.serve(pool);
        loadBalancer = States.at(States.loadBalancer(listener), harness.vip);
        harness.serve(loadBalancer);
        harness.awaitOnline(pool);
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void splitsTheRequestsOfOneConnectionExactlyByWeight() throws IOException {
        assertThat(askedOnOneConnection(1_000)).isEqualTo(Map.of("a", 500, "b", 300, "c", 200));
    }

    @Test
    void splitsConnectionsByWeightUpToTwoALoop() throws IOException {
        var counts = new HashMap<String, Integer>();
        for (int i = 0; i < 200; i++) {
            try (var client = new TestClient(harness.vip, harness.port)) {
                counts.merge(client.get("/").body(), 1, Integer::sum);
            }
        }
        assertThat(counts.get("a")).isBetween(96, 104);
        assertThat(counts.get("b")).isBetween(56, 64);
        assertThat(counts.get("c")).isBetween(36, 44);
    }

    @Test
    void aMemberWhoseChecksFailLeavesWithoutAFailedRequestAndComesBack() throws IOException {
        try (var load = new Load(harness.vip, harness.port, 4)) {
            b.behave(socket -> b.answer(socket, "b", 500));
            await().untilAsserted(() -> assertThat(healthOf(b).reason()).contains("RESPONSE_MISMATCH"));
            assertThat(healthOf(b).received()).contains("500");
            assertThat(askedOnOneConnection(100)).containsOnlyKeys("a", "c");

            b.behave(socket -> b.answer(socket, "b", 200));
            await().untilAsserted(() -> assertThat(healthOf(b).isOnline()).isTrue());
            assertThat(askedOnOneConnection(100)).containsOnlyKeys("a", "b", "c");
            assertThat(load.failures()).isEmpty();
            assertThat(load.answered()).isPositive();
        }
        assertThat(askedOnOneConnection(1_000)).isEqualTo(Map.of("a", 500, "b", 300, "c", 200));
    }

    @Test
    void aMemberWhosePortClosesLeavesAfterItsThreshold() throws IOException {
        c.close();
        await().untilAsserted(() -> assertThat(healthOf(c).reason()).contains("CONNECT_REFUSED"));
        assertThat(askedOnOneConnection(800)).isEqualTo(Map.of("a", 500, "b", 300));
    }

    @Test
    void weightsChangeUnderLoadWithoutADroppedRequest() {
        try (var load = new Load(harness.vip, harness.port, 4)) {
            for (int i = 1; i <= 100; i++) {
                pool = States.atGeneration(
                        Pools.withMembers(pool, weighted(0, i % 7), weighted(1, 3), weighted(2, 1 + i % 3)),
                        pool.generation() + 1);
                harness.serve(pool);
            }
            int before = load.answered();
            await().until(() -> load.answered() > before + 100);
            assertThat(load.failures()).isEmpty();
        }
    }

    @Test
    void listenersAreEditedAndMembersComeAndGoUnderLoadWithoutADroppedRequest() {
        var whole = pool.members().toArray(DesiredMember[]::new);
        try (var load = new Load(harness.vip, harness.port, 4)) {
            for (int i = 1; i <= 40; i++) {
                loadBalancer = States.next(loadBalancer, States.renamed(listener, "edit " + i));
                harness.serve(loadBalancer);
                pool = i % 2 == 0 ? Pools.withMembers(pool, whole) : Pools.withMembers(pool, whole[0], whole[1]);
                harness.serve(pool);
                harness.awaitOnline(pool);
            }
            int before = load.answered();
            await().until(() -> load.answered() > before + 100);
            assertThat(load.failures()).isEmpty();
        }
    }

    @Test
    void aStoppedServerIsOutAtOnceAndNewWhenItReturns() throws IOException {
        var stopped = Pools.active(member(1), false);
        pool = Pools.withMembers(pool, member(0), stopped, member(2));
        harness.serve(pool);
        assertThat(askedOnOneConnection(100).keySet()).doesNotContain(nameOf(1));

        backendOf(1).behave(socket -> backendOf(1).answer(socket, nameOf(1), 500));
        pool = Pools.withMembers(pool, member(0), Pools.active(stopped, true), member(2));
        harness.serve(pool);
        await().untilAsserted(() ->
                assertThat(harness.toldOf(stopped.id()).orElseThrow().reason()).contains("RESPONSE_MISMATCH"));
        assertThat(askedOnOneConnection(100).keySet()).doesNotContain(nameOf(1));
    }

    @Test
    void aRestartedWorkerServesFromItsLastGoodStateAlone() throws IOException {
        harness.restart();
        harness.awaitOnline(pool);
        assertThat(askedOnOneConnection(100)).isEqualTo(Map.of("a", 50, "b", 30, "c", 20));
        assertThat(harness.problems).isEmpty();
        assertThat(harness.put(States.atGeneration(pool, pool.generation() - 1)))
                .isEqualTo(new ApplyOutcome.Outdated(pool.generation()));
    }

    private Map<String, Integer> askedOnOneConnection(int requests) throws IOException {
        var counts = new HashMap<String, Integer>();
        try (var client = new TestClient(harness.vip, harness.port)) {
            for (int i = 0; i < requests; i++) {
                var answer = client.get("/");
                assertThat(answer.code()).isEqualTo(200);
                counts.merge(answer.body(), 1, Integer::sum);
            }
        }
        return counts;
    }

    private MemberHealth healthOf(TestBackend backend) {
        var member = pool.members().stream()
                .filter(one -> one.port() == backend.port())
                .findFirst()
                .orElseThrow();
        return harness.toldOf(member.id()).orElseThrow();
    }

    private DesiredMember member(int index) {
        return pool.members().get(index);
    }

    private DesiredMember weighted(int index, int weight) {
        var member = member(index);
        return new DesiredMember(member.id(), member.address(), member.port(), weight, member.availabilityZone(), true);
    }

    private TestBackend backendOf(int index) {
        return List.of(a, b, c).stream()
                .filter(backend -> backend.port() == member(index).port())
                .findFirst()
                .orElseThrow();
    }

    private String nameOf(int index) {
        var backend = backendOf(index);
        return backend == a ? "a" : backend == b ? "b" : "c";
    }

    private static DesiredMember member(TestBackend backend, int weight) {
        return Pools.member("127.0.0.1", backend.port(), weight);
    }
}
