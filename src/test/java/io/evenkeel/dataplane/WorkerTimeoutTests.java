package io.evenkeel.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.dataplane.health.Pools;
import io.evenkeel.dataplane.tls.TlsClients;
import io.evenkeel.dataplane.tls.TlsStates;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import io.evenkeel.desiredstate.DesiredListener;
import io.evenkeel.desiredstate.DesiredTls;
import io.evenkeel.desiredstate.ListenerProtocol;
import io.evenkeel.desiredstate.PoolProtocol;
import io.evenkeel.testing.Pki;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of listener keeps its timeouts, with TLS as without. */
@OnEveryTransport
class WorkerTimeoutTests {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path home;

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

    private void serve(ListenerProtocol protocol, Duration keepalive, Duration client, Duration member) {
        boolean hasTls = protocol == ListenerProtocol.TLS || protocol == ListenerProtocol.HTTPS;
        boolean isHttp = protocol == ListenerProtocol.HTTP || protocol == ListenerProtocol.HTTPS;
        var pool = Pools.speaking(
                Pools.pool(Pools.member("127.0.0.1", backend.port())), isHttp ? PoolProtocol.HTTP : PoolProtocol.TCP);
        harness.serve(pool);
        var tls = hasTls
                ? Optional.of(TlsStates.with(TlsStates.certificate("main", Pki.selfSigned("main"))))
                : Optional.<DesiredTls>empty();
        var listener = new DesiredListener(
                UUID.randomUUID(),
                "listener",
                protocol,
                harness.port,
                List.of(),
                true,
                Optional.of(pool.id()),
                keepalive,
                client,
                member,
                Map.of(),
                false,
                false,
                tls);
        harness.serve(States.at(States.loadBalancer(listener), harness.vip));
    }

    private Socket connect(ListenerProtocol protocol) throws IOException {
        var address = new InetSocketAddress(InetAddress.ofLiteral(harness.vip), harness.port);
        if (protocol == ListenerProtocol.TLS || protocol == ListenerProtocol.HTTPS) {
            return TlsClients.anonymous().socket(address, null);
        }
        var socket = new Socket();
        socket.setSoTimeout(20_000);
        socket.connect(address);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "TLS", "HTTP", "HTTPS"})
    void closesWhatIsIdleAfterTheKeepaliveTimeout(ListenerProtocol protocol) throws IOException {
        serve(protocol, SHORT, LONG, LONG);
        try (var socket = connect(protocol)) {
            send(socket, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(rest(socket)).startsWith("HTTP/1.1 200").endsWith("a");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP", "HTTPS"})
    void answers408WhenTheRestOfARequestDoesNotComeInTime(ListenerProtocol protocol) throws IOException {
        serve(protocol, LONG, SHORT, LONG);
        try (var socket = connect(protocol)) {
            send(socket, "GET / HTTP/1.1\r\nHos");
            assertThat(rest(socket)).startsWith("HTTP/1.1 408");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP", "HTTPS"})
    void answers504WhenTheMemberDoesNotAnswerInTime(ListenerProtocol protocol) throws IOException {
        backend.behave(socket -> socket.getInputStream().transferTo(OutputStream.nullOutputStream()));
        serve(protocol, LONG, LONG, SHORT);
        try (var socket = connect(protocol)) {
            send(socket, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(rest(socket)).startsWith("HTTP/1.1 504").contains("member-timeout");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP", "HTTPS"})
    void resetsWhenTheRestOfAResponseDoesNotComeInTime(ListenerProtocol protocol) throws IOException {
        backend.behave(socket -> {
            send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
        serve(protocol, LONG, LONG, SHORT);
        try (var socket = connect(protocol)) {
            send(socket, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThatThrownBy(() -> rest(socket)).isInstanceOf(IOException.class);
        }
    }
}
