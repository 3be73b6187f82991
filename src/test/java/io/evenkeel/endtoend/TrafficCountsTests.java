package io.evenkeel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.TestInstance;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What goes through a listener stands in the rows of traffic and is shown to Prometheus, to the last request. */
@EvenkeelTest
class TrafficCountsTests {

    private static final int PORT = 18_372;
    private static final int BACKEND_PORT = 19_372;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final JdbcClient jdbc;
    private final String metrics;
    private final Elb elb;
    private final Cloud cloud;
    private List<Backend> backends = List.of();
    private String vip = "";
    private String poolId = "";
    private String listenerId = "";
    private String first = "";
    private String second = "";

    @Autowired
    TrafficCountsTests(Api api, JdbcClient jdbc, @Value("${local.management.port}") int management) {
        this.jdbc = jdbc;
        this.metrics = "http://127.0.0.1:" + management + "/actuator/prometheus";
        this.elb = new Elb(api.root());
        this.cloud = Cloud.createOnLoopback(api);
    }

    @BeforeEach
    void serve() {
        backends = Stream.of(1, 2).map(this::backend).toList();
        var loadBalancer = elb.createLoadBalancer(cloud);
        vip = loadBalancer.getVipAddress();
        poolId = elb.createPool(loadBalancer.getId(), "HTTP", "ROUND_ROBIN");
        elb.createTcpMonitor(poolId);
        first = elb.createMember(poolId, cloud, 1, BACKEND_PORT, 3);
        second = elb.createMember(poolId, cloud, 2, BACKEND_PORT, 1);
        listenerId = elb.createListener(loadBalancer.getId(), "HTTP", PORT, poolId);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(elb.statuses(poolId)).containsOnly("ONLINE"));
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(Client.once(vip, PORT).status()).isEqualTo(200));
    }

    private Backend backend(int n) {
        cloud.server(n);
        return new Backend("backend-" + n, cloud.address(n), BACKEND_PORT);
    }

    @AfterEach
    void close() {
        backends.forEach(Backend::close);
    }

    /** Sends so many requests over one connection. */
    private void send(int requests, String path) throws IOException {
        try (var client = new Client(vip, PORT)) {
            for (int i = 0; i < requests; i++) {
                client.get(path);
            }
        }
    }

    private long stored(String column, String where) {
        return jdbc.sql("select coalesce(sum(%s), 0) from traffic_10s where listener_id = ? and %s"
                        .formatted(column, where))
                .param(UUID.fromString(listenerId))
                .query(Long.class)
                .single();
    }

    private void awaitStored(String column, String where, long value) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(stored(column, where)).as(column).isEqualTo(value));
    }

    @Test
    void requestsStandInRowsOfTheirListenerPoolAndMember() throws IOException {
        awaitStored("responses_2xx", "true", served());
        long accepted = stored("accepted", "pool_id is null");
        long before = backends.getFirst().served();

        send(40, "/");

        long ofFirst = backends.getFirst().served();
        assertThat(ofFirst - before).isEqualTo(30);
        var member = "pool_id = '%s' and member_id = '%s'".formatted(poolId, first);
        awaitStored("responses_2xx", member, ofFirst);
        awaitStored("picked", member, ofFirst);
        awaitStored("(select sum(n) from unnest(time_counts) n)", member, ofFirst);
        awaitStored(
                "responses_2xx",
                "member_id = '%s'".formatted(second),
                backends.getLast().served());
        awaitStored("accepted", "pool_id is null", accepted + 1);
        assertThat(stored("bytes_in", member)).isGreaterThan(30 * 18);
        assertThat(stored("bytes_out", member)).isGreaterThan(30 * 19);
        assertThat(stored("failures + retries + connect_failures + responses_5xx", "true"))
                .isZero();
    }

    private int served() {
        return backends.stream().mapToInt(Backend::served).sum();
    }

    @Test
    void prometheusReadsTheSameNumbers() throws IOException {
        backends.forEach(backend -> backend.answerChecksWith(404));
        var ofPool = "listener_id=\"%s\",pool_id=\"%s\"".formatted(listenerId, poolId);
        var ofFirst = "listener_id=\"%s\",member_id=\"%s\",pool_id=\"%s\"".formatted(listenerId, first, poolId);
        var ofListener = "{listener_id=\"%s\"}".formatted(listenerId);
        long asked = served();
        awaitValue("evenkeel_requests_total{code=\"2xx\"," + ofPool + "}", asked);
        long accepted = value("evenkeel_connections_accepted_total" + ofListener);

        send(40, "/");
        send(8, "/check");

        awaitValue("evenkeel_requests_total{code=\"2xx\"," + ofPool + "}", asked + 40);
        awaitValue("evenkeel_requests_total{code=\"4xx\"," + ofPool + "}", 8);
        awaitValue("evenkeel_requests_total{code=\"5xx\"," + ofPool + "}", 0);
        awaitValue("evenkeel_member_requests_total{code=\"4xx\"," + ofFirst + "}", 6);
        awaitValue("evenkeel_picks_total{" + ofPool + "}", asked + 48);
        awaitValue("evenkeel_picks_active{" + ofPool + "}", 0);
        awaitValue("evenkeel_failures_total{" + ofPool + "}", 0);
        awaitValue("evenkeel_connections_accepted_total" + ofListener, accepted + 2);
        awaitValue("evenkeel_connections_open" + ofListener, 0);
        awaitValue("evenkeel_response_duration_seconds_count{" + ofPool + "}", asked + 48);
        awaitValue("evenkeel_response_duration_seconds_bucket{" + ofPool + ",le=\"+Inf\"}", asked + 48);
        awaitValue("evenkeel_pool_members{pool_id=\"%s\",status=\"online\"}".formatted(poolId), 2);
        awaitValue("evenkeel_pool_members{pool_id=\"%s\",status=\"offline\"}".formatted(poolId), 0);
        awaitValue("evenkeel_member_series_left_out", 0);
    }

    @Test
    void everyMetricOfOursIsDocumented() throws IOException {
        var documented = Files.readString(Path.of("docs", "metrics.md"));

        var shown = scrape(TestInstance.TOKEN)
                .body()
                .lines()
                .filter(line -> line.startsWith("# TYPE evenkeel_"))
                .map(line -> line.split(" ", 4)[2])
                .toList();

        assertThat(shown).contains("evenkeel_requests_total", "evenkeel_certificate_expired");
        assertThat(shown).allSatisfy(name -> assertThat(documented).contains("`" + name + "`"));
    }

    @Test
    void onlyAnAdministratorReadsMetrics() throws IOException {
        assertThat(scrape("no-token-of-anybody").statusCode()).isEqualTo(401);
    }

    private void awaitValue(String series, long value) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(value(series)).as(series).isEqualTo(value));
    }

    private long value(String series) throws IOException {
        return scrape(TestInstance.TOKEN)
                .body()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(-1);
    }

    private HttpResponse<String> scrape(String token) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(metrics))
                .header("X-Auth-Token", token)
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
