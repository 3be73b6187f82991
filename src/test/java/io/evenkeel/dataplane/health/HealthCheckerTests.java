package io.evenkeel.dataplane.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThan;

import io.evenkeel.dataplane.TestBackend;
import io.evenkeel.dataplane.TlsMember;
import io.evenkeel.dataplane.health.probe.Failure;
import io.evenkeel.dataplane.health.probe.FailureReason;
import io.evenkeel.dataplane.health.socket.CheckSockets;
import io.evenkeel.dataplane.udp.UdpServer;
import io.evenkeel.desiredstate.DesiredHealthMonitor;
import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource
class HealthCheckerTests {

    private final List<AutoCloseable> resources = new ArrayList<>();
    private volatile HealthListener onChange = (poolId, memberId) -> {};
    private final HealthChecker checker;

    HealthCheckerTests(CheckSockets.Kind kind) throws IOException {
        checker = new HealthChecker(
                (poolId, memberId) -> onChange.onHealthChanged(poolId, memberId), InstantSource.system(), kind.open());
    }

    @BeforeEach
    void start() {
        checker.start();
    }

    @AfterEach
    void closeAll() throws Exception {
        checker.close();
        for (AutoCloseable resource : resources) {
            resource.close();
        }
    }

    @Test
    void bringsAMemberInWithItsFirstAnswer() {
        var backend = named("a");
        var pool = watch(Pools.httpMonitor("/health", "200-204,300"), backend.port());
        awaitOnline(pool);
        assertThat(backend.heads().getFirst())
                .isEqualTo("GET /health HTTP/1.1\nHost: 127.0.0.1:" + backend.port()
                        + "\nUser-Agent: evenkeel-health-check\nAccept: */*\nConnection: close");
    }

    @Test
    void takesSilenceOverUdpForHealthAndAnUnreachablePortForARefusal() throws IOException {
        var server = UdpServer.named("silent-or-not");
        resources.add(server);
        var silent = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        resources.add(silent);
        var quick = Pools.monitor(DesiredHealthMonitor.Type.UDP_CONNECT, "/", "200", Duration.ofMillis(50));
        var answering = watch(quick, server.address().getPort());
        var mute = watch(quick, silent.getLocalPort());
        awaitOnline(answering);
        awaitOnline(mute);
        assertThat(server.wasAsked()).isTrue();

        silent.close();
        awaitFailure(mute, FailureReason.CONNECT_REFUSED);
        awaitOnline(answering);
    }

    @Test
    void checksOverTls() throws IOException {
        var member = new TlsMember();
        resources.add(member);
        var https = Pools.monitor(DesiredHealthMonitor.Type.HTTPS, "/", "200", Duration.ofSeconds(1));
        var otherCode = Pools.monitor(DesiredHealthMonitor.Type.HTTPS, "/", "204", Duration.ofSeconds(5));
        var tls = Pools.monitor(DesiredHealthMonitor.Type.TLS, "/", "200", Duration.ofSeconds(1));
        awaitOnline(watch(https, member.port()));
        awaitOnline(watch(tls, member.port()));
        awaitFailure(watch(otherCode, member.port()), FailureReason.RESPONSE_MISMATCH);
        var plain = named("a");
        awaitFailure(watch(https, plain.port()), FailureReason.SSL_HANDSHAKE_ERROR);
        awaitFailure(watch(tls, plain.port()), FailureReason.SSL_HANDSHAKE_ERROR);
    }

    @Test
    void checksANewTargetAtOnceHoweverLongTheDelay() {
        var backend = named("a");
        var hourly = new DesiredHealthMonitor(
                UUID.randomUUID(),
                DesiredHealthMonitor.Type.HTTP,
                Duration.ofHours(1),
                Duration.ofSeconds(5),
                1,
                1,
                Optional.of(backend.port()),
                Optional.of("shop.example"),
                "/health",
                "POST",
                "200");
        var pool = watch(hourly, 1);
        awaitOnline(pool);
        assertThat(backend.heads()).hasSize(1);
        assertThat(backend.heads().getFirst())
                .startsWith("POST /health")
                .contains("Host: shop.example:" + backend.port(), "Content-Length: 0");

        // A second group with the same check gets an answer of its own at once, by the same target.
        awaitOnline(watch(hourly, 1));
        assertThat(backend.heads()).hasSize(2);
    }

    @Test
    void checksATargetOnceHoweverManyGroupsShareIt() {
        var backend = named("a");
        var monitor = Pools.httpMonitor("/health", "200");
        var hourly = new DesiredHealthMonitor(
                monitor.id(),
                monitor.type(),
                Duration.ofHours(1),
                monitor.timeout(),
                2,
                2,
                Optional.empty(),
                Optional.empty(),
                "/health",
                "GET",
                "200");
        var held = new CountDownLatch(1);
        backend.behave(socket -> {
            awaitLatch(held);
            backend.answer(socket, "a", 200);
        });
        var pools = new ArrayList<DesiredPool>();
        for (int i = 0; i < 50; i++) {
            pools.add(watch(hourly, backend.port()));
        }
        held.countDown();
        await().untilAsserted(() -> assertThat(pools)
                .allSatisfy(pool -> assertThat(state(pool).isOnline()).isTrue()));
        assertThat(backend.accepted()).isLessThanOrEqualTo(2);
    }

    /** As the API has it: listeners share pools, pools share servers, and every worker asks each server once. */
    @Test
    void checksATargetOnceAnIntervalHoweverManyMembersAreIt() {
        var backend = named("a");
        var monitor = Pools.monitor(DesiredHealthMonitor.Type.TCP, "/", "200", Duration.ofSeconds(1));
        for (int i = 0; i < 20; i++) {
            watch(monitor, backend.port());
        }
        await().until(() -> checker.figures().checksByTarget().getFirst() > 30);
        var figures = checker.figures();
        assertThat(figures.checksByTarget()).containsExactly(figures.started());
    }

    @Test
    void checksTcpByConnecting() {
        var backend = resource(new TestBackend(socket -> socket.getInputStream().read()));
        awaitOnline(watch(Pools.tcpMonitor(), backend.port()));
        assertThat(backend.accepted()).isPositive();
    }

    @Test
    void leavesAndReturnsByItsThresholds() {
        var backend = named("a");
        var pool = watch(Pools.httpMonitor("/health", "200"), backend.port());
        awaitOnline(pool);

        backend.behave(socket -> backend.answer(socket, "a", 500));
        awaitFailure(pool, FailureReason.RESPONSE_MISMATCH);
        assertThat(state(pool).failure())
                .contains(new Failure(FailureReason.RESPONSE_MISMATCH, Optional.of("200"), Optional.of("500")));

        backend.behave(socket -> backend.answer(socket, "a", 200));
        awaitOnline(pool);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH\r\n", "HTTP/2 200\r\n", "HTTP/1.1 OK\r\n"})
    void garbageIsAFormatError(String answer) {
        var backend = resource(new TestBackend(TestBackend.sending(answer)));
        awaitFailure(watch(Pools.httpMonitor("/", "200"), backend.port()), FailureReason.RESPONSE_FORMAT_ERROR);
    }

    @Test
    void anEndlessStatusLineIsAFormatError() {
        var backend = resource(new TestBackend(TestBackend.sending("HTTP/1.1 200 " + "x".repeat(5_000))));
        awaitFailure(watch(Pools.httpMonitor("/", "200"), backend.port()), FailureReason.RESPONSE_FORMAT_ERROR);
    }

    @Test
    void silenceIsATimeoutOfTheResponse() {
        var backend = resource(new TestBackend(socket -> socket.getInputStream().readAllBytes()));
        var monitor = Pools.monitor(DesiredHealthMonitor.Type.HTTP, "/", "200", Duration.ofMillis(100));
        awaitFailure(watch(monitor, backend.port()), FailureReason.RECV_RESPONSE_TIMEOUT);
    }

    @Test
    void aSlowAnswerWithinTheTimeoutCounts() {
        var backend = resource(new TestBackend(socket -> {
            for (byte b : "HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII)) {
                socket.getOutputStream().write(b);
                socket.getOutputStream().flush();
            }
        }));
        awaitOnline(watch(Pools.httpMonitor("/", "200"), backend.port()));
    }

    @Test
    void aClosedConnectionIsAFailureToReceive() {
        var backend = resource(new TestBackend(Socket::close));
        awaitFailure(watch(Pools.httpMonitor("/", "200"), backend.port()), FailureReason.RECV_RESPONSE_FAILED);
    }

    @Test
    void aResetIsAFailureToReceive() {
        var backend = resource(new TestBackend(socket -> {
            socket.getInputStream().read();
            socket.setSoLinger(true, 0);
        }));
        awaitFailure(watch(Pools.httpMonitor("/", "200"), backend.port()), FailureReason.RECV_RESPONSE_FAILED);
    }

    @Test
    void aPortNobodyListensOnIsRefused() throws IOException {
        awaitFailure(watch(Pools.tcpMonitor(), closedPort()), FailureReason.CONNECT_REFUSED);
    }

    @Test
    void aFullBacklogIsATimeoutOfTheConnect() throws IOException {
        var server = resource(new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1")));
        for (int i = 0; i < 4; i++) {
            var filler = resource(SocketChannel.open());
            filler.configureBlocking(false);
            filler.connect(server.getLocalSocketAddress());
        }
        var monitor = Pools.monitor(DesiredHealthMonitor.Type.TCP, "/", "200", Duration.ofMillis(200));
        awaitFailure(watch(monitor, server.getLocalPort()), FailureReason.CONNECT_TIMEOUT);
    }

    /** The answer comes in time, while the checker stands still until long after the check's time was up. */
    @Test
    void anAnswerThatCameInTimeCountsHoweverLateItIsRead() {
        var isAsked = new CountDownLatch(1);
        var isStanding = new CountDownLatch(1);
        var held = new AtomicBoolean();
        var patient = named("patient");
        var pool = watch(outAfterOneFailure(Duration.ofSeconds(1)), patient.port());
        awaitOnline(pool);
        var failures = new AtomicInteger();
        onChange = (poolId, memberId) -> {
            if (poolId.equals(pool.id())) {
                failures.incrementAndGet();
            } else if (isStanding.getCount() > 0) {
                isStanding.countDown();
                await().pollDelay(Duration.ofMillis(1_500)).until(() -> true);
            }
        };
        patient.behave(socket -> {
            if (held.compareAndSet(false, true)) {
                isAsked.countDown();
                awaitLatch(isStanding);
            }
            patient.answer(socket, "patient", 200);
        });
        var standstill = named("standstill");
        standstill.behave(socket -> {
            awaitLatch(isAsked);
            standstill.answer(socket, "standstill", 200);
        });
        watch(Pools.httpMonitor("/health", "200"), standstill.port());
        awaitLatch(isStanding);
        int before = patient.heads().size();
        await().until(() -> patient.heads().size() > before + 5);
        assertThat(failures).hasValue(0);
        onChange = (poolId, memberId) -> {};
    }

    /** The member is the kernel, which takes connections at once however busy this machine is. */
    @Test
    void ourOwnLatenessIsNotHeldAgainstAMember() throws IOException {
        var patient = resource(new ServerSocket(0, 4_096, InetAddress.ofLiteral("127.0.0.1")));
        var quick = new DesiredHealthMonitor(
                UUID.randomUUID(),
                DesiredHealthMonitor.Type.TCP,
                Duration.ofMillis(20),
                Duration.ofMillis(200),
                1,
                1,
                Optional.empty(),
                Optional.empty(),
                "/",
                "GET",
                "200");
        var pool = watch(quick, patient.getLocalPort());
        awaitOnline(pool);

        // A listener that blocks keeps the checker from reading answers, far longer than the timeout, many times.
        var blocked = new AtomicInteger();
        var failures = new AtomicInteger();
        onChange = (poolId, memberId) -> {
            if (poolId.equals(pool.id())) {
                failures.incrementAndGet();
            } else {
                blocked.incrementAndGet();
                await().pollDelay(Duration.ofMillis(400)).until(() -> true);
            }
        };
        var flapping = new AtomicInteger();
        var flapper = named("flapper");
        flapper.behave(socket -> flapper.answer(socket, "f", flapping.incrementAndGet() % 4 < 2 ? 500 : 200));
        watch(Pools.httpMonitor("/health", "200"), flapper.port());
        await().atMost(Duration.ofSeconds(30)).untilAtomic(blocked, greaterThan(3));
        assertThat(failures).hasValue(0);
        onChange = (poolId, memberId) -> {};
    }

    @Test
    void stopsCheckingWhatIsRemovedStoppedOrUnused() {
        var backend = named("a");
        var pool = watch(Pools.httpMonitor("/health", "200"), backend.port());
        awaitOnline(pool);
        checker.update(Pools.withMembers(pool, Pools.active(pool.members().getFirst(), false)));
        awaitNoMoreChecks(backend);
        assertThat(state(pool).failure()).contains(Failure.NOT_CHECKED_YET);

        checker.update(pool);
        awaitOnline(pool);
        checker.update(Pools.used(pool, false));
        awaitNoMoreChecks(backend);

        checker.update(pool);
        awaitOnline(pool);
        checker.remove(pool.id());
        awaitNoMoreChecks(backend);
        assertThat(checker.states(pool.id())).isEmpty();
    }

    @Test
    void refusesWhatCannotBeCheckedAndKeepsTheRest() {
        var backend = named("a");
        var pool = watch(Pools.httpMonitor("/health", "200"), backend.port());
        awaitOnline(pool);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> checker.update(Pools.monitored(pool, Pools.httpMonitor("/a\r\nX: y", "200"))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> checker.update(Pools.withMembers(pool, Pools.member("no-address", 80))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> checker.update(Pools.withMembers(pool, Pools.member("127.0.0.1", 0))));
        assertThat(state(pool).isOnline()).isTrue();
    }

    private static DesiredHealthMonitor outAfterOneFailure(Duration timeout) {
        return new DesiredHealthMonitor(
                UUID.randomUUID(),
                DesiredHealthMonitor.Type.HTTP,
                Duration.ofMillis(20),
                timeout,
                1,
                1,
                Optional.empty(),
                Optional.empty(),
                "/health",
                "GET",
                "200");
    }

    private static void awaitNoMoreChecks(TestBackend backend) {
        await().until(() -> {
            int before = backend.accepted();
            await().pollDelay(Duration.ofMillis(100)).until(() -> true);
            return backend.accepted() == before;
        });
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private TestBackend named(String name) {
        return resource(TestBackend.named(name));
    }

    private <T extends AutoCloseable> T resource(T resource) {
        resources.add(resource);
        return resource;
    }

    private DesiredPool watch(DesiredHealthMonitor monitor, int port) {
        DesiredMember member = Pools.member("127.0.0.1", port);
        var pool = Pools.monitored(Pools.pool(member), monitor);
        checker.update(pool);
        return pool;
    }

    private HealthState state(DesiredPool pool) {
        return checker.find(pool.id(), pool.members().getFirst().id()).orElseThrow();
    }

    private void awaitOnline(DesiredPool pool) {
        await().untilAsserted(() -> assertThat(state(pool).failure()).isEmpty());
    }

    private void awaitFailure(DesiredPool pool, FailureReason reason) {
        await().untilAsserted(() ->
                assertThat(state(pool).failure()).map(Failure::reason).contains(reason));
    }
}
