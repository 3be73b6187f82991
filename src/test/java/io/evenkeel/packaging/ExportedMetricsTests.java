package io.evenkeel.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.TestInstance;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;

/** What the dashboard and the alerts ask for is what a running service exports, and can be read as its chart says. */
@EvenkeelTest
class ExportedMetricsTests {

    private static final int PORT = 18_377;
    private static final int BACKEND_PORT = 19_377;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*)[{ ]");

    /** Shown from the first time on that there is something to show; of Prometheus itself is the last. */
    private static final Set<String> AT_TIMES = Set.of(
            "evenkeel_connections_refused_total",
            "evenkeel_pool_stand_in",
            "evenkeel_tls_handshakes_total",
            "evenkeel_zone_uncovered_seconds",
            "up");

    private final Api api;
    private final String metrics;

    @Autowired
    ExportedMetricsTests(Api api, @Value("${local.management.port}") int management) {
        this.api = api;
        this.metrics = "http://127.0.0.1:" + management + "/actuator/prometheus";
    }

    @Test
    void theServiceExportsWhatIsAskedFor() throws IOException {
        var cloud = Cloud.createOnLoopback(api);
        cloud.server(1);
        try (var member = new Member(cloud.address(1))) {
            var vip = listener(cloud);
            var front = "http://" + vip + ":" + PORT + "/";
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .untilAsserted(
                            () -> assertThat(get(front, "", "").statusCode()).isEqualTo(200));
            assertThat(member.hasAnswered()).isTrue();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(missing(exported())).isEmpty());
        }
    }

    @Test
    void whatTheServiceDoesNotExportIsFound() {
        assertThat(missing(Set.of("evenkeel_requests_total")))
                .contains("jvm_gc_overhead", "hikaricp_connections_timeout_total")
                .doesNotContain("evenkeel_requests_total");
    }

    @Test
    void whatIsShownAtTimesIsInTheCode() throws IOException {
        try (var sources = Files.walk(Path.of("src", "main", "java"))) {
            var code = sources.filter(Files::isRegularFile).map(Watching::read).collect(Collectors.joining());
            assertThat(AT_TIMES)
                    .filteredOn(name -> name.startsWith("evenkeel_"))
                    .allSatisfy(name -> assertThat(code)
                            .containsAnyOf(quoted(name), quoted(name).replace('_', '.'), quoted(name.substring(9))));
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("_total", "") + '"';
    }

    @Test
    void prometheusMayReadThemByABearerToken() throws IOException {
        assertThat(get(metrics, "Authorization", "Bearer " + TestInstance.TOKEN).statusCode())
                .isEqualTo(200);
        assertThat(get(metrics, "Authorization", "Bearer no-token-of-anybody").statusCode())
                .isEqualTo(401);
    }

    @Test
    void theApiTakesNoBearerToken() throws IOException {
        var list = api.root() + api.elb("/pools");

        assertThat(get(list, "Authorization", "Bearer " + TestInstance.TOKEN).statusCode())
                .isEqualTo(401);
        assertThat(get(list, "X-Auth-Token", TestInstance.TOKEN).statusCode()).isEqualTo(200);
    }

    /** Prometheus may be behind what puts an Authorization of its own on everything; health is open all the same. */
    @Test
    void healthTakesNoNoticeOfABearerToken() throws IOException {
        var health = metrics.replace("prometheus", "health/readiness");

        assertThat(get(health, "Authorization", "Bearer no-token-of-anybody").statusCode())
                .isEqualTo(200);
    }

    private static List<String> missing(Set<String> exported) {
        return Watching.metrics().stream()
                .filter(name -> !exported.contains(name) && !AT_TIMES.contains(name))
                .toList();
    }

    private Set<String> exported() throws IOException {
        var names = new TreeSet<String>();
        SAMPLE.matcher(get(metrics, "X-Auth-Token", TestInstance.TOKEN).body())
                .results()
                .forEach(match -> names.add(match.group(1)));
        return names;
    }

    /** An HTTP listener with a member; the VIP that it is on. */
    private String listener(Cloud cloud) {
        var balancer = create("loadbalancer", "/loadbalancers", """
                {"loadbalancer": {"vip_subnet_cidr_id": "%s", "availability_zone_list": ["az-1"]}}""".formatted(cloud.vipSubnetId()));
        var id = balancer.path("id").asString();
        var pool = create("pool", "/pools", """
                        {"pool": {"protocol": "HTTP", "lb_algorithm": "ROUND_ROBIN", "loadbalancer_id": "%s"}}""".formatted(id)).path("id").asString();
        create("healthmonitor", "/healthmonitors", """
                {"healthmonitor": {"pool_id": "%s", "type": "TCP", "delay": 1, "timeout": 1, "max_retries": 1}}""".formatted(pool));
        create("member", "/pools/" + pool + "/members", """
                {"member": {"address": "%s", "subnet_cidr_id": "%s", "protocol_port": %d}}""".formatted(
                        cloud.address(1), cloud.serverSubnetId(), BACKEND_PORT));
        create("listener", "/listeners", """
                {"listener": {"loadbalancer_id": "%s", "protocol": "HTTP", "protocol_port": %d, "default_pool_id": "%s"}}""".formatted(id, PORT, pool));
        return balancer.path("vip_address").asString();
    }

    private JsonNode create(String kind, String path, String body) {
        return api.post(api.elb(path), body).expect(201).path(kind);
    }

    private static HttpResponse<String> get(String url, String header, String value) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(url));
        if (!header.isEmpty()) {
            request.header(header, value);
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Answers everything with 200. */
    private static final class Member implements AutoCloseable {

        private final HttpServer server;
        private volatile boolean hasAnswered;

        Member(String address) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(address), BACKEND_PORT), 16);
            server.createContext("/", exchange -> {
                hasAnswered = true;
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
        }

        boolean hasAnswered() {
            return hasAnswered;
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
