package io.evenkeel.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.accesslog.AccessLogOptions;
import io.evenkeel.dataplane.health.Pools;
import io.evenkeel.dataplane.tls.TlsStates;
import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.traffic.TrafficSample;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import io.evenkeel.dataplane.udp.UdpServer;
import io.evenkeel.desiredstate.DesiredAccess;
import io.evenkeel.desiredstate.DesiredAccessLog;
import io.evenkeel.desiredstate.DesiredIpGroup;
import io.evenkeel.desiredstate.DesiredListener;
import io.evenkeel.desiredstate.DesiredListener.PortRange;
import io.evenkeel.desiredstate.DesiredLoadBalancer;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.ListenerProtocol;
import io.evenkeel.desiredstate.PoolProtocol;
import io.evenkeel.testing.Pki;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a worker tells of its own serving, over its real ports. */
@OnEveryTransport
class WorkerProofTests {

    @TempDir
    private Path home;

    private Path log;
    private WorkerHarness harness;
    private TestBackend backend;

    @BeforeEach
    void start() {
        log = home.resolve("access.log");
        harness = new WorkerHarness(home, new AccessLogOptions(log, 1024));
        backend = harness.backend("a");
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    private DesiredPool pool(PoolProtocol protocol) {
        return Pools.speaking(Pools.pool(Pools.member("127.0.0.1", backend.port())), protocol, false);
    }

    private DesiredListener listener(ListenerProtocol protocol, DesiredPool pool) {
        var plain = States.listener(protocol, harness.port, Optional.of(pool.id()));
        return switch (protocol) {
            case TLS, HTTPS ->
                States.securedBy(plain, TlsStates.with(TlsStates.certificate("shop", Pki.selfSigned("shop"))));
            case TCP, HTTP, UDP, QUIC -> plain;
        };
    }

    private static PoolProtocol behind(ListenerProtocol protocol) {
        return switch (protocol) {
            case TCP, TLS -> PoolProtocol.TCP;
            case HTTP, HTTPS -> PoolProtocol.HTTP;
            case UDP, QUIC -> PoolProtocol.UDP;
        };
    }

    /** Nobody may come in, and if anybody did there would be a line of him. */
    private DesiredLoadBalancer closedToAll(DesiredListener listener) {
        var nobody = new DesiredIpGroup(UUID.randomUUID(), true, List.of("192.0.2.1-192.0.2.1"));
        var access = new DesiredAccess(Optional.of(nobody), 1, 1);
        return States.at(States.loadBalancer(listener.withAccess(access)), harness.vip)
                .withAccessLog(Optional.of(new DesiredAccessLog("group", "topic")));
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "TLS", "HTTP", "HTTPS", "UDP"})
    void showsThatItServesPastAllRulesAndLeavesNoTrace(ListenerProtocol protocol) throws IOException {
        var server = harness.resource(UdpServer.named("udp"));
        var member = Pools.member(
                "127.0.0.1", protocol == ListenerProtocol.UDP ? server.address().getPort() : backend.port());
        var pool = Pools.speaking(Pools.pool(member), behind(protocol), false);
        harness.serve(pool);
        var loadBalancer = closedToAll(listener(protocol, pool));
        harness.serve(loadBalancer);
        harness.awaitProved(loadBalancer);
        var changed = States.atGeneration(pool, pool.generation() + 1);
        harness.serve(changed);
        harness.awaitProved(changed);

        assertThat(harness.unproved).isEmpty();
        assertThat(harness.worker().traffic().read()).allSatisfy(WorkerProofTests::isZero);
        assertThat(backend.requests()).isZero();
        assertThat(server.wasAsked()).isFalse();
        assertThat(Files.exists(log) ? Files.readString(log) : "").isEmpty();
    }

    private static void isZero(TrafficSample sample) {
        assertThat(Arrays.stream(Count.values()).filter(count -> sample.get(count) != 0))
                .isEmpty();
    }

    @Test
    void showsALoadBalancerWhoseListenersDidNotChange() {
        var pool = pool(PoolProtocol.HTTP);
        harness.serve(pool);
        var first = States.at(States.loadBalancer(listener(ListenerProtocol.HTTP, pool)), harness.vip);
        harness.serve(first);
        harness.awaitProved(first);
        var second = States.atGeneration(first, first.generation() + 1);
        harness.serve(second);
        harness.awaitProved(second);
    }

    @Test
    void showsWhatHasNoPortAtOnce() {
        var pool = pool(PoolProtocol.HTTP);
        harness.serve(pool);
        harness.awaitProved(pool);
        var empty = States.at(States.loadBalancer(), harness.vip);
        harness.serve(empty);
        harness.awaitProved(empty);
        var off = States.enabled(
                States.at(States.loadBalancer(listener(ListenerProtocol.HTTP, pool)), harness.vip), false);
        harness.serve(off);
        harness.awaitProved(off);
    }

    @Test
    void showsNothingWhileAPortIsTakenAndAllOfItWhenItIsFree() throws IOException {
        var pool = pool(PoolProtocol.TCP);
        harness.serve(pool);
        var whole = States.listener(ListenerProtocol.TCP, harness.port, Optional.of(pool.id()));
        var taken = States.listener(ListenerProtocol.TCP, harness.port + 1, Optional.of(pool.id()));
        var loadBalancer = States.at(States.loadBalancer(whole, taken), harness.vip);
        var other = States.at(
                States.loadBalancer(States.listener(ListenerProtocol.TCP, harness.port + 2, Optional.of(pool.id()))),
                harness.vip);
        try (var _ = new ServerSocket(harness.port + 1, 1, InetAddress.ofLiteral(harness.vip))) {
            harness.put(loadBalancer);
            harness.serve(other);
            harness.awaitProved(other);
            assertThat(harness.proved).doesNotContainKey(loadBalancer.id());
        }
        harness.awaitProved(loadBalancer);
    }

    @Test
    void showsALoadBalancerOnlyWhenItLeadsToTheNextPool() throws IOException {
        var before = pool(PoolProtocol.HTTP);
        harness.serve(before);
        var listener = listener(ListenerProtocol.HTTP, before);
        var first = States.at(States.loadBalancer(listener), harness.vip);
        harness.serve(first);
        harness.awaitProved(first);

        var mayAnswer = new CountDownLatch(1);
        var late = harness.backend("late");
        late.behave(socket -> {
            awaitUninterruptibly(mayAnswer);
            late.answer(socket, "late", 200);
        });
        var next = Pools.monitored(
                Pools.pool(Pools.member("127.0.0.1", late.port())), Pools.httpMonitor("/health", "200"));
        harness.serve(next);
        var second = States.next(first, leadingTo(listener, next));
        harness.serve(second);
        var other = States.at(
                States.loadBalancer(States.listener(ListenerProtocol.HTTP, harness.port + 1, Optional.empty())),
                harness.vip);
        harness.serve(other);
        harness.awaitProved(other);
        assertThat(harness.proved).containsEntry(first.id(), first.generation());
        assertThat(body()).isEqualTo("a");

        mayAnswer.countDown();
        harness.awaitProved(second);
        assertThat(body()).isEqualTo("late");
    }

    private static DesiredListener leadingTo(DesiredListener listener, DesiredPool pool) {
        return new DesiredListener(
                listener.id(),
                listener.name(),
                listener.protocol(),
                listener.port(),
                listener.portRanges(),
                listener.isEnabled(),
                Optional.of(pool.id()),
                listener.keepaliveTimeout(),
                listener.clientTimeout(),
                listener.memberTimeout(),
                listener.insertHeaders(),
                listener.isMemberRetryEnabled(),
                listener.sendsProxyHeader());
    }

    private String body() throws IOException {
        try (var client = new TestClient(harness.vip, harness.port)) {
            return client.get("/").body();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void showsAListenerOverManyPortsBySomeOfThem() {
        var pool = pool(PoolProtocol.TCP);
        harness.serve(pool);
        var wide = States.over(
                States.listener(ListenerProtocol.TCP, 0, Optional.of(pool.id())), new PortRange(8300, 8399));
        var loadBalancer = States.at(States.loadBalancer(wide), harness.vip);
        harness.serve(loadBalancer);
        harness.awaitProved(loadBalancer);
    }

    @Test
    void showsEverythingAnewAfterARestart() {
        var pool = pool(PoolProtocol.HTTP);
        harness.serve(pool);
        var loadBalancer = States.at(States.loadBalancer(listener(ListenerProtocol.HTTP, pool)), harness.vip);
        harness.serve(loadBalancer);
        harness.awaitProved(loadBalancer);
        harness.stop();
        harness.proved.clear();
        harness.restart();
        harness.awaitProved(loadBalancer);
        harness.awaitProved(pool);
    }

    @Test
    void showsTheLastOfManyChanges() {
        var pool = pool(PoolProtocol.HTTP);
        harness.serve(pool);
        var loadBalancer = States.at(States.loadBalancer(listener(ListenerProtocol.HTTP, pool)), harness.vip);
        harness.serve(loadBalancer);
        var last = pool;
        for (int i = 2; i <= 300; i++) {
            last = States.atGeneration(pool, i);
            harness.serve(last);
        }
        harness.awaitProved(last);
        await().untilAsserted(() -> assertThat(harness.unproved).isEmpty());
    }
}
