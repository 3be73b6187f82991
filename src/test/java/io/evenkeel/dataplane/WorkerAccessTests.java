package io.evenkeel.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.health.Pools;
import io.evenkeel.dataplane.tls.TlsClients;
import io.evenkeel.dataplane.tls.TlsStates;
import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import io.evenkeel.dataplane.udp.UdpClient;
import io.evenkeel.dataplane.udp.UdpServer;
import io.evenkeel.desiredstate.DesiredAccess;
import io.evenkeel.desiredstate.DesiredIpGroup;
import io.evenkeel.desiredstate.DesiredListener;
import io.evenkeel.desiredstate.DesiredLoadBalancer;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.ListenerProtocol;
import io.evenkeel.desiredstate.PoolProtocol;
import io.evenkeel.testing.Pki;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who gets in, told by what clients of several addresses see over real sockets. */
@OnEveryTransport
class WorkerAccessTests {

    private static final String FRIEND = "127.0.0.1";
    private static final String OTHER = "127.0.0.2";
    private static final UUID GROUP = UUID.randomUUID();

    @TempDir
    private Path home;

    private final List<AutoCloseable> resources = new ArrayList<>();
    private WorkerHarness harness;
    private TestBackend backend;

    @BeforeEach
    void start() {
        harness = new WorkerHarness(home);
        backend = harness.backend("a");
    }

    @AfterEach
    void stop() throws Exception {
        for (var resource : resources) {
            resource.close();
        }
        harness.close();
    }

    private static DesiredAccess white(String... addresses) {
        return group(true, addresses);
    }

    private static DesiredAccess group(boolean admits, String... addresses) {
        var ranges = List.of(addresses).stream()
                .map(address -> address + "-" + address)
                .toList();
        return new DesiredAccess(Optional.of(new DesiredIpGroup(GROUP, admits, ranges)), 0, 0);
    }

    private static DesiredAccess limits(int connections, int perSecond) {
        return new DesiredAccess(Optional.empty(), connections, perSecond);
    }

    private DesiredLoadBalancer serve(ListenerProtocol protocol, DesiredAccess access) {
        var pool = Pools.speaking(Pools.pool(Pools.member("127.0.0.1", backend.port())), poolOf(protocol));
        harness.serve(pool);
        return serve(listener(protocol, pool).withAccess(access));
    }

    private DesiredLoadBalancer serve(DesiredListener listener) {
        var loadBalancer = States.at(States.loadBalancer(listener), harness.vip);
        harness.serve(loadBalancer);
        return loadBalancer;
    }

    private DesiredLoadBalancer change(DesiredLoadBalancer loadBalancer, DesiredAccess access) {
        var next = States.next(loadBalancer, loadBalancer.listeners().getFirst().withAccess(access));
        harness.serve(next);
        return next;
    }

    private DesiredListener listener(ListenerProtocol protocol, DesiredPool pool) {
        var plain = States.listener(protocol, harness.port, Optional.of(pool.id()));
        return switch (protocol) {
            case TLS, HTTPS ->
                States.securedBy(plain, TlsStates.with(TlsStates.certificate("main", Pki.selfSigned("main"))));
            case TCP, HTTP, UDP, QUIC -> plain;
        };
    }

    private static PoolProtocol poolOf(ListenerProtocol protocol) {
        return switch (protocol) {
            case TCP, TLS -> PoolProtocol.TCP;
            case HTTP, HTTPS -> PoolProtocol.HTTP;
            case UDP, QUIC -> PoolProtocol.UDP;
        };
    }

    /** Connected from that address, over TLS where the listener speaks it. */
    private Socket connect(ListenerProtocol protocol, String from) throws IOException {
        var socket = new Socket();
        resources.add(socket);
        socket.setSoTimeout(20_000);
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral(harness.vip), harness.port), 5_000);
        return switch (protocol) {
            case TLS, HTTPS -> {
                var factory = TlsClients.anonymous().context().getSocketFactory();
                yield factory.createSocket(socket, null, harness.port, true);
            }
            case TCP, HTTP, UDP, QUIC -> socket;
        };
    }

    /** The body of the answer to one request, which is one letter. */
    private static String ask(Socket socket) throws IOException {
        socket.getOutputStream()
                .write("GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        var answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("Closed instead of an answer: " + answer);
            }
            answer.append((char) next);
        }
        return String.valueOf((char) socket.getInputStream().read());
    }

    private void assertRefused(ListenerProtocol protocol, String from) {
        int before = backend.accepted();
        assertThatThrownBy(() -> ask(connect(protocol, from)))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
        assertThat(backend.accepted()).isEqualTo(before);
    }

    private static void assertClosed(Socket socket) {
        assertThatThrownBy(() -> {
                    if (socket.getInputStream().read() < 0) {
                        throw new IOException("closed");
                    }
                })
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
    }

    private long counted(Count what) {
        return harness.worker().traffic().read().stream()
                .mapToLong(sample -> sample.get(what))
                .sum();
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "TLS", "HTTP", "HTTPS"})
    void letsInWhoIsOfAWhiteGroupAndKeepsOutWhoIsOfABlackOne(ListenerProtocol protocol) throws IOException {
        var loadBalancer = serve(protocol, white(FRIEND));
        assertThat(ask(connect(protocol, FRIEND))).isEqualTo("a");
        assertRefused(protocol, OTHER);
        assertThat(counted(Count.REFUSED_IP_GROUP)).isEqualTo(1);
        assertThat(counted(Count.ACCEPTED)).isEqualTo(1);
        assertThat(counted(Count.TLS_FAILED)).as("never began a handshake").isZero();

        loadBalancer = change(loadBalancer, group(false, FRIEND));
        assertThat(ask(connect(protocol, OTHER))).isEqualTo("a");
        assertRefused(protocol, FRIEND);

        change(loadBalancer, DesiredAccess.UNLIMITED);
        assertThat(ask(connect(protocol, FRIEND))).isEqualTo("a");
        assertThat(ask(connect(protocol, OTHER))).isEqualTo("a");
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP", "HTTPS"})
    void aKeptConnectionIsServedOnAsLongAsItsClientIsAllowed(ListenerProtocol protocol) throws IOException {
        var loadBalancer = serve(protocol, white(FRIEND, OTHER));
        var friend = connect(protocol, FRIEND);
        var other = connect(protocol, OTHER);
        assertThat(ask(friend) + ask(other)).isEqualTo("aa");

        change(loadBalancer, white(FRIEND));
        int requests = backend.requests();
        assertThat(ask(friend)).isEqualTo("a");
        assertThatThrownBy(() -> ask(other)).isInstanceOf(IOException.class);
        assertThat(backend.requests()).isEqualTo(requests + 1);
        assertThat(counted(Count.REFUSED_IP_GROUP)).isEqualTo(1);
    }

    @Test
    void anHttp2ConnectionIsServedOnAsLongAsItsClientIsAllowed() throws Exception {
        var pool = Pools.pool(Pools.member("127.0.0.1", backend.port()));
        harness.serve(pool);
        var tls = TlsStates.offeringHttp2(TlsStates.with(TlsStates.certificate("main", Pki.selfSigned("main"))), true);
        var loadBalancer = serve(
                States.securedBy(States.listener(ListenerProtocol.HTTPS, harness.port, Optional.of(pool.id())), tls)
                        .withAccess(white(FRIEND)));
        var request = HttpRequest.newBuilder(URI.create("https://" + harness.vip + ":" + harness.port))
                .build();
        try (var client = HttpClient.newBuilder()
                .sslContext(TlsClients.anonymous().context())
                .localAddress(InetAddress.ofLiteral(FRIEND))
                .build()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            change(loadBalancer, white(OTHER));
            int requests = backend.requests();
            assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
            assertThat(backend.requests()).isEqualTo(requests);
        }
        assertThat(counted(Count.ACCEPTED)).isEqualTo(1);
        assertThat(counted(Count.REFUSED_IP_GROUP)).isPositive();
    }

    @Test
    void aTunnelEndsWhenItsClientSpeaksAgain() throws IOException {
        backend.behave(socket -> {
            socket.getInputStream().readNBytes(1);
            socket.getOutputStream()
                    .write("HTTP/1.1 101 X\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
        var loadBalancer = serve(ListenerProtocol.HTTP, white(FRIEND, OTHER));
        var other = connect(ListenerProtocol.HTTP, OTHER);
        other.getOutputStream()
                .write("GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        assertThat(other.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 101");
        change(loadBalancer, white(FRIEND));
        other.getOutputStream().write('x');
        assertThatThrownBy(() -> other.getInputStream().readAllBytes()).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "TLS"})
    void aSessionIsCutAsSoonAsItsClientIsNoLongerAllowed(ListenerProtocol protocol) throws IOException {
        var loadBalancer = serve(protocol, white(FRIEND, OTHER));
        var friend = connect(protocol, FRIEND);
        var other = connect(protocol, OTHER);
        assertThat(ask(friend) + ask(other)).isEqualTo("aa");

        change(loadBalancer, white(FRIEND));
        assertClosed(other);
        assertThat(ask(friend)).isEqualTo("a");
        await().untilAsserted(() -> assertThat(counted(Count.OPEN)).isEqualTo(1));
        assertThat(counted(Count.REFUSED_IP_GROUP)).isEqualTo(1);
    }

    @Test
    void datagramsOfWhoIsNotAllowedAreDropped() throws Exception {
        var server =
                harness.resource(UdpServer.named("a", new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0)));
        var member = Pools.member("127.0.0.1", server.address().getPort());
        var pool = Pools.speaking(Pools.pool(member), PoolProtocol.UDP);
        harness.serve(pool);
        var loadBalancer = serve(States.listener(ListenerProtocol.UDP, harness.port, Optional.of(pool.id()))
                .withAccess(white(FRIEND, OTHER)));
        var vip = new InetSocketAddress(InetAddress.ofLiteral(harness.vip), harness.port);
        try (var friend = new UdpClient(InetAddress.ofLiteral(FRIEND), vip);
                var other = new UdpClient(InetAddress.ofLiteral(OTHER), vip);
                var stranger = new UdpClient(InetAddress.ofLiteral("127.0.0.3"), vip)) {
            assertThat(friend.ask("1") + other.ask("1")).isEqualTo("a:1a:1");
            stranger.send("1");
            await().untilAsserted(
                            () -> assertThat(counted(Count.REFUSED_IP_GROUP)).isEqualTo(1));

            change(loadBalancer, white(FRIEND));
            other.send("2");
            await().untilAsserted(() -> assertThat(counted(Count.OPEN)).isEqualTo(1));
            assertThat(friend.ask("2")).isEqualTo("a:2");
            assertThat(counted(Count.REFUSED_IP_GROUP)).isEqualTo(2);
            assertThat(counted(Count.DROPPED)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "HTTPS"})
    void noMoreConnectionsAreOpenThanTheLimit(ListenerProtocol protocol) throws IOException {
        var loadBalancer = serve(protocol, limits(3, 0));
        var first = connect(protocol, FRIEND);
        assertThat(ask(first) + ask(connect(protocol, FRIEND)) + ask(connect(protocol, FRIEND)))
                .isEqualTo("aaa");
        assertRefused(protocol, FRIEND);
        assertThat(counted(Count.REFUSED_CONNECTION)).isEqualTo(1);

        first.close();
        await().ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(ask(connect(protocol, FRIEND))).isEqualTo("a"));
        change(loadBalancer, limits(2, 0));
        assertRefused(protocol, FRIEND);
    }

    @Test
    void whatIsOpenCountsThroughAMoveToAnotherAddress() throws IOException {
        var loadBalancer = serve(ListenerProtocol.TCP, limits(1, 0));
        assertThat(ask(connect(ListenerProtocol.TCP, FRIEND))).isEqualTo("a");
        harness.serve(States.at(loadBalancer, "127.254.254.1"));
        harness.serve(States.atGeneration(States.at(loadBalancer, harness.vip), loadBalancer.generation() + 2));
        assertRefused(ListenerProtocol.TCP, FRIEND);
    }

    @Test
    void noMoreConnectionsBeginInASecondThanTheLimit() throws IOException {
        serve(ListenerProtocol.HTTP, limits(0, 1));
        long start = System.nanoTime();
        int refused = 0;
        for (int i = 0; i < 20; i++) {
            try {
                assertThat(ask(connect(ListenerProtocol.HTTP, FRIEND))).isEqualTo("a");
            } catch (SocketTimeoutException e) {
                throw e;
            } catch (IOException e) {
                refused++;
            }
        }
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds() + 1;
        assertThat(20 - refused).isBetween(1, (int) seconds + 1);
        assertThat(counted(Count.REFUSED_CPS)).isEqualTo(refused);
    }
}
