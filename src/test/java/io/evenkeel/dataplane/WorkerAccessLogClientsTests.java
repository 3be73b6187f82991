package io.evenkeel.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.accesslog.AccessLogOptions;
import io.evenkeel.dataplane.health.Pools;
import io.evenkeel.dataplane.tls.TlsClients;
import io.evenkeel.dataplane.tls.TlsStates;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import io.evenkeel.dataplane.udp.UdpClient;
import io.evenkeel.dataplane.udp.UdpServer;
import io.evenkeel.desiredstate.DesiredAccess;
import io.evenkeel.desiredstate.DesiredAccessLog;
import io.evenkeel.desiredstate.DesiredIpGroup;
import io.evenkeel.desiredstate.DesiredListener;
import io.evenkeel.desiredstate.DesiredLoadBalancer;
import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.DesiredStickiness;
import io.evenkeel.desiredstate.ListenerProtocol;
import io.evenkeel.desiredstate.PoolProtocol;
import io.evenkeel.testing.Pki;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the access log of a worker tells of clients that belong to a member, and of those that are not let in. */
@OnEveryTransport
class WorkerAccessLogClientsTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Optional<DesiredAccessLog> LOG = Optional.of(new DesiredAccessLog("group-1", "topic-1"));
    private static final DesiredAccess FOR_OTHERS = new DesiredAccess(
            Optional.of(new DesiredIpGroup(UUID.randomUUID(), true, List.of("127.0.0.9-127.0.0.9"))), 0, 0);

    @TempDir
    private Path home;

    private final List<Socket> sockets = new ArrayList<>();
    private Path file;
    private WorkerHarness harness;
    private TestBackend backend;

    @BeforeEach
    void start() {
        file = home.resolve("access.log");
        harness = new WorkerHarness(home, new AccessLogOptions(file, 1024));
        backend = harness.backend("a");
    }

    @AfterEach
    void stop() throws Exception {
        for (var socket : sockets) {
            socket.close();
        }
        harness.close();
    }

    private DesiredPool pool(PoolProtocol protocol) {
        return pool(protocol, Optional.empty(), Pools.member("127.0.0.1", backend.port()));
    }

    private DesiredPool pool(
            PoolProtocol protocol, Optional<DesiredStickiness.Type> stickiness, DesiredMember... members) {
        var plain = Pools.pool(members);
        var pool = new DesiredPool(
                plain.id(),
                plain.generation(),
                plain.projectId(),
                true,
                true,
                protocol,
                plain.algorithm(),
                false,
                Optional.empty(),
                plain.members(),
                DesiredPool.Presence.PLAIN,
                stickiness.map(type -> new DesiredStickiness(type, "", Duration.ofMinutes(1), "5a".repeat(32))));
        harness.serve(pool);
        return pool;
    }

    private DesiredLoadBalancer serve(DesiredListener listener) {
        var loadBalancer = States.at(States.loadBalancer(listener), harness.vip).withAccessLog(LOG);
        harness.serve(loadBalancer);
        return loadBalancer;
    }

    private DesiredListener listener(ListenerProtocol protocol, DesiredPool pool) {
        var plain = States.listener(protocol, harness.port, Optional.of(pool.id()));
        return protocol == ListenerProtocol.TLS
                ? States.securedBy(plain, TlsStates.with(TlsStates.certificate("main", Pki.selfSigned("main"))))
                : plain;
    }

    private void admitOthersOnly(DesiredLoadBalancer loadBalancer) {
        harness.serve(
                States.next(loadBalancer, loadBalancer.listeners().getFirst().withAccess(FOR_OTHERS))
                        .withAccessLog(LOG));
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.ofLiteral(harness.vip), harness.port);
    }

    private Socket connect() throws IOException {
        var socket = new Socket();
        sockets.add(socket);
        socket.setSoTimeout(20_000);
        socket.connect(address());
        return socket;
    }

    /** Until the other side ends it or breaks it. */
    private static void awaitEnd(Socket socket) {
        try {
            socket.getInputStream().readAllBytes();
        } catch (IOException reset) {
            // One way to be refused.
        }
    }

    /** Sends something, and takes what is answered. */
    private static void begin(Socket socket) throws IOException {
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().readNBytes(12)).hasSize(12);
    }

    private String send(String... fields) throws IOException {
        var socket = connect();
        var request = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + String.join("\r\n", fields)
                + (fields.length > 0 ? "\r\n" : "") + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private List<JsonNode> awaitLines(int count) throws IOException {
        await().untilAsserted(() -> assertThat(lines()).hasSize(count));
        return lines().stream().map(JSON::readTree).toList();
    }

    private List<String> lines() throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static List<Boolean> sticky(List<JsonNode> lines) {
        return lines.stream().map(line -> line.path("sticky").asBoolean(false)).toList();
    }

    @Test
    void aRequestOfAClientThatBelongsToItsMemberSaysSo() throws IOException {
        var pool = pool(
                PoolProtocol.HTTP,
                Optional.of(DesiredStickiness.Type.HTTP_COOKIE),
                Pools.member("127.0.0.1", backend.port()),
                Pools.member("127.0.0.1", harness.backend("b").port()));
        serve(listener(ListenerProtocol.HTTP, pool));
        var first = send();
        var cookie = first.lines()
                .filter(line -> line.startsWith("Set-Cookie: "))
                .map(line -> line.substring(12).split(";", 2)[0])
                .findFirst()
                .orElseThrow();
        awaitLines(1);
        send("Cookie: " + cookie);
        var lines = awaitLines(2);
        assertThat(sticky(lines)).containsExactly(false, true);
        assertThat(lines.get(1).get("member_id")).isEqualTo(lines.get(0).get("member_id"));
    }

    @Test
    void aSessionOfAnAddressThatIsKeptSaysSo() throws IOException {
        var pool = pool(
                PoolProtocol.TCP,
                Optional.of(DesiredStickiness.Type.SOURCE_IP),
                Pools.member("127.0.0.1", backend.port()),
                Pools.member("127.0.0.1", harness.backend("b").port()));
        serve(listener(ListenerProtocol.TCP, pool));
        for (int session = 1; session <= 2; session++) {
            try (var socket = connect()) {
                begin(socket);
            }
            awaitLines(session);
        }
        var lines = awaitLines(2);
        assertThat(sticky(lines)).containsExactly(false, true);
        assertThat(lines.get(1).get("member_id")).isEqualTo(lines.get(0).get("member_id"));
    }

    @Test
    void datagramsOfAnAddressThatIsKeptSaySo() throws IOException {
        var server =
                harness.resource(UdpServer.named("a", new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0)));
        var member = Pools.member("127.0.0.1", server.address().getPort());
        var loadBalancer = serve(listener(
                ListenerProtocol.UDP, pool(PoolProtocol.UDP, Optional.of(DesiredStickiness.Type.SOURCE_IP), member)));
        for (int i = 0; i < 2; i++) {
            try (var client = new UdpClient(address())) {
                assertThat(client.ask("question")).isEqualTo("a:question");
            }
        }
        harness.apply(States.remove(States.atGeneration(loadBalancer, loadBalancer.generation() + 1)));
        assertThat(sticky(awaitLines(2))).containsExactlyInAnyOrder(false, true);
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "HTTP", "TLS"})
    void whoIsNotLetInIsALine(ListenerProtocol protocol) throws IOException {
        var pool = pool(protocol == ListenerProtocol.HTTP ? PoolProtocol.HTTP : PoolProtocol.TCP);
        serve(listener(protocol, pool).withAccess(FOR_OTHERS));
        awaitEnd(connect());
        var line = awaitLines(1).getFirst();
        assertThat(line.get("reason").asString()).isEqualTo("ip-group");
        assertThat(line.get("remote_addr").asString()).isEqualTo("127.0.0.1");
        assertThat(line.get("type").asString()).isEqualTo(protocol.name().toLowerCase(Locale.ROOT));
        assertThat(line.has("status")).isFalse();
        assertThat(line.has("member_id")).isFalse();
    }

    @Test
    void whoIsOneTooManyIsToldApart() throws IOException {
        var listener = listener(ListenerProtocol.TCP, pool(PoolProtocol.TCP));
        var loadBalancer = serve(listener.withAccess(new DesiredAccess(Optional.empty(), 1, 0)));
        var first = connect();
        first.getOutputStream().write('x');
        await().until(() -> {
            awaitEnd(connect());
            return !lines().isEmpty();
        });
        assertThat(JSON.readTree(lines().getFirst()).get("reason").asString()).isEqualTo("over-connections");

        harness.serve(States.next(loadBalancer, listener.withAccess(new DesiredAccess(Optional.empty(), 0, 1)))
                .withAccessLog(LOG));
        await().until(() -> {
            var socket = connect();
            socket.shutdownOutput();
            awaitEnd(socket);
            return lines().stream().anyMatch(line -> line.contains("over-connection-rate"));
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "TLS"})
    void anOpenSessionThatIsEndedSaysWhy(ListenerProtocol protocol) throws IOException {
        var loadBalancer = serve(listener(protocol, pool(PoolProtocol.TCP)));
        var socket = protocol == ListenerProtocol.TLS ? TlsClients.anonymous().socket(address(), null) : connect();
        sockets.add(socket);
        begin(socket);
        admitOthersOnly(loadBalancer);
        awaitEnd(socket);
        var line = awaitLines(1).getFirst();
        assertThat(line.get("reason").asString()).isEqualTo("ip-group");
        assertThat(line.has("member_id")).isTrue();
    }

    @Test
    void aRequestOfWhomMayNoLongerComeSaysWhy() throws IOException {
        var loadBalancer = serve(listener(ListenerProtocol.HTTP, pool(PoolProtocol.HTTP)));
        try (var client = new TestClient(harness.vip, harness.port)) {
            assertThat(client.get("/").code()).isEqualTo(200);
            awaitLines(1);
            admitOthersOnly(loadBalancer);
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            var line = awaitLines(2).getLast();
            assertThat(line.get("reason").asString()).isEqualTo("ip-group");
            assertThat(line.has("status")).isFalse();
        }
    }
}
