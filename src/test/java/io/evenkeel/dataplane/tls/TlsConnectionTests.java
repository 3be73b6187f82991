package io.evenkeel.dataplane.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.tls.boringssl.ClientContext;
import io.evenkeel.dataplane.tls.boringssl.ServerContext;
import io.evenkeel.dataplane.tls.boringssl.TicketKeys;
import io.evenkeel.dataplane.tls.boringssl.TlsUnusableException;
import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.traffic.ListenerTraffic;
import io.evenkeel.dataplane.traffic.Traffic;
import io.evenkeel.dataplane.transport.Connection;
import io.evenkeel.dataplane.transport.ConnectionHandler;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import io.evenkeel.dataplane.transport.TestTransports;
import io.evenkeel.dataplane.transport.TlsFacts;
import io.evenkeel.dataplane.transport.Transport;
import io.evenkeel.desiredstate.DesiredTls;
import io.evenkeel.desiredstate.DesiredTls.SniMatch;
import io.evenkeel.testing.Pki;
import io.evenkeel.testing.Pki.Wish;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes and bytes over real sockets, with the JDK's TLS on the other side. */
@OnEveryTransport
class TlsConnectionTests {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

    private final TicketKeys tickets = new TicketKeys(0);
    private final UUID listenerId = UUID.randomUUID();
    private final AtomicReference<ServerContext> current = new AtomicReference<>();
    private final ConcurrentLinkedQueue<TlsFacts> facts = new ConcurrentLinkedQueue<>();
    private final Traffic traffic = new Traffic(2);
    private final ListenerTraffic counts = traffic.of(UUID.randomUUID(), listenerId);
    private final ConcurrentLinkedQueue<Integer> loops = new ConcurrentLinkedQueue<>();
    private Transport transport;
    private InetSocketAddress address;

    @BeforeEach
    void open() throws IOException {
        transport = TestTransports.open(2);
        address = transport
                .listen(ANY_PORT, new TlsAcceptor(current::get, this::echo, counts))
                .localAddress();
    }

    @AfterEach
    void close() {
        transport.close();
    }

    private ConnectionHandler echo(Connection connection) {
        var agreed = connection.tls();
        if (agreed != null) {
            facts.add(agreed);
        }
        loops.add(connection.loop().index());
        return new Echo();
    }

    private void serve(DesiredTls tls) {
        current.set(contextOf(tls));
    }

    private ServerContext contextOf(DesiredTls tls) {
        try {
            return ServerContext.of(listenerId, tls, List.of("http/1.1"), TlsStates.KEYS, tickets);
        } catch (TlsUnusableException e) {
            throw new AssertionError(e);
        }
    }

    private static DesiredTls plainTls() {
        return TlsStates.with(TlsStates.certificate("main", Pki.selfSigned("main")));
    }

    private static byte[] random(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] echoed(SSLSocket client, byte[] bytes) throws IOException {
        var sending = CompletableFuture.runAsync(() -> {
            try {
                client.getOutputStream().write(bytes);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        var back = client.getInputStream().readNBytes(bytes.length);
        sending.join();
        return back;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void carriesBytesOfAnyNumberBothWays(String protocol) throws IOException {
        serve(plainTls());
        try (var client = TlsClients.anonymous().socket(address, null, protocol)) {
            for (int length : new int[] {1, 100, 16_383, 16_384, 16_385, 40_000, 3_000_000}) {
                var bytes = random(length);
                assertThat(Arrays.equals(echoed(client, bytes), bytes)).isTrue();
            }
            assertThat(client.getSession().getProtocol()).isEqualTo(protocol);
        }
        assertThat(facts).singleElement().satisfies(agreed -> {
            assertThat(agreed.certificateId()).isEqualTo("main");
            assertThat(agreed.protocol()).isEqualTo(protocol);
            assertThat(agreed.isResumed()).isFalse();
            assertThat(agreed.applicationProtocol()).isNull();
        });
    }

    @Test
    void choosesTheCertificateByTheNameThatTheClientGives() throws IOException {
        serve(TlsStates.with(
                TlsStates.certificate("main", Pki.selfSigned("main")),
                List.of(
                        TlsStates.certificate("shop", Pki.selfSigned("shop"), "shop.example", "www.shop.example"),
                        TlsStates.certificate(
                                "wild", Pki.selfSigned(Wish.of("wild").keys(Pki.rsa(2048, 1))), "*.shop.example")),
                SniMatch.WILDCARD));
        assertThat(shownTo("shop.example")).isEqualTo("shop");
        assertThat(shownTo("WWW.shop.example")).isEqualTo("shop");
        assertThat(shownTo("a.shop.example")).isEqualTo("wild");
        assertThat(shownTo("a.b.shop.example")).isEqualTo("main");
        assertThat(shownTo("other.example")).isEqualTo("main");
        assertThat(shownTo(null)).isEqualTo("main");
        assertThat(facts.stream().map(TlsFacts::certificateId))
                .containsExactly("shop", "shop", "wild", "main", "main", "main");
    }

    private String shownTo(@Nullable String serverName) throws IOException {
        try (var client = TlsClients.anonymous().socket(address, serverName)) {
            echoed(client, random(1));
            return TlsClients.shownName(client);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void takesOnlyClientsWhoseCertificateAnAuthoritySigned(String protocol) throws IOException {
        var authority = Pki.selfSigned(Wish.of("authority").keys(Pki.ec(7)).authority());
        var known = Pki.issue(Wish.of("client").keys(Pki.ec(8)), authority);
        serve(TlsStates.asking(plainTls(), authority));
        try (var client = TlsClients.showing(known).socket(address, null, protocol)) {
            assertThat(echoed(client, random(10))).hasSize(10);
        }
        for (var refused : List.of(TlsClients.anonymous(), TlsClients.showing(Pki.selfSigned("stranger")))) {
            try (var client = refused.socket(address, null, protocol)) {
                assertThatThrownBy(() -> echoed(client, random(10))).isInstanceOf(IOException.class);
            }
        }
        assertThat(facts).hasSize(1);
        await().untilAsserted(() -> assertThat(
                        List.of(count(Count.TLS_FULL), count(Count.TLS_RESUMED), count(Count.TLS_FAILED)))
                .isEqualTo(List.of(1L, 0L, 2L)));
    }

    private long count(Count what) {
        return traffic.read().stream().mapToLong(sample -> sample.get(what)).sum();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void resumesSessionsOnEveryLoopAndWithEveryContextOfTheListener(String protocol) throws IOException {
        serve(plainTls());
        var clients = TlsClients.anonymous();
        for (int i = 0; i < 40; i++) {
            try (var client = clients.socket("127.0.0.1", address.getPort())) {
                client.setEnabledProtocols(new String[] {protocol});
                echoed(client, random(10));
            }
            if (i == 20) {
                serve(plainTls());
            }
        }
        assertThat(loops).contains(0, 1);
        assertThat(facts.stream().skip(1)).allMatch(TlsFacts::isResumed);
        assertThat(count(Count.TLS_RESUMED)).isEqualTo(39);
    }

    @Test
    void resumesNothingOncePolicyOrAuthoritiesChange() throws IOException {
        serve(plainTls());
        var clients = TlsClients.anonymous();
        try (var client = clients.socket("127.0.0.1", address.getPort())) {
            echoed(client, random(10));
        }
        var certificate = TlsStates.certificate("main", Pki.selfSigned("main"));
        serve(TlsStates.policy(certificate, List.of("TLSv1.3"), TlsStates.MODERN));
        try (var client = clients.socket("127.0.0.1", address.getPort())) {
            echoed(client, random(10));
        }
        assertThat(facts).hasSize(2).noneMatch(TlsFacts::isResumed);
    }

    @Test
    void agreesOnHttpWithAClientThatAsksForIt() throws IOException {
        serve(plainTls());
        try (var client = TlsClients.anonymous().socket(address, null)) {
            var parameters = client.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
            client.setSSLParameters(parameters);
            echoed(client, random(10));
            assertThat(client.getApplicationProtocol()).isEqualTo("http/1.1");
        }
    }

    @Test
    void goesOnWithConnectionsOfACertificateThatWasReplaced() throws IOException {
        serve(plainTls());
        try (var before = TlsClients.anonymous().socket(address, null)) {
            echoed(before, random(10));
            serve(TlsStates.with(TlsStates.certificate("next", Pki.selfSigned("next"))));
            assertThat(shownTo(null)).isEqualTo("next");
            assertThat(echoed(before, random(100_000))).hasSize(100_000);
        }
    }

    @Test
    void letsEachDirectionEndForItself() throws IOException {
        serve(plainTls());
        try (var client = TlsClients.anonymous().socket(address, null, "TLSv1.3")) {
            client.getOutputStream().write("last words".getBytes(StandardCharsets.US_ASCII));
            client.shutdownOutput();
            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("last words, you said");
        }
    }

    @Test
    void tellsAClientThatSpeaksNoTlsAndEndsTheConnection() throws IOException {
        serve(plainTls());
        try (var client = new Socket(address.getAddress(), address.getPort())) {
            client.setSoTimeout(20_000);
            client.getOutputStream().write(new byte[] {22, 9, 9, 0, 5, 1, 2, 3, 4, 5});
            // A record of alerts, RFC 8446 §6.
            assertThat(client.getInputStream().readAllBytes()).hasSize(7).startsWith(21, 3);
        }
    }

    @Test
    void refusesProtocolsThatThePolicyDoesNotAllow() throws IOException {
        var certificate = TlsStates.certificate("main", Pki.selfSigned("main"));
        serve(TlsStates.policy(certificate, List.of("TLSv1.3"), TlsStates.MODERN));
        try (var client = TlsClients.anonymous().socket(address, null, "TLSv1.2")) {
            assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(client::startHandshake);
        }
    }

    @Test
    void endsHandshakesThatTakeTooLong() throws IOException {
        serve(plainTls());
        var impatient =
                transport.listen(ANY_PORT, new TlsAcceptor(current::get, this::echo, counts, Duration.ofMillis(50)));
        try (var client = new Socket(
                impatient.localAddress().getAddress(), impatient.localAddress().getPort())) {
            client.setSoTimeout(20_000);
            client.getOutputStream().write(new byte[] {22, 3, 1});
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> client.getInputStream().read())
                    .withMessageContaining("reset");
        }
    }

    @Test
    void connectsToAServerAndCarriesBytes() throws Exception {
        var server = (SSLServerSocket) TlsClients.showing(Pki.selfSigned("member"))
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 10, address.getAddress());
        try (server) {
            var echoing = CompletableFuture.runAsync(() -> {
                try (var peer = server.accept()) {
                    peer.getOutputStream().write(peer.getInputStream().readNBytes(200_000));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            var bytes = random(200_000);
            var received = new Collecting(bytes);
            TlsConnector.connect(
                    transport.loops().getFirst(),
                    new InetSocketAddress(address.getAddress(), server.getLocalPort()),
                    Duration.ofSeconds(10),
                    ClientContext.http(),
                    null,
                    received);
            assertThat(received.all.get(20, TimeUnit.SECONDS)).isEqualTo(bytes);
            echoing.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void failsToConnectToWhatSpeaksNoTls() throws Exception {
        var plain = transport.listen(ANY_PORT, connection -> new Echo());
        var received = new Collecting(random(10));
        TlsConnector.connect(
                transport.loops().getFirst(),
                plain.localAddress(),
                Duration.ofSeconds(10),
                ClientContext.tcp(),
                null,
                received);
        assertThat(received.all).failsWithin(Duration.ofSeconds(20));
        assertThat(received.isConnected).isFalse();
    }

    /** Sends back what comes, and a remark at the end. */
    private static final class Echo implements ConnectionHandler {

        @Override
        public void onData(Connection connection, MemorySegment bytes) {
            connection.write(bytes);
            connection.flush();
            if (!connection.isWritable()) {
                connection.pauseReading();
            }
        }

        @Override
        public void onWritable(Connection connection) {
            connection.resumeReading();
        }

        @Override
        public void onEndOfInput(Connection connection) {
            connection.write(MemorySegment.ofArray(", you said".getBytes(StandardCharsets.US_ASCII)));
            connection.shutdownOutput();
        }

        @Override
        public void onClosed(Connection connection, @Nullable IOException cause) {}
    }

    /** Sends, and collects as many bytes. */
    private static final class Collecting implements ConnectionHandler {

        private final byte[] toSend;
        private final byte[] got;
        private final CompletableFuture<byte[]> all = new CompletableFuture<>();
        private volatile boolean isConnected;
        private int at;

        private Collecting(byte[] toSend) {
            this.toSend = toSend;
            this.got = new byte[toSend.length];
        }

        @Override
        public void onConnected(Connection connection) {
            isConnected = true;
            connection.write(MemorySegment.ofArray(toSend));
            connection.flush();
        }

        @Override
        public void onConnectFailed(IOException cause) {
            all.completeExceptionally(cause);
        }

        @Override
        public void onData(Connection connection, MemorySegment bytes) {
            MemorySegment.copy(bytes, 0, MemorySegment.ofArray(got), at, bytes.byteSize());
            at += (int) bytes.byteSize();
            if (at == got.length) {
                all.complete(got);
                connection.close();
            }
        }

        @Override
        public void onEndOfInput(Connection connection) {
            connection.close();
        }

        @Override
        public void onClosed(Connection connection, @Nullable IOException cause) {
            all.completeExceptionally(new IOException("closed after " + at + " bytes", cause));
        }
    }
}
