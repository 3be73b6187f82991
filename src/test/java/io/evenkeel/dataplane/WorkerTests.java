package io.evenkeel.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.health.Pools;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import io.evenkeel.desiredstate.Algorithm;
import io.evenkeel.desiredstate.DesiredHealthMonitor;
import io.evenkeel.desiredstate.DesiredListener;
import io.evenkeel.desiredstate.DesiredLoadBalancer;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.ListenerProtocol;
import io.evenkeel.desiredstate.ResourceKind;
import io.evenkeel.desiredstate.delivery.ApplyOutcome;
import io.evenkeel.desiredstate.delivery.ApplyOutcome.Reason;
import io.evenkeel.desiredstate.delivery.Epoch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker does with pushes, over real sockets. */
@OnEveryTransport
class WorkerTests {

    @TempDir
    private Path home;

    private Set<Thread> before;
    private WorkerHarness harness;
    private TestBackend backend;
    private DesiredPool pool;
    private DesiredListener http;
    private DesiredListener tcp;
    private DesiredLoadBalancer loadBalancer;

    @BeforeEach
    void start() {
        before = Thread.getAllStackTraces().keySet();
        harness = new WorkerHarness(home);
        backend = harness.backend("a");
        pool = Pools.pool(Pools.member("127.0.0.1", backend.port()));
        http = States.listener(ListenerProtocol.HTTP, harness.port, Optional.of(pool.id()));
        tcp = States.listener(ListenerProtocol.TCP, harness.port + 1, Optional.of(pool.id()));
        loadBalancer = States.at(States.loadBalancer(http, tcp), harness.vip);
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void servesHttpAndTcpWithoutAMonitorAtOnce() throws IOException {
        harness.serve(pool);
        harness.serve(loadBalancer);
        assertThat(answerOf(harness.port)).isEqualTo(200);
        assertThat(answerOf(harness.port + 1)).isEqualTo(200);
        assertThat(harness.worker().health()).isEmpty();
    }

    @Test
    void answers503UntilThePoolComesAndWhenItHasGone() throws IOException {
        harness.serve(loadBalancer);
        try (var client = client()) {
            assertThat(client.get("/").code()).isEqualTo(503);
        }
        harness.serve(pool);
        assertThat(answerOf(harness.port)).isEqualTo(200);
        harness.apply(States.remove(pool));
        assertThat(answerOf(harness.port)).isEqualTo(503);
    }

    @Test
    void leavesWhatIsWithdrawnToOthersAlsoAfterARestartAndTakesItBack() throws IOException {
        var monitored = Pools.monitored(pool, Pools.httpMonitor("/health", "200"));
        harness.serve(monitored);
        harness.serve(loadBalancer);
        harness.awaitOnline(monitored);

        harness.apply(States.withdraw(loadBalancer));
        harness.apply(States.withdraw(monitored));

        assertRefused(harness.port);
        assertThat(harness.worker().health()).isEmpty();
        harness.restart();
        assertRefused(harness.port);
        assertThat(harness.worker().held(ResourceKind.LOAD_BALANCER)).isEmpty();

        harness.serve(monitored);
        harness.serve(loadBalancer);
        harness.awaitOnline(monitored);
        assertThat(answerOf(harness.port)).isEqualTo(200);
    }

    @Test
    void givesNoMemberTrafficBeforeItsFirstGoodCheck() throws IOException {
        backend.behave(socket -> backend.answer(socket, "a", 503));
        var monitored = Pools.monitored(pool, Pools.httpMonitor("/health", "200"));
        harness.serve(monitored);
        harness.serve(loadBalancer);
        var memberId = monitored.members().getFirst().id();
        await().untilAsserted(() -> assertThat(harness.toldOf(memberId)).isPresent());
        assertThat(answerOf(harness.port)).isEqualTo(503);
        assertThat(backend.requests()).isZero();

        backend.behave(socket -> backend.answer(socket, "a", 200));
        await().untilAsserted(() ->
                assertThat(harness.toldOf(memberId).orElseThrow().isOnline()).isTrue());
        assertThat(answerOf(harness.port)).isEqualTo(200);
    }

    @Test
    void keepsServingWhileANewMonitorHasNoResultYet() throws IOException {
        harness.serve(pool);
        harness.serve(loadBalancer);
        backend.behave(socket -> backend.answer(socket, "a", 500));
        try (var client = client()) {
            assertThat(client.get("/").code()).isEqualTo(200);
            var slow = Pools.monitor(DesiredHealthMonitor.Type.HTTP, "/health", "200", Duration.ofSeconds(5));
            harness.serve(Pools.monitored(pool, slow));
            await().untilAsserted(() -> assertThat(client.get("/").code()).isEqualTo(503));
        }
    }

    @Test
    void fencesPushes() {
        var second = States.atGeneration(pool, 2);
        harness.serve(second);
        assertThat(harness.put(pool)).isEqualTo(new ApplyOutcome.Outdated(2));
        harness.serve(second);
        assertThat(harness.worker().held(ResourceKind.POOL)).containsEntry(pool.id(), 2L);

        harness.apply(States.remove(States.atGeneration(pool, 3)));
        assertThat(harness.put(second)).isEqualTo(new ApplyOutcome.Outdated(3));
        assertThat(harness.worker().held(ResourceKind.POOL)).isEmpty();

        var restored = States.put(new Epoch(2, "cluster/2/b"), pool);
        assertThat(harness.apply(restored)).isEqualTo(new ApplyOutcome.Applied(1, List.of()));
    }

    @Test
    void tellsThatAPortIsInUseServesTheOthersAndBindsItOnceItIsFree() throws IOException {
        harness.serve(pool);
        try (var holder = new ServerSocket()) {
            holder.bind(new InetSocketAddress(InetAddress.ofLiteral(harness.vip), harness.port));
            assertThat(harness.put(loadBalancer))
                    .isInstanceOfSatisfying(
                            ApplyOutcome.Applied.class,
                            applied -> assertThat(applied.problems())
                                    .singleElement()
                                    .satisfies(problem -> {
                                        assertThat(problem.listenerId()).isEqualTo(http.id());
                                        assertThat(problem.reason()).isEqualTo(Reason.PORT_IN_USE);
                                    }));
            assertThat(answerOf(harness.port + 1)).isEqualTo(200);
            assertThat(harness.serving).isEmpty();
        }
        await().untilAsserted(() -> assertThat(harness.serving).containsExactly(http.id()));
        assertThat(answerOf(harness.port)).isEqualTo(200);
        assertThat(harness.worker().problems()).isEmpty();
        harness.serve(loadBalancer);
    }

    @Test
    void twoLoadBalancersNeverShareAPort() throws IOException {
        harness.serve(pool);
        harness.serve(loadBalancer);
        var twin = States.listener(ListenerProtocol.HTTP, harness.port, Optional.empty());
        var other = States.at(States.loadBalancer(twin), harness.vip);
        assertThat(harness.put(other))
                .isInstanceOfSatisfying(
                        ApplyOutcome.Applied.class,
                        applied -> assertThat(applied.problems())
                                .singleElement()
                                .satisfies(
                                        problem -> assertThat(problem.reason()).isEqualTo(Reason.PORT_IN_USE)));
        assertThat(answerOf(harness.port)).isEqualTo(200);
        harness.apply(States.remove(loadBalancer));
        await().untilAsserted(() -> assertThat(harness.serving).containsExactly(twin.id()));
        assertThat(answerOf(harness.port)).isEqualTo(503);
    }

    @Test
    void tellsThatAVipIsNotOfThisHost() {
        assertThat(harness.put(States.at(loadBalancer, "192.0.2.1")))
                .isInstanceOfSatisfying(
                        ApplyOutcome.Applied.class,
                        applied -> assertThat(applied.problems())
                                .hasSize(2)
                                .allSatisfy(problem ->
                                        assertThat(problem.reason()).isEqualTo(Reason.ADDRESS_NOT_AVAILABLE)));
    }

    @Test
    void namesWhatItDoesNotServeAndServesTheRest() throws IOException {
        harness.serve(pool);
        var quic = States.listener(ListenerProtocol.QUIC, 443, Optional.of(pool.id()));
        var mixed = States.next(loadBalancer, http, tcp, quic);
        assertThat(harness.put(mixed))
                .isInstanceOfSatisfying(
                        ApplyOutcome.Applied.class,
                        applied -> assertThat(applied.problems())
                                .singleElement()
                                .satisfies(
                                        problem -> assertThat(problem.reason()).isEqualTo(Reason.PROTOCOL_NOT_SERVED)));
        assertThat(answerOf(harness.port)).isEqualTo(200);
    }

    private static DesiredPool picking(DesiredPool pool, Algorithm algorithm) {
        return new DesiredPool(
                pool.id(),
                pool.generation(),
                pool.projectId(),
                pool.isEnabled(),
                pool.isUsed(),
                pool.protocol(),
                algorithm,
                pool.isAnyPort(),
                pool.healthMonitor(),
                pool.members());
    }

    @Test
    void keepsTheLastGoodStateOfAResourceItCannotApply() throws IOException {
        harness.serve(pool);
        harness.serve(loadBalancer);
        assertThat(harness.put(picking(pool, Algorithm.QUIC_CID)))
                .isInstanceOfSatisfying(
                        ApplyOutcome.Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(Reason.PROTOCOL_NOT_SERVED));
        assertThat(harness.put(Pools.withMembers(pool, Pools.member("not an address", 80))))
                .isInstanceOfSatisfying(
                        ApplyOutcome.Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(Reason.INVALID));
        assertThat(harness.put(States.at(loadBalancer, "no address")))
                .isInstanceOfSatisfying(
                        ApplyOutcome.Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(Reason.INVALID));
        assertThat(answerOf(harness.port)).isEqualTo(200);
        harness.restart();
        assertThat(answerOf(harness.port)).isEqualTo(200);
        assertThat(harness.worker().held(ResourceKind.POOL)).containsEntry(pool.id(), pool.generation());
    }

    @Test
    void aListenerSwitchedOffClosesItsPortAndItsConnections() throws IOException {
        harness.serve(pool);
        harness.serve(loadBalancer);
        try (var onHttp = client();
                var onTcp = new TestClient(harness.vip, harness.port + 1)) {
            assertThat(onHttp.get("/").code()).isEqualTo(200);
            assertThat(onTcp.get("/").code()).isEqualTo(200);
            harness.serve(States.next(loadBalancer, http, States.enabled(tcp, false)));
            assertThat(onTcp.isClosedByPeer()).isTrue();
            assertThat(onHttp.get("/").code()).isEqualTo(200);
            assertRefused(harness.port + 1);

            harness.serve(States.enabled(States.next(States.next(loadBalancer, http, tcp), http, tcp), false));
            assertThat(onHttp.isClosedByPeer()).isTrue();
            assertRefused(harness.port);
        }
    }

    @Test
    void aRemovedListenerFreesItsPortAndItsConnectionsEndInTheirTime() throws IOException {
        harness.serve(pool);
        harness.serve(loadBalancer);
        try (var onHttp = client();
                var onTcp = new TestClient(harness.vip, harness.port + 1)) {
            assertThat(onHttp.get("/").isLast()).isFalse();
            assertThat(onTcp.get("/").code()).isEqualTo(200);
            harness.apply(States.remove(loadBalancer));
            assertRefused(harness.port);
            assertRefused(harness.port + 1);
            assertThat(onTcp.get("/").code()).isEqualTo(200);
            var last = onHttp.get("/");
            assertThat(last.code()).isEqualTo(200);
            assertThat(last.isLast()).isTrue();
            assertThat(onHttp.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void aListenerThatMovesServesOnItsNewPortOnly() throws IOException {
        harness.serve(pool);
        harness.serve(loadBalancer);
        harness.serve(States.next(loadBalancer, States.moved(http, harness.port + 2), tcp));
        assertThat(answerOf(harness.port + 2)).isEqualTo(200);
        assertRefused(harness.port);
    }

    @Test
    void editingAListenerDropsNoTcpConnection() throws IOException {
        harness.serve(pool);
        harness.serve(loadBalancer);
        try (var client = new TestClient(harness.vip, harness.port + 1)) {
            assertThat(client.get("/").code()).isEqualTo(200);
            harness.serve(States.next(loadBalancer, http, States.renamed(tcp, "edited")));
            assertThat(client.get("/").code()).isEqualTo(200);
        }
    }

    @Test
    void startsWithADamagedLastGoodStateAndServesTheRest() throws IOException {
        harness.serve(pool);
        harness.serve(loadBalancer);
        harness.stop();
        try (var files = Files.list(home)) {
            for (Path file :
                    files.filter(name -> name.toString().contains("pool-")).toList()) {
                Files.writeString(file, "not a pool");
            }
        }
        harness.restart();
        assertThat(answerOf(harness.port)).isEqualTo(503);
        assertThat(harness.worker().held(ResourceKind.POOL)).isEmpty();
        harness.serve(pool);
        assertThat(answerOf(harness.port)).isEqualTo(200);
    }

    @Test
    void tellsAtItsStartWhatItCannotBind() throws IOException {
        harness.serve(pool);
        harness.serve(loadBalancer);
        harness.stop();
        try (var holder = new ServerSocket()) {
            holder.setReuseAddress(true);
            holder.bind(new InetSocketAddress(InetAddress.ofLiteral(harness.vip), harness.port));
            harness.restart();
            assertThat(harness.problems)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.reason()).isEqualTo(Reason.PORT_IN_USE));
        }
        await().untilAsserted(() -> assertThat(harness.serving).containsExactly(http.id()));
    }

    @Test
    void mayBeAskedByItsOwnListener() {
        var heldWhenTold = new AtomicReference<Map<UUID, Long>>(Map.of());
        harness.whenToldOfHealth = () -> heldWhenTold.set(harness.worker().held(ResourceKind.POOL));
        harness.serve(Pools.monitored(pool, Pools.tcpMonitor()));
        await().untilAsserted(() -> assertThat(heldWhenTold.get()).containsKey(pool.id()));
    }

    @Test
    void leavesNoThreadAndNoPortBehind() throws IOException {
        harness.serve(Pools.monitored(pool, Pools.tcpMonitor()));
        harness.serve(loadBalancer);
        assertThat(ownThreads()).isNotEmpty();
        harness.stop();
        await().untilAsserted(() -> assertThat(ownThreads()).isEmpty());
        assertRefused(harness.port);
        assertThatIllegalStateException().isThrownBy(() -> harness.put(pool));
    }

    private Set<String> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && thread.getName().startsWith("evenkeel"))
                .map(Thread::getName)
                .collect(Collectors.toSet());
    }

    private TestClient client() throws IOException {
        return new TestClient(harness.vip, harness.port);
    }

    private int answerOf(int port) throws IOException {
        try (var client = new TestClient(harness.vip, port)) {
            return client.get("/").code();
        }
    }

    private void assertRefused(int port) {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> new TestClient(harness.vip, port));
    }
}
