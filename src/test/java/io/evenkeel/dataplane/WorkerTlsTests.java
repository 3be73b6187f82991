package io.evenkeel.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.health.Pools;
import io.evenkeel.dataplane.tls.TlsClients;
import io.evenkeel.dataplane.tls.TlsStates;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import io.evenkeel.desiredstate.DesiredListener;
import io.evenkeel.desiredstate.DesiredLoadBalancer;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.DesiredTls;
import io.evenkeel.desiredstate.ListenerProtocol;
import io.evenkeel.desiredstate.PoolProtocol;
import io.evenkeel.desiredstate.delivery.ApplyOutcome;
import io.evenkeel.desiredstate.delivery.ApplyOutcome.Reason;
import io.evenkeel.testing.Pki;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS and TLS listeners of a worker, over real sockets. */
@OnEveryTransport
class WorkerTlsTests {

    @TempDir
    private Path home;

    private final TlsClients clients = TlsClients.anonymous();
    private WorkerHarness harness;
    private TestBackend backend;

    @BeforeEach
    void start() {
        harness = new WorkerHarness(home);
        backend = harness.backend("a");
    }

    @AfterEach
    void stop() throws Exception {
        harness.close();
    }

    private DesiredPool pool(PoolProtocol protocol) {
        return Pools.speaking(Pools.pool(Pools.member("127.0.0.1", backend.port())), protocol);
    }

    private DesiredListener listener(ListenerProtocol protocol, DesiredPool pool, DesiredTls tls) {
        return States.securedBy(States.listener(protocol, harness.port, Optional.of(pool.id())), tls);
    }

    private static DesiredTls shows(String name) {
        return TlsStates.with(TlsStates.certificate(name, Pki.selfSigned(name)));
    }

    private DesiredLoadBalancer loadBalancer(DesiredListener listener) {
        return States.at(States.loadBalancer(listener), harness.vip);
    }

    private SSLSocket connect() throws IOException {
        return clients.socket(harness.vip, harness.port);
    }

    private String shownName() throws IOException {
        // Of one that has no session yet.
        try (var client = TlsClients.anonymous().socket(harness.vip, harness.port)) {
            client.startHandshake();
            return TlsClients.shownName(client);
        }
    }

    /** The body of an answer to one request. */
    private static String request(Socket client) throws IOException {
        client.getOutputStream()
                .write("GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
        var head = TestBackend.head(in);
        if (head == null) {
            throw new IOException("Closed instead of an answer");
        }
        return head.getFirst().substring(9, 12) + " " + (char) in.read();
    }

    @Test
    void servesHttpsAndTellsMembersWhatTheClientUsed() throws IOException {
        var pool = pool(PoolProtocol.HTTP);
        harness.serve(pool);
        var all = Map.of(
                "X-Forwarded-Proto", "true",
                "X-Forwarded-TLS-Certificate-ID", "true",
                "X-Forwarded-TLS-Protocol", "true",
                "X-Forwarded-TLS-Cipher", "true");
        var https = States.inserting(listener(ListenerProtocol.HTTPS, pool, shows("main")), all);
        harness.serve(loadBalancer(https));
        try (var client = connect()) {
            assertThat(request(client)).isEqualTo("200 a");
            assertThat(backend.heads().getLast().lines())
                    .contains(
                            "X-Forwarded-Proto: https",
                            "X-Forwarded-TLS-Certificate-ID: main",
                            "X-Forwarded-TLS-Protocol: " + client.getSession().getProtocol(),
                            "X-Forwarded-TLS-Cipher: " + client.getSession().getCipherSuite());
        }
    }

    @Test
    void servesTlsInFrontOfPlainMembersAndTellsThemOfTheirClient() throws IOException {
        var head = new AtomicReference<String>();
        backend.behave(socket -> {
            head.set(new String(socket.getInputStream().readNBytes(28 + 5), StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write("world".getBytes(StandardCharsets.ISO_8859_1));
        });
        var pool = pool(PoolProtocol.TCP);
        harness.serve(pool);
        harness.serve(loadBalancer(States.tellingOfClients(listener(ListenerProtocol.TLS, pool, shows("main")))));
        try (var client = connect()) {
            client.getOutputStream().write("hello".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .isEqualTo("world");
        }
        assertThat(head.get()).startsWith("\r\n\r\n\0\r\nQUIT\n").endsWith("hello");
    }

    @Test
    void encryptsAgainToMembersThatSpeakTls() throws Exception {
        try (var member = new TlsMember()) {
            for (var way : List.of(
                    Map.entry(ListenerProtocol.HTTPS, PoolProtocol.HTTPS),
                    Map.entry(ListenerProtocol.TLS, PoolProtocol.TLS))) {
                var pool = Pools.speaking(Pools.pool(Pools.member("127.0.0.1", member.port())), way.getValue());
                harness.serve(pool);
                var loadBalancer = loadBalancer(listener(way.getKey(), pool, shows("main")));
                harness.serve(loadBalancer);
                try (var client = connect()) {
                    assertThat(request(client)).isEqualTo("200 m");
                    assertThat(request(client)).isEqualTo("200 m");
                }
                harness.apply(States.remove(loadBalancer));
            }
        }
    }

    @Test
    void carriesLargeBodiesBothWays() throws IOException {
        var body = new byte[5_000_000];
        new Random(1).nextBytes(body);
        backend.behave(socket -> {
            var in = new BufferedInputStream(socket.getInputStream());
            for (int matched = 0; matched < 4; ) {
                matched = in.read() == "\r\n\r\n".charAt(matched) ? matched + 1 : 0;
            }
            var received = in.readNBytes(body.length);
            socket.getOutputStream()
                    .write(("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(received);
        });
        var pool = pool(PoolProtocol.HTTP);
        harness.serve(pool);
        harness.serve(loadBalancer(listener(ListenerProtocol.HTTPS, pool, shows("main"))));
        try (var client = connect()) {
            client.getOutputStream()
                    .write(("POST / HTTP/1.0\r\nHost: a\r\nContent-Length: " + body.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            client.getOutputStream().write(body);
            var answer = client.getInputStream().readAllBytes();
            assertThat(new String(answer, 0, 12, StandardCharsets.ISO_8859_1)).isEqualTo("HTTP/1.1 200");
            assertThat(Arrays.equals(answer, answer.length - body.length, answer.length, body, 0, body.length))
                    .isTrue();
        }
    }

    @Test
    void keepsTheCertificateItHasWhenTheNextCannotBeUsed() throws IOException {
        var pool = pool(PoolProtocol.HTTP);
        harness.serve(pool);
        var https = listener(ListenerProtocol.HTTPS, pool, shows("first"));
        var loadBalancer = loadBalancer(https);
        harness.serve(loadBalancer);
        assertThat(shownName()).isEqualTo("first");

        var other = Pki.selfSigned(Pki.Wish.of("second").keys(Pki.ec(9)));
        var mixedUp = TlsStates.with(TlsStates.certificate(
                "second", other.pem(), Pki.selfSigned("first").key()));
        var broken = States.next(loadBalancer, States.securedBy(https, mixedUp));
        assertThat(harness.put(broken))
                .isInstanceOfSatisfying(
                        ApplyOutcome.Applied.class,
                        applied -> assertThat(applied.problems())
                                .singleElement()
                                .satisfies(problem -> {
                                    assertThat(problem.reason()).isEqualTo(Reason.CERTIFICATE_NOT_USABLE);
                                    assertThat(problem.message())
                                            .contains("second")
                                            .contains("no pair");
                                }));
        assertThat(shownName()).isEqualTo("first");

        harness.serve(States.next(broken, States.securedBy(https, shows("third"))));
        assertThat(shownName()).isEqualTo("third");
    }

    @Test
    void opensThePortOnceThereIsACertificateToShow() throws IOException {
        var pool = pool(PoolProtocol.HTTP);
        harness.serve(pool);
        var unreadable = TlsStates.with(TlsStates.certificate("bad", "no PEM", "no key"));
        var https = listener(ListenerProtocol.HTTPS, pool, unreadable);
        var loadBalancer = loadBalancer(https);
        assertThat(harness.put(loadBalancer))
                .isInstanceOfSatisfying(
                        ApplyOutcome.Applied.class,
                        applied -> assertThat(applied.problems())
                                .singleElement()
                                .satisfies(problem ->
                                        assertThat(problem.reason()).isEqualTo(Reason.CERTIFICATE_NOT_USABLE)));
        harness.serve(States.next(loadBalancer, States.securedBy(https, shows("good"))));
        assertThat(shownName()).isEqualTo("good");
    }

    @Test
    void servesFromItsLastGoodStateInWhichNoKeyIsReadable() throws IOException {
        var pool = pool(PoolProtocol.HTTP);
        harness.serve(pool);
        var issued = Pki.selfSigned("main");
        harness.serve(loadBalancer(
                listener(ListenerProtocol.HTTPS, pool, TlsStates.with(TlsStates.certificate("main", issued)))));
        harness.restart();
        assertThat(shownName()).isEqualTo("main");
        harness.stop();
        try (var files = Files.list(home)) {
            assertThat(files.toList())
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .doesNotContain("PRIVATE KEY")
                            .doesNotContain(
                                    issued.key().lines().skip(1).findFirst().orElseThrow()));
        }
    }

    @Test
    void replacesCertificatesUnderLoadWithoutAFailure() throws Exception {
        var pool = pool(PoolProtocol.HTTP);
        harness.serve(pool);
        var https = listener(ListenerProtocol.HTTPS, pool, shows("number 0"));
        DesiredLoadBalancer loadBalancer = loadBalancer(https);
        harness.serve(loadBalancer);
        var isOver = new AtomicBoolean();
        var requests = new AtomicInteger();
        var failure = new AtomicReference<Throwable>();
        var keepAlive = Thread.ofVirtual().start(() -> {
            try (var client = connect()) {
                while (!isOver.get()) {
                    assertThat(request(client)).isEqualTo("200 a");
                    requests.incrementAndGet();
                }
            } catch (Exception | AssertionError e) {
                failure.set(e);
            }
        });
        var connecting = Thread.ofVirtual().start(() -> {
            try {
                while (!isOver.get()) {
                    try (var client = connect()) {
                        assertThat(request(client)).isEqualTo("200 a");
                        requests.incrementAndGet();
                    }
                }
            } catch (Exception | AssertionError e) {
                failure.set(e);
            }
        });
        for (int number = 1; number <= 50; number++) {
            loadBalancer = States.next(loadBalancer, States.securedBy(https, shows("number " + number)));
            harness.serve(loadBalancer);
            int before = requests.get();
            await().until(() -> requests.get() > before + 2 || failure.get() != null);
        }
        isOver.set(true);
        keepAlive.join();
        connecting.join();
        assertThat(failure.get()).isNull();
        assertThat(shownName()).isEqualTo("number 50");
    }
}
