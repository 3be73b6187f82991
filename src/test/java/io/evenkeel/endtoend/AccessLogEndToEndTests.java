package io.evenkeel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a logtank in the API to lines in the file, and from {@code gzip_enable} to what a client gets. */
@EvenkeelTest
class AccessLogEndToEndTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PORT = 18_640;
    private static final int BACKEND_PORT = 19_640;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Api api;
    private final Elb elb;
    private final Cloud cloud;
    private final Path file;
    private String loadBalancerId = "";
    private String vip = "";
    private String poolId = "";
    private Backend backend;

    @Autowired
    AccessLogEndToEndTests(Api api, @Value("${evenkeel.worker.access-log.file}") Path file) {
        this.api = api;
        this.elb = new Elb(api.root());
        this.cloud = Cloud.createOnLoopback(api);
        this.file = file;
        cloud.server(1);
        this.backend = new Backend("x".repeat(2000), cloud.address(1), BACKEND_PORT);
    }

    @BeforeEach
    void serve() {
        var loadBalancer = elb.createLoadBalancer(cloud);
        loadBalancerId = loadBalancer.getId();
        vip = loadBalancer.getVipAddress();
        poolId = elb.createPool(loadBalancerId, "HTTP", "ROUND_ROBIN");
        elb.createMember(poolId, cloud, 1, BACKEND_PORT, 1);
    }

    @AfterEach
    void close() {
        backend.close();
        api.delete(api.elb("/loadbalancers/" + loadBalancerId + "/force-elb")).expect(204);
    }

    private JsonNode logtank() {
        return api.post(
                        api.elb("/logtanks"),
                        Map.of(
                                "logtank",
                                Map.of("loadbalancer_id", loadBalancerId, "log_group_id", "g1", "log_topic_id", "t1")))
                .expect(201);
    }

    private List<JsonNode> lines(String listenerId) throws IOException {
        return !Files.exists(file)
                ? List.of()
                : Files.readAllLines(file).stream()
                        .filter(line -> line.contains(listenerId))
                        .map(JSON::readTree)
                        .toList();
    }

    private void ask(String path) throws IOException {
        try (var client = new Client(vip, PORT)) {
            assertThat(client.get(path).status()).isEqualTo(200);
        }
    }

    @Test
    void aLogtankSwitchesTheLogOnChangesItAndSwitchesItOff() throws IOException {
        var listenerId = elb.createListener(loadBalancerId, "HTTP", PORT, poolId);
        await().atMost(PATIENCE).ignoreExceptionsInstanceOf(IOException.class).untilAsserted(() -> ask("/before"));
        var logtank = logtank();
        assertThat(logtank.path("warnings").toString()).doesNotContain("NOT_IN_EFFECT");
        await().atMost(PATIENCE).untilAsserted(() -> {
            ask("/on");
            assertThat(lines(listenerId)).isNotEmpty();
        });
        assertThat(lines(listenerId)).allSatisfy(line -> {
            assertThat(line.get("request_uri").asString()).isEqualTo("/on");
            assertThat(line.get("log_topic_id").asString()).isEqualTo("t1");
            assertThat(line.get("status").asInt()).isEqualTo(200);
            assertThat(line.get("loadbalancer_id").asString()).isEqualTo(loadBalancerId);
        });

        var path = api.elb("/logtanks/" + logtank.at("/logtank/id").asString());
        api.put(path, Map.of("logtank", Map.of("log_topic_id", "t2"))).expect(200);
        await().atMost(PATIENCE).untilAsserted(() -> {
            ask("/other");
            assertThat(lines(listenerId).getLast().get("log_topic_id").asString())
                    .isEqualTo("t2");
        });
        api.delete(path).expect(204);
        await().atMost(PATIENCE).untilAsserted(() -> {
            int before = lines(listenerId).size();
            ask("/off");
            await().pollDelay(Duration.ofMillis(200))
                    .untilAsserted(() -> assertThat(lines(listenerId)).hasSize(before));
        });
    }

    @Test
    void responsesAreCompressedWhereTheListenerSaysSo() throws IOException {
        backend.answersType("text/plain");
        var made = api.post(
                        api.elb("/listeners"),
                        Map.of(
                                "listener",
                                Map.of(
                                        "protocol",
                                        "HTTP",
                                        "protocol_port",
                                        PORT + 1,
                                        "loadbalancer_id",
                                        loadBalancerId,
                                        "default_pool_id",
                                        poolId,
                                        "gzip_enable",
                                        true)))
                .expect(201);
        assertThat(made.path("warnings").toString()).doesNotContain("gzip_enable");
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(raw(PORT + 1)).contains("Content-Encoding: gzip"));
        var answer = raw(PORT + 1);
        assertThat(answer.length()).isLessThan(1000);
        var chunks = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        int end = chunks.indexOf("\r\n");
        int size = Integer.parseInt(chunks.substring(0, end), 16);
        var first = chunks.substring(end + 2, end + 2 + size).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(first)).readNBytes(100))
                .containsOnly('x');
    }

    private String raw(int port) throws IOException {
        try (var socket = new Socket(InetAddress.ofLiteral(vip), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
