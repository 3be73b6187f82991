package io.evenkeel.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.health.Pools;
import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import io.evenkeel.dataplane.udp.UdpClient;
import io.evenkeel.dataplane.udp.UdpServer;
import io.evenkeel.desiredstate.Algorithm;
import io.evenkeel.desiredstate.DesiredListener;
import io.evenkeel.desiredstate.DesiredListener.PortRange;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.ListenerProtocol;
import io.evenkeel.desiredstate.PoolProtocol;
import io.evenkeel.desiredstate.delivery.ApplyOutcome;
import io.evenkeel.desiredstate.delivery.ApplyOutcome.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Listeners over ranges of ports, members on the port that the client used, and both families of addresses. */
@OnEveryTransport
class WorkerPortTests {

    private static final int FIRST = 8100;

    @TempDir
    private Path home;

    private WorkerHarness harness;

    @BeforeEach
    void start() {
        harness = new WorkerHarness(home);
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void servesEveryPortOfItsRangesAndNoOther() throws IOException {
        var pool =
                serve(Pools.pool(Pools.member("127.0.0.1", harness.backend("a").port())), PoolProtocol.TCP, false);
        var listener = over(ListenerProtocol.TCP, pool, new PortRange(FIRST, FIRST + 30), new PortRange(9000, 9000));
        var loadBalancer = States.at(States.loadBalancer(listener), harness.vip);
        harness.serve(loadBalancer);
        for (int port : new int[] {FIRST, FIRST + 1, FIRST + 17, FIRST + 30, 9000}) {
            assertThat(bodyAt(port)).isEqualTo("a");
        }
        assertThatThrownBy(() -> bodyAt(FIRST + 31)).isInstanceOf(IOException.class);
        await().untilAsserted(() -> {
            assertThat(counted(Count.ACCEPTED)).isEqualTo(5);
            assertThat(counted(Count.OPEN)).isZero();
        });

        harness.serve(States.next(loadBalancer, over(listener, new PortRange(FIRST + 30, FIRST + 31))));
        assertThat(bodyAt(FIRST + 30)).isEqualTo("a");
        assertThat(bodyAt(FIRST + 31)).isEqualTo("a");
        assertThatThrownBy(() -> bodyAt(FIRST)).isInstanceOf(IOException.class);
    }

    @Test
    void namesThePortOfARangeThatIsTakenAndServesTheOthers() throws IOException {
        var pool =
                serve(Pools.pool(Pools.member("127.0.0.1", harness.backend("a").port())), PoolProtocol.TCP, false);
        var listener = over(ListenerProtocol.TCP, pool, new PortRange(FIRST, FIRST + 2));
        try (var foreign = new ServerSocket(FIRST + 1, 1, InetAddress.ofLiteral(harness.vip))) {
            assertThat(harness.put(States.at(States.loadBalancer(listener), harness.vip)))
                    .isInstanceOfSatisfying(
                            ApplyOutcome.Applied.class,
                            applied -> assertThat(applied.problems())
                                    .singleElement()
                                    .satisfies(problem -> {
                                        assertThat(problem.listenerId()).isEqualTo(listener.id());
                                        assertThat(problem.reason()).isEqualTo(Reason.PORT_IN_USE);
                                        assertThat(problem.message()).contains("port " + foreign.getLocalPort());
                                    }));
            assertThat(bodyAt(FIRST)).isEqualTo("a");
            assertThat(bodyAt(FIRST + 2)).isEqualTo("a");
        }
        await().untilAsserted(() -> assertThat(harness.serving).containsExactly(listener.id()));
        assertThat(bodyAt(FIRST + 1)).isEqualTo("a");
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "UDP"})
    void goesToTheMemberOnThePortThatTheClientUsed(ListenerProtocol protocol) throws IOException {
        var pool = serve(Pools.pool(Pools.member("127.0.0.1", 0)), PoolProtocol.valueOf(protocol.name()), true);
        var ports = new int[2];
        for (int i = 0; i < ports.length; i++) {
            ports[i] = protocol == ListenerProtocol.TCP
                    ? harness.backend("on " + i).port()
                    : harness.resource(UdpServer.named("on " + i)).address().getPort();
        }
        var listener = over(protocol, pool, new PortRange(ports[0], ports[0]), new PortRange(ports[1], ports[1]));
        harness.serve(States.at(States.loadBalancer(listener), harness.vip));
        for (int i = 0; i < ports.length; i++) {
            var answer = protocol == ListenerProtocol.TCP ? bodyAt(ports[i]) : answerAt(harness.vip, ports[i]);
            assertThat(answer).startsWith("on " + i);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "HTTP", "UDP"})
    void servesBothFamiliesOfAddressesOnBothSides(ListenerProtocol protocol) throws IOException {
        var members = Pools.pool(
                Pools.member("127.0.0.1", backend(protocol, "four", "127.0.0.1")),
                Pools.member("::1", backend(protocol, "six", "::1")));
        var pool = serve(members, PoolProtocol.valueOf(protocol.name()), false);
        int port = freeOnIpv6();
        var listener = States.listener(protocol, port, Optional.of(pool.id()));
        harness.serve(States.at(States.loadBalancer(listener), harness.vip, "::1"));
        for (var vip : List.of(harness.vip, "::1")) {
            var answers = new HashSet<String>();
            await().untilAsserted(() -> {
                answers.add(protocol == ListenerProtocol.UDP ? answerAt(vip, port) : bodyAt(vip, port));
                assertThat(answers).hasSize(2);
            });
            assertThat(answers).anyMatch(answer -> answer.startsWith("four"));
        }
    }

    @Test
    void tellsAnHttpMemberOfAnIpv6ClientAndHashesIt() throws IOException {
        var a = harness.resource(TestBackend.named("a", "::1"));
        var b = harness.resource(TestBackend.named("b", "::1"));
        var hashed = new DesiredPool(
                UUID.randomUUID(),
                1,
                "project",
                true,
                true,
                PoolProtocol.HTTP,
                Algorithm.SOURCE_IP,
                false,
                Optional.empty(),
                List.of(Pools.member("::1", a.port()), Pools.member("::1", b.port())));
        harness.serve(hashed);
        int port = freeOnIpv6();
        var listener = States.listener(ListenerProtocol.HTTP, port, Optional.of(hashed.id()));
        harness.serve(States.at(States.loadBalancer(listener), "::1"));
        var first = bodyAt("::1", port);
        for (int i = 0; i < 5; i++) {
            assertThat(bodyAt("::1", port)).isEqualTo(first);
        }
        var head = (first.equals("a") ? a : b).heads().getFirst();
        assertThat(head).containsIgnoringCase("X-Forwarded-For: ::1");
    }

    private int backend(ListenerProtocol protocol, String name, String address) throws IOException {
        return protocol == ListenerProtocol.UDP
                ? harness.resource(UdpServer.named(name, new InetSocketAddress(InetAddress.ofLiteral(address), 0)))
                        .address()
                        .getPort()
                : harness.resource(TestBackend.named(name, address)).port();
    }

    private static int freeOnIpv6() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("::1"))) {
            return socket.getLocalPort();
        }
    }

    private DesiredPool serve(DesiredPool pool, PoolProtocol protocol, boolean isAnyPort) {
        var served = Pools.speaking(pool, protocol, isAnyPort);
        harness.serve(served);
        return served;
    }

    private static DesiredListener over(ListenerProtocol protocol, DesiredPool pool, PortRange... ranges) {
        return over(States.listener(protocol, 0, Optional.of(pool.id())), ranges);
    }

    private static DesiredListener over(DesiredListener listener, PortRange... ranges) {
        return States.over(listener, ranges);
    }

    private String bodyAt(int port) throws IOException {
        return bodyAt(harness.vip, port);
    }

    private static String bodyAt(String vip, int port) throws IOException {
        try (var client = new TestClient(vip, port)) {
            return client.get("/").body();
        }
    }

    private static String answerAt(String vip, int port) throws IOException {
        try (var client = new UdpClient(new InetSocketAddress(InetAddress.ofLiteral(vip), port))) {
            return client.ask("q");
        }
    }

    private long counted(Count what) {
        return harness.worker().traffic().read().stream()
                .mapToLong(sample -> sample.get(what))
                .sum();
    }
}
