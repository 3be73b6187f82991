package io.evenkeel.dataplane;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.health.Pools;
import io.evenkeel.dataplane.tls.TlsClients;
import io.evenkeel.dataplane.tls.TlsStates;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import io.evenkeel.dataplane.udp.UdpClient;
import io.evenkeel.dataplane.udp.UdpServer;
import io.evenkeel.desiredstate.DesiredListener;
import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.DesiredPool.Presence;
import io.evenkeel.desiredstate.ListenerProtocol;
import io.evenkeel.desiredstate.PoolProtocol;
import io.evenkeel.testing.Pki;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of what is under way at a member that leaves a pool with a limit to draining. */
@OnEveryTransport
class WorkerLeavingTests {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    @TempDir
    private Path home;

    private final CountDownLatch memberMayAnswer = new CountDownLatch(1);
    private WorkerHarness harness;
    private TestBackend backend;
    private TestBackend other;
    private DesiredMember leaver;
    private DesiredPool pool = Pools.pool();

    @BeforeEach
    void start() {
        harness = new WorkerHarness(home);
        backend = harness.backend("leaver");
        other = harness.backend("other");
        leaver = Pools.member("127.0.0.1", backend.port());
    }

    @AfterEach
    void stop() throws Exception {
        memberMayAnswer.countDown();
        harness.close();
    }

    /** With the one member alone, so that it gets all that begins before it leaves. */
    private void serve(ListenerProtocol protocol, PoolProtocol poolProtocol) {
        var limited = new Presence(Optional.of(LIMIT), Optional.empty(), false, Optional.empty());
        pool = Pools.present(Pools.speaking(Pools.pool(leaver), poolProtocol), limited);
        harness.serve(pool);
        harness.serve(States.at(States.loadBalancer(listener(protocol)), harness.vip));
    }

    private DesiredListener listener(ListenerProtocol protocol) {
        var listener = States.listener(protocol, harness.port, Optional.of(pool.id()));
        return protocol == ListenerProtocol.TLS
                ? States.securedBy(listener, TlsStates.with(TlsStates.certificate("a", Pki.selfSigned("a.example"))))
                : listener;
    }

    /** It has no weight any more and another takes its place; tells when. */
    private long leave(int otherPort) {
        long begun = System.nanoTime();
        pool = Pools.withMembers(pool, Pools.weighing(leaver, 0), Pools.member("127.0.0.1", otherPort));
        harness.serve(pool);
        return begun;
    }

    private static void assertLimitKept(long begun) {
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(LIMIT);
    }

    private static void echo(Socket socket) throws IOException {
        socket.getInputStream().transferTo(socket.getOutputStream());
    }

    private static int exchange(Socket socket, int word) throws IOException {
        socket.getOutputStream().write(word);
        return socket.getInputStream().read();
    }

    private static void awaitEnd(Socket socket) {
        try {
            assertThat(socket.getInputStream().read()).isNegative();
        } catch (IOException reset) {
            // The same.
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.ofLiteral(harness.vip), harness.port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    @Test
    void aTcpSessionIsCutOnTimeAndNewOnesGoElsewhere() throws IOException {
        backend.behave(WorkerLeavingTests::echo);
        other.behave(socket -> socket.getOutputStream().write('o'));
        serve(ListenerProtocol.TCP, PoolProtocol.TCP);
        try (var session = connect();
                var later = connect()) {
            assertThat(exchange(session, 1)).isEqualTo(1);
            assertThat(exchange(later, 2)).isEqualTo(2);
            long begun = leave(other.port());
            assertThat(exchange(session, 3)).isEqualTo(3);
            try (var fresh = connect()) {
                assertThat(fresh.getInputStream().read()).isEqualTo('o');
            }
            awaitEnd(session);
            awaitEnd(later);
            assertLimitKept(begun);
        }
    }

    @Test
    void aTlsSessionToo() throws IOException {
        backend.behave(WorkerLeavingTests::echo);
        serve(ListenerProtocol.TLS, PoolProtocol.TCP);
        try (var session = TlsClients.anonymous().socket(harness.vip, harness.port)) {
            assertThat(exchange(session, 1)).isEqualTo(1);
            long begun = leave(other.port());
            assertThat(exchange(session, 3)).isEqualTo(3);
            awaitEnd(session);
            assertLimitKept(begun);
        }
    }

    @Test
    void aUdpSessionGoesOnAndThenElsewhere() throws IOException {
        var left = harness.resource(UdpServer.named("leaver"));
        var right = harness.resource(UdpServer.named("other"));
        leaver = Pools.member("127.0.0.1", left.address().getPort());
        serve(ListenerProtocol.UDP, PoolProtocol.UDP);
        try (var client = new UdpClient(new InetSocketAddress(InetAddress.ofLiteral(harness.vip), harness.port))) {
            assertThat(client.ask("q")).isEqualTo("leaver:q");
            long begun = leave(right.address().getPort());
            assertThat(client.ask("q")).isEqualTo("leaver:q");
            await().untilAsserted(() -> assertThat(client.ask("q")).isEqualTo("other:q"));
            assertLimitKept(begun);
        }
    }

    @Test
    void aRequestWithoutAnAnswerIsGivenUpAtTheLimit() throws IOException {
        backend.behave(socket -> {
            TestBackend.head(new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1)));
            await().until(() -> memberMayAnswer.getCount() == 0);
        });
        serve(ListenerProtocol.HTTP, PoolProtocol.HTTP);
        try (var client = new TestClient(harness.vip, harness.port)) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            await().until(() -> backend.accepted() == 1);
            long begun = leave(other.port());
            assertThat(client.readLine()).startsWith("HTTP/1.1 502 ");
            assertLimitKept(begun);
        }
    }

    @Test
    void aWebSocketLivesToTheLimit() throws IOException {
        backend.behave(socket -> {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            TestBackend.head(in);
            var answer = "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n";
            socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                socket.getOutputStream().write((line + "\r\n").getBytes(ISO_8859_1));
            }
        });
        serve(ListenerProtocol.HTTP, PoolProtocol.HTTP);
        try (var client = new TestClient(harness.vip, harness.port)) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\none\r\n");
            await().until(() -> client.readLine().equals("one"));
            long begun = leave(other.port());
            client.send("two\r\n");
            assertThat(client.readLine()).isEqualTo("two");
            assertThat(client.isClosedByPeer()).isTrue();
            assertLimitKept(begun);
        }
    }

    @Test
    void anIdleConnectionToItIsClosedAtOnceAndTheClientsStays() throws IOException {
        var ended = new CountDownLatch(1);
        backend.behave(socket -> {
            backend.answer(socket, "leaver", 200);
            ended.countDown();
        });
        serve(ListenerProtocol.HTTP, PoolProtocol.HTTP);
        try (var client = new TestClient(harness.vip, harness.port)) {
            assertThat(client.get("/").body()).isEqualTo("leaver");
            long begun = leave(other.port());
            await().until(() -> ended.getCount() == 0);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LIMIT);
            assertThat(client.get("/").body()).isEqualTo("other");
        }
    }
}
