package io.evenkeel.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.health.Pools;
import io.evenkeel.desiredstate.DesiredListener;
import io.evenkeel.desiredstate.DesiredLoadBalancer;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.ListenerProtocol;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A listener gets another pool, as the control plane pushes it: both pools with their new use first, in any order. */
class WorkerSwapTests {

    @TempDir
    private Path home;

    private final CountDownLatch isAnswering = new CountDownLatch(1);
    private WorkerHarness harness;
    private DesiredPool before;
    private DesiredPool after;
    private TestBackend next;
    private DesiredLoadBalancer loadBalancer;

    @BeforeEach
    void serveTheFirst() {
        harness = new WorkerHarness(home);
        var first = harness.backend("first");
        next = harness.backend("next");
        next.behave(socket -> {
            await().until(() -> isAnswering.getCount() == 0);
            next.answer(socket, "next", 200);
        });
        before = monitored(first.port());
        after = Pools.used(monitored(next.port()), false);
        loadBalancer = States.at(
                States.loadBalancer(States.listener(ListenerProtocol.HTTP, harness.port, id(before))), harness.vip);
        harness.serve(before);
        harness.serve(after);
        harness.serve(loadBalancer);
        harness.awaitOnline(before);
    }

    @AfterEach
    void close() throws Exception {
        isAnswering.countDown();
        harness.close();
    }

    @Test
    void thePoolItHasServesUntilTheMembersOfTheNextWereChecked() throws IOException {
        before = Pools.used(before, false);
        harness.serve(before);
        assertThat(answer()).isEqualTo("first");
        after = Pools.used(after, true);
        harness.serve(after);
        harness.serve(swapped(id(after)));
        assertThat(answer()).isEqualTo("first");

        isAnswering.countDown();
        await().untilAsserted(() -> assertThat(answer()).isEqualTo("next"));
        assertThat(harness.worker().health())
                .filteredOn(member -> member.poolId().equals(before.id()))
                .noneMatch(MemberHealth::isOnline);
    }

    @Test
    void theNextServesAloneOnceThePoolItHadIsRemoved() {
        harness.serve(swapped(id(after)));
        harness.apply(States.remove(States.atGeneration(before, before.generation() + 1)));
        assertThat(code()).isEqualTo(503);
        isAnswering.countDown();
        await().untilAsserted(() -> assertThat(answer()).isEqualTo("next"));
    }

    @Test
    void aSwapThatIsTakenBackLeavesThePoolItHad() throws IOException {
        harness.serve(swapped(id(after)));
        harness.serve(swapped(id(before)));
        isAnswering.countDown();
        harness.serve(swapped(Optional.empty()));
        assertThat(code()).isEqualTo(503);
        harness.serve(swapped(id(before)));
        await().untilAsserted(() -> assertThat(answer()).isEqualTo("first"));
    }

    @Test
    void aPoolWithoutChecksIsTakenAtOnce() throws IOException {
        isAnswering.countDown();
        after = Pools.pool(Pools.member("127.0.0.1", next.port()));
        harness.serve(after);
        harness.serve(swapped(id(after)));
        assertThat(answer()).isEqualTo("next");
    }

    private static DesiredPool monitored(int port) {
        return Pools.monitored(Pools.pool(Pools.member("127.0.0.1", port)), Pools.httpMonitor("/health", "200"));
    }

    private static Optional<UUID> id(DesiredPool pool) {
        return Optional.of(pool.id());
    }

    private DesiredLoadBalancer swapped(Optional<UUID> poolId) {
        var listener = loadBalancer.listeners().getFirst();
        loadBalancer = States.next(loadBalancer, leadingTo(listener, poolId));
        return loadBalancer;
    }

    private static DesiredListener leadingTo(DesiredListener listener, Optional<UUID> poolId) {
        return new DesiredListener(
                listener.id(),
                listener.name(),
                listener.protocol(),
                listener.port(),
                listener.portRanges(),
                listener.isEnabled(),
                poolId,
                listener.keepaliveTimeout(),
                listener.clientTimeout(),
                listener.memberTimeout(),
                listener.insertHeaders(),
                listener.isMemberRetryEnabled(),
                listener.sendsProxyHeader());
    }

    private String answer() throws IOException {
        try (var client = new TestClient(harness.vip, harness.port)) {
            return client.get("/").body();
        }
    }

    private int code() {
        try (var client = new TestClient(harness.vip, harness.port)) {
            return client.get("/").code();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
