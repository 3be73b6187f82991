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
import io.evenkeel.desiredstate.DesiredAccessLog;
import io.evenkeel.desiredstate.DesiredListener;
import io.evenkeel.desiredstate.DesiredLoadBalancer;
import io.evenkeel.desiredstate.DesiredMember;
import io.evenkeel.desiredstate.DesiredPool;
import io.evenkeel.desiredstate.ListenerProtocol;
import io.evenkeel.desiredstate.PoolProtocol;
import io.evenkeel.testing.Pki;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The access log of a worker, as it stands in its file after real traffic. */
@OnEveryTransport
class WorkerAccessLogTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Optional<DesiredAccessLog> LOG = Optional.of(new DesiredAccessLog("group-1", "topic-1"));

    @TempDir
    private Path home;

    private Path file;
    private WorkerHarness harness;
    private TestBackend backend;
    private DesiredMember member;

    @BeforeEach
    void start() {
        file = home.resolve("access.log");
        harness = new WorkerHarness(home, new AccessLogOptions(file, 1024));
        backend = harness.backend("a");
        member = Pools.member("127.0.0.1", backend.port());
    }

    @AfterEach
    void stop() throws Exception {
        harness.close();
    }

    /** Where no one listens, and no other test comes to. */
    private DesiredMember nobody() {
        return Pools.member(harness.vip, 9);
    }

    private DesiredPool pool(PoolProtocol protocol) {
        var pool = Pools.speaking(Pools.pool(member), protocol);
        harness.serve(pool);
        return pool;
    }

    private DesiredLoadBalancer serve(DesiredListener listener) {
        var loadBalancer = States.at(States.loadBalancer(listener), harness.vip).withAccessLog(LOG);
        harness.serve(loadBalancer);
        return loadBalancer;
    }

    private DesiredListener listener(ListenerProtocol protocol, DesiredPool pool) {
        return States.listener(protocol, harness.port, Optional.of(pool.id()));
    }

    private List<JsonNode> awaitLines(int count) throws IOException {
        await().untilAsserted(() -> assertThat(lines()).hasSize(count));
        return lines().stream().map(JSON::readTree).toList();
    }

    private List<String> lines() throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private JsonNode awaitLine() throws IOException {
        return awaitLines(1).getFirst();
    }

    /** Sends it and reads to the end. */
    private String send(String request) throws IOException {
        try (var socket = new Socket()) {
            socket.setSoTimeout(20_000);
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral(harness.vip), harness.port));
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String get(String target, String... fields) {
        return "GET " + target + " HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n"
                + String.join("\r\n", fields) + (fields.length > 0 ? "\r\n" : "") + "\r\n";
    }

    @Test
    void aRequestIsALineThatTellsAllOfIt() throws IOException {
        var pool = pool(PoolProtocol.HTTP);
        var listener = listener(ListenerProtocol.HTTP, pool);
        var loadBalancer = serve(listener);
        var request = get("/shop?q=%22a%22&b", "User-Agent: curl/8 \"x\"", "Referer: http://a.example/");
        var answer = send(request);

        var line = awaitLine();
        assertThat(line.get("time").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(line.get("id").asString()).matches("[0-9a-f]{32}");
        assertThat(line.get("type").asString()).isEqualTo("http");
        assertThat(line.get("log_group_id").asString()).isEqualTo("group-1");
        assertThat(line.get("log_topic_id").asString()).isEqualTo("topic-1");
        assertThat(line.get("loadbalancer_id").asString())
                .isEqualTo(loadBalancer.id().toString());
        assertThat(line.get("listener_id").asString()).isEqualTo(listener.id().toString());
        assertThat(line.get("pool_id").asString()).isEqualTo(pool.id().toString());
        assertThat(line.get("member_id").asString()).isEqualTo(member.id().toString());
        assertThat(line.get("remote_addr").asString()).isEqualTo("127.0.0.1");
        assertThat(line.get("vip_address").asString()).isEqualTo(harness.vip);
        assertThat(line.get("listener_port").asInt()).isEqualTo(harness.port);
        assertThat(line.get("request_method").asString()).isEqualTo("GET");
        assertThat(line.get("scheme").asString()).isEqualTo("http");
        assertThat(line.get("host").asString()).isEqualTo("shop.example");
        assertThat(line.get("request_uri").asString()).isEqualTo("/shop?q=%22a%22&b");
        assertThat(line.get("server_protocol").asString()).isEqualTo("HTTP/1.1");
        assertThat(line.get("http_user_agent").asString()).isEqualTo("curl/8 \"x\"");
        assertThat(line.get("http_referer").asString()).isEqualTo("http://a.example/");
        assertThat(line.get("status").asInt()).isEqualTo(200);
        assertThat(line.get("bytes_received").asInt()).isEqualTo(request.length());
        assertThat(line.get("bytes_sent").asInt()).isEqualTo(answer.length());
        assertThat(line.get("upstream_addr").asString()).isEqualTo("127.0.0.1");
        assertThat(line.get("upstream_port").asInt()).isEqualTo(backend.port());
        assertThat(line.get("upstream_status").asInt()).isEqualTo(200);
        assertThat(line.get("retries").asInt()).isZero();
        double total = line.get("request_time").asDouble();
        assertThat(line.get("upstream_connect_time").asDouble()).isBetween(0.0, total);
        assertThat(line.get("upstream_header_time").asDouble()).isBetween(0.0, total);
        assertThat(line.get("upstream_response_time").asDouble()).isBetween(0.0, total);
        assertThat(line.has("reason")).isFalse();
        assertThat(line.has("ssl_protocol")).isFalse();
        assertThat(harness.worker().accessLog().written()).isEqualTo(1);
        assertThat(harness.worker().accessLog().dropped()).isZero();
    }

    @Test
    void bodiesAreCountedBothWays() throws IOException {
        backend.behave(socket -> {
            TestBackend.head(
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1), 1));
            socket.getOutputStream()
                    .write("HTTP/1.1 201 X\r\nTransfer-Encoding: chunked\r\n\r\n5;x=1\r\nhello\r\n0\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1));
            socket.getInputStream().read();
        });
        serve(listener(ListenerProtocol.HTTP, pool(PoolProtocol.HTTP)));
        var request = "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 10\r\n\r\n0123456789";
        var answer = send(request);
        var line = awaitLine();
        assertThat(line.get("status").asInt()).isEqualTo(201);
        assertThat(line.get("bytes_received").asInt()).isEqualTo(request.length());
        assertThat(line.get("bytes_sent").asInt()).isEqualTo(answer.length());
    }

    @Test
    void ownAnswersSayWhy() throws IOException {
        member = nobody();
        var pool = pool(PoolProtocol.HTTP);
        var loadBalancer = serve(listener(ListenerProtocol.HTTP, pool));
        assertThat(send(get("/gone"))).contains("502");
        assertThat(send("GET / HTTP/1.1\r\nHo st: a\r\n\r\n")).contains("400");
        harness.apply(States.remove(States.atGeneration(pool, pool.generation() + 1)));
        assertThat(send(get("/nobody"))).contains("503");
        var lines = awaitLines(3);
        assertThat(lines)
                .allMatch(line -> line.get("loadbalancer_id")
                        .asString()
                        .equals(loadBalancer.id().toString()));
        var gone = ofStatus(lines, 502);
        assertThat(gone.get("reason").asString()).isEqualTo("connect-failed");
        assertThat(gone.get("member_id").asString()).isEqualTo(member.id().toString());
        var bad = ofStatus(lines, 400);
        assertThat(bad.get("reason").asString()).isEqualTo("bad-request");
        assertThat(bad.has("request_uri")).isFalse();
        var nobody = ofStatus(lines, 503);
        assertThat(nobody.get("reason").asString()).isEqualTo("no-healthy-member");
        assertThat(nobody.get("request_uri").asString()).isEqualTo("/nobody");
        assertThat(nobody.has("member_id")).isFalse();
    }

    private static JsonNode ofStatus(List<JsonNode> lines, int status) {
        return lines.stream()
                .filter(line -> line.path("status").asInt() == status)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRetryIsCountedAndTheLastMemberNamed() throws IOException {
        var pool = Pools.pool(nobody(), member);
        harness.serve(pool);
        serve(listener(ListenerProtocol.HTTP, pool));
        for (int i = 0; i < 4; i++) {
            assertThat(send(get("/"))).contains("200");
        }
        var lines = awaitLines(4);
        assertThat(lines)
                .allMatch(line ->
                        line.get("member_id").asString().equals(member.id().toString()));
        assertThat(lines.stream().mapToInt(line -> line.get("retries").asInt()).sum())
                .isPositive();
    }

    @Test
    void aClientThatLeavesIsTold() throws IOException {
        var isAsked = new CountDownLatch(1);
        backend.behave(socket -> {
            var _ = socket.getInputStream().read();
            isAsked.countDown();
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
        serve(listener(ListenerProtocol.HTTP, pool(PoolProtocol.HTTP)));
        try (var client = new TestClient(harness.vip, harness.port)) {
            client.send(get("/left"));
            await().until(() -> isAsked.getCount() == 0);
            client.reset();
        }
        var line = awaitLine();
        assertThat(line.has("status")).isFalse();
        assertThat(line.get("reason").asString()).isEqualTo("client-closed");
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "TLS"})
    void aSessionIsALine(ListenerProtocol protocol) throws IOException {
        var plain = listener(protocol, pool(PoolProtocol.TCP));
        boolean hasTls = protocol == ListenerProtocol.TLS;
        serve(
                hasTls
                        ? States.securedBy(plain, TlsStates.with(TlsStates.certificate("main", Pki.selfSigned("main"))))
                        : plain);
        var address = new InetSocketAddress(InetAddress.ofLiteral(harness.vip), harness.port);
        var request = get("/");
        try (var socket = hasTls
                ? TlsClients.anonymous().socket(address, "shop.example")
                : new Socket(harness.vip, harness.port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readNBytes(20);
        }
        var line = awaitLine();
        assertThat(line.get("type").asString()).isEqualTo(hasTls ? "tls" : "tcp");
        assertThat(line.get("bytes_received").asInt()).isEqualTo(request.length());
        assertThat(line.get("bytes_sent").asInt()).isPositive();
        assertThat(line.get("member_id").asString()).isEqualTo(member.id().toString());
        assertThat(line.get("session_time").asDouble()).isPositive();
        assertThat(line.has("status")).isFalse();
        assertThat(line.path("ssl_protocol").asString("")).isEqualTo(hasTls ? "TLSv1.3" : "");
        assertThat(line.path("sni_domain_name").asString("")).isEqualTo(hasTls ? "shop.example" : "");
        assertThat(line.path("certificate_id").asString("")).isEqualTo(hasTls ? "main" : "");
        assertThat(line.has("ssl_cipher")).isEqualTo(hasTls);
    }

    @Test
    void aSessionWithoutAMemberSaysSo() throws IOException {
        member = nobody();
        serve(listener(ListenerProtocol.TCP, pool(PoolProtocol.TCP)));
        assertThat(send("")).isEmpty();
        var line = awaitLine();
        assertThat(line.get("reason").asString()).isEqualTo("connect-failed");
        assertThat(line.get("retries").asInt()).isZero();
    }

    @Test
    void datagramsAreALineForEachSession() throws IOException {
        var server =
                harness.resource(UdpServer.named("a", new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0)));
        member = Pools.member("127.0.0.1", server.address().getPort());
        var loadBalancer = serve(listener(ListenerProtocol.UDP, pool(PoolProtocol.UDP)));
        try (var client = new UdpClient(new InetSocketAddress(InetAddress.ofLiteral(harness.vip), harness.port))) {
            assertThat(client.ask("question")).isEqualTo("a:question");
        }
        harness.apply(States.remove(States.atGeneration(loadBalancer, loadBalancer.generation() + 1)));
        var line = awaitLine();
        assertThat(line.get("type").asString()).isEqualTo("udp");
        assertThat(line.get("bytes_received").asInt()).isEqualTo(8);
        assertThat(line.get("bytes_sent").asInt()).isEqualTo(10);
        assertThat(line.get("member_id").asString()).isEqualTo(member.id().toString());
    }

    @Test
    void aRequestOverHttp2IsALineAndItsAnswerCompressed() throws Exception {
        var text = "x".repeat(5000);
        backend.behave(TestBackend.sending(
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5000\r\n\r\n" + text));
        var tls = TlsStates.offeringHttp2(TlsStates.with(TlsStates.certificate("main", Pki.selfSigned("main"))), true);
        serve(States.securedBy(listener(ListenerProtocol.HTTPS, pool(PoolProtocol.HTTP)), tls)
                .withCompression(true));
        var request = HttpRequest.newBuilder(URI.create("https://" + harness.vip + ":" + harness.port + "/two?q"))
                .header("Accept-Encoding", "gzip")
                .build();
        try (var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(TlsClients.anonymous().context())
                .build()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.headers().firstValue("content-encoding")).contains("gzip");
            assertThat(answer.body().length).isLessThan(200);
            assertThat(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes())
                    .asString()
                    .isEqualTo(text);
        }
        var line = awaitLine();
        assertThat(line.get("type").asString()).isEqualTo("https");
        assertThat(line.get("scheme").asString()).isEqualTo("https");
        assertThat(line.get("server_protocol").asString()).isEqualTo("HTTP/2.0");
        assertThat(line.get("request_uri").asString()).isEqualTo("/two?q");
        assertThat(line.get("host").asString()).isEqualTo(harness.vip + ":" + harness.port);
        assertThat(line.get("remote_port").asInt()).isPositive();
        assertThat(line.get("bytes_sent").asInt()).isLessThan(600);
        assertThat(line.get("ssl_protocol").asString()).isEqualTo("TLSv1.3");
    }

    @Test
    void noLineIsWrittenUnlessAskedForAndTheSwitchReachesOpenConnections() throws IOException {
        var loadBalancer = serve(listener(ListenerProtocol.HTTP, pool(PoolProtocol.HTTP)));
        try (var client = new TestClient(harness.vip, harness.port)) {
            assertThat(client.get("/1").code()).isEqualTo(200);
            loadBalancer = States.atGeneration(loadBalancer, 10).withAccessLog(Optional.empty());
            harness.serve(loadBalancer);
            assertThat(client.get("/2").code()).isEqualTo(200);
            harness.serve(States.atGeneration(loadBalancer, 11).withAccessLog(LOG));
            assertThat(client.get("/3").code()).isEqualTo(200);
        }
        assertThat(awaitLines(2).stream().map(line -> line.get("request_uri").asString()))
                .containsExactly("/1", "/3");
    }
}
