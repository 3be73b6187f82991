package io.evenkeel.endtoend;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.evenkeel.dataplane.udp.UdpClient;
import io.evenkeel.dataplane.udp.UdpServer;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Sticky sessions as a user sets them by the API, each case judged by where the requests land. */
@EvenkeelTest
class StickySessionsTests {

    private static final int PORT = 18_700;
    private static final int BACKEND_PORT = 19_700;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<String> NAMES = List.of("one", "two", "three");

    private final Api api;
    private final Elb elb;
    private final Cloud cloud;
    private final Map<String, AutoCloseable> servers = new HashMap<>();
    private final String loadBalancerId;
    private final String vip;

    @Autowired
    StickySessionsTests(Api api) {
        this.api = api;
        this.elb = new Elb(api.root());
        this.cloud = Cloud.createOnLoopback(api);
        var loadBalancer = elb.createLoadBalancer(cloud);
        this.loadBalancerId = loadBalancer.getId();
        this.vip = loadBalancer.getVipAddress();
    }

    @AfterEach
    void closeAll() throws Exception {
        api.delete(api.elb("/loadbalancers/" + loadBalancerId + "/force-elb")).expect(204);
        for (var server : servers.values()) {
            server.close();
        }
    }

    /** Answers its name; the application's cookie is what the path says behind /login/. */
    private void startHttp(String name) {
        try {
            var server = HttpServer.create(address(name), 1024);
            server.createContext("/", exchange -> {
                try (exchange) {
                    var path = exchange.getRequestURI().getPath();
                    if (path.startsWith("/login/")) {
                        exchange.getResponseHeaders().add("Set-Cookie", "SID=" + path.substring(7) + "; Path=/");
                    }
                    exchange.sendResponseHeaders(200, name.length());
                    exchange.getResponseBody().write(name.getBytes(StandardCharsets.US_ASCII));
                }
            });
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            servers.put(name, () -> server.stop(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void start(String protocol, String name) throws IOException {
        if (protocol.equals("UDP")) {
            servers.put(name, UdpServer.named(name, address(name)));
        } else {
            startHttp(name);
        }
    }

    private void stop(String name) throws Exception {
        requireNonNull(servers.remove(name)).close();
    }

    private InetSocketAddress address(String name) {
        return new InetSocketAddress(InetAddress.ofLiteral(cloud.address(NAMES.indexOf(name) + 1)), BACKEND_PORT);
    }

    /** Three members behind a listener; answers the ids by name, and the pool's as "pool". */
    private Ids serve(String protocol, String persistence) throws IOException {
        var answer = api.post(api.elb("/pools"), """
                        {"pool":{"loadbalancer_id":"%s","protocol":"%s","lb_algorithm":"ROUND_ROBIN"%s}}
                        """.formatted(
                                loadBalancerId,
                                protocol,
                                persistence.isEmpty() ? "" : ",\"session_persistence\":" + persistence))
                .expect(201);
        assertThat(answer.path("warnings").toString()).doesNotContain("NOT_IN_EFFECT");
        var ids = new Ids(new HashMap<>());
        ids.put("pool", answer.get("pool").get("id").asString());
        for (int n = 1; n <= 3; n++) {
            cloud.server(n);
            start(protocol, NAMES.get(n - 1));
            ids.put(NAMES.get(n - 1), elb.createMember(ids.of("pool"), cloud, n, BACKEND_PORT, 1));
        }
        elb.createListener(loadBalancerId, protocol, PORT, ids.of("pool"));
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> IntStream.range(0, 12)
                        .mapToObj(i -> unchecked(protocol, "127.9.7." + (1 + i)))
                        .toList()
                        .containsAll(NAMES));
        return ids;
    }

    private String unchecked(String protocol, String from) {
        try {
            return askedFrom(from, protocol);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void persist(String poolId, String persistence) {
        api.put(api.elb("/pools/" + poolId), "{\"pool\":{\"session_persistence\":" + persistence + "}}")
                .expect(200);
    }

    /** Of the pool and, by their names, of its members. */
    private record Ids(Map<String, String> byName) {

        void put(String name, String id) {
            byName.put(name, id);
        }

        String of(String name) {
            return requireNonNull(byName.get(name));
        }
    }

    private record Answer(int status, String body, String head) {

        String cookie(String name) {
            return Arrays.stream(head.split("\r\n"))
                    .filter(line -> line.regionMatches(true, 0, "Set-Cookie: " + name, 0, 12 + name.length()))
                    .map(line -> line.substring(12).split(";", 2)[0])
                    .findFirst()
                    .orElse("");
        }

        String own() {
            return cookie("EVENKEEL-");
        }
    }

    private Answer ask(String from, String path, String cookies) throws IOException {
        try (var socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
            socket.setSoTimeout(10_000);
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral(vip), PORT), 5_000);
            var request = "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                    + (cookies.isEmpty() ? "" : "Cookie: " + cookies + "\r\n") + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            int headEnd = all.indexOf("\r\n\r\n");
            if (headEnd < 0) {
                throw new IOException("no answer: " + all);
            }
            return new Answer(
                    Integer.parseInt(all.substring(9, 12)), all.substring(headEnd + 4), all.substring(0, headEnd));
        }
    }

    private Answer ask(String cookies) throws IOException {
        return ask("127.0.0.1", "/", cookies);
    }

    private String askedFrom(String from, String protocol) throws IOException {
        if (!protocol.equals("UDP")) {
            return ask(from, "/", "").body();
        }
        var to = new InetSocketAddress(InetAddress.ofLiteral(vip), PORT);
        try (var client = new UdpClient(InetAddress.ofLiteral(from), to)) {
            return client.ask("q").replace(":q", "");
        }
    }

    private Map<String, String> homes(String protocol) throws IOException {
        var homes = new TreeMap<String, String>();
        for (int client = 1; client <= 30; client++) {
            var from = "127.9.8." + client;
            homes.put(from, askedFrom(from, protocol));
        }
        return homes;
    }

    /** Its weight counts for newcomers once none of many lands there, or some do. */
    private void weigh(Ids ids, String name, int weight) {
        elb.setWeight(ids.of("pool"), ids.of(name), weight);
        await().atMost(PATIENCE).ignoreExceptionsInstanceOf(IOException.class).until(() -> {
            for (int i = 0; i < 12; i++) {
                if (ask("").body().equals(name)) {
                    return weight > 0;
                }
            }
            return weight == 0;
        });
    }

    @Test
    void aCookieHoldsThroughWeightsAndLossOfOthersAndFollowsItsClient() throws Exception {
        var ids = serve("HTTP", "{\"type\":\"HTTP_COOKIE\",\"persistence_timeout\":10}");
        var first = ask("");
        assertThat(first.head()).contains("Max-Age=600", "HttpOnly", "Path=/");
        assertThat(first.head()).doesNotContain(ids.of(first.body()), ids.of("pool"), cloud.address(1));
        var others = NAMES.stream().filter(name -> !name.equals(first.body())).toList();
        for (int i = 0; i < 10; i++) {
            assertThat(ask(first.own()).body()).isEqualTo(first.body());
        }

        weigh(ids, first.body(), 0);
        assertThat(ask(first.own()).body()).as("at weight 0").isEqualTo(first.body());
        weigh(ids, first.body(), 100);
        stop(others.getFirst());
        for (int i = 0; i < 10; i++) {
            assertThat(ask(first.own()).body()).as("others away").isEqualTo(first.body());
        }
        startHttp(others.getFirst());

        stop(first.body());
        var moved = ask(first.own());
        assertThat(moved.status()).isEqualTo(200);
        assertThat(others).contains(moved.body());
        assertThat(ask(moved.own()).body()).isEqualTo(moved.body());
        startHttp(first.body());
        for (int i = 0; i < 10; i++) {
            assertThat(ask(moved.own()).body()).as("after its return").isEqualTo(moved.body());
        }

        elb.deleteMember(ids.of("pool"), ids.of(moved.body()));
        await().atMost(PATIENCE).until(() -> !ask(moved.own()).body().equals(moved.body()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TCP", "UDP"})
    void anAddressHoldsThroughWeightsAndLossOfOthers(String protocol) throws Exception {
        var ids = serve(protocol, "{\"type\":\"SOURCE_IP\",\"persistence_timeout\":10}");
        var homes = homes(protocol);
        assertThat(homes.values()).containsAll(NAMES);
        assertThat(homes(protocol)).isEqualTo(homes);
        elb.setWeight(ids.of("pool"), ids.of("one"), 50);
        elb.setWeight(ids.of("pool"), ids.of("two"), 0);
        assertThat(homes(protocol)).isEqualTo(homes);

        if (protocol.equals("TCP")) {
            stop("three");
            var moved = homes(protocol);
            homes.forEach((client, home) -> {
                if (home.equals("three")) {
                    assertThat(moved.get(client)).isEqualTo("one");
                } else {
                    assertThat(moved.get(client)).isEqualTo(home);
                }
            });
            startHttp("three");
            assertThat(homes(protocol)).isEqualTo(moved);
        }
    }

    @Test
    void theApplicationsCookieHolds() throws Exception {
        var ids = serve("HTTP", "{\"type\":\"APP_COOKIE\",\"cookie_name\":\"SID\"}");
        for (int client = 0; client < 9; client++) {
            var login = ask("127.0.0.1", "/login/c" + client, "");
            assertThat(login.cookie("SID")).isEqualTo("SID=c" + client);
            for (int i = 0; i < 5; i++) {
                assertThat(ask("SID=c" + client).body()).isEqualTo(login.body());
                assertThat(ask(login.own() + "; SID=c" + client).body()).isEqualTo(login.body());
            }
        }
        var login = ask("127.0.0.1", "/login/last", "");
        weigh(ids, login.body(), 0);
        assertThat(ask("SID=last").body()).isEqualTo(login.body());
    }

    @Test
    void switchingItOnAndOffFailsNoRequest() throws Exception {
        var ids = serve("HTTP", "");
        assertThat(ask("").own()).isEmpty();
        try (var traffic = new Traffic(vip, PORT);
                var more = new Traffic(vip, PORT)) {
            for (int round = 0; round < 10; round++) {
                persist(ids.of("pool"), "{\"type\":\"HTTP_COOKIE\",\"persistence_timeout\":5}");
                await().atMost(PATIENCE).until(() -> !ask("").own().isEmpty());
                persist(ids.of("pool"), "{\"type\":\"APP_COOKIE\",\"cookie_name\":\"SID\"}");
                await().atMost(PATIENCE).until(() -> ask("").own().isEmpty());
                persist(ids.of("pool"), "null");
            }
            assertThat(traffic.failures() + more.failures())
                    .as("%s %s", traffic.firstFailure(), more.firstFailure())
                    .isZero();
            assertThat(traffic.connections() + more.connections()).isEqualTo(2);
            assertThat(traffic.requests()).isGreaterThan(100);
        }
    }
}
