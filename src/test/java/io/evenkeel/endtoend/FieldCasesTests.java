package io.evenkeel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What users of other load balancers try first, each case judged by where the requests land. */
@EvenkeelTest
class FieldCasesTests {

    private static final int PORT = 18_500;
    private static final int BACKEND_PORT = 19_500;
    private static final int CHECK_PORT = 19_501;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int OFF_BY_LOOPS = 2 * Runtime.getRuntime().availableProcessors();
    private static final Set<String> BOTH = Set.of("one", "two");

    private final Api api;
    private final Elb elb;
    private final Cloud cloud;
    private final List<AutoCloseable> servers = new ArrayList<>();
    private final String loadBalancerId;
    private final String vip;

    @Autowired
    FieldCasesTests(Api api) {
        this.api = api;
        this.elb = new Elb(api.root());
        this.cloud = Cloud.createOnLoopback(api);
        var loadBalancer = elb.createLoadBalancer(cloud);
        this.loadBalancerId = loadBalancer.getId();
        this.vip = loadBalancer.getVipAddress();
    }

    @AfterEach
    void closeServers() throws Exception {
        api.delete(api.elb("/loadbalancers/" + loadBalancerId + "/force-elb")).expect(204);
        for (var server : servers) {
            server.close();
        }
    }

    /** Answers its name, and to checks what depends on method, path and port: see {@link #checkAnswer}. */
    private void http(int n, String name) {
        cloud.server(n);
        for (int port : new int[] {BACKEND_PORT, CHECK_PORT}) {
            try {
                var server =
                        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(cloud.address(n)), port), 1024);
                server.createContext("/", exchange -> answer(exchange, name, 200));
                server.createContext(
                        "/check", exchange -> answer(exchange, name, name.equals("one") ? 200 : checkAnswer(exchange)));
                server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
                server.start();
                servers.add(() -> server.stop(0));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static int checkAnswer(HttpExchange exchange) {
        boolean isGood = exchange.getRequestMethod().equals("GET")
                && exchange.getRequestURI().getPath().equals("/check/good")
                && exchange.getLocalAddress().getPort() == BACKEND_PORT;
        return isGood ? 204 : 503;
    }

    private static void answer(HttpExchange exchange, String name, int status) throws IOException {
        try (exchange) {
            boolean hasBody = !exchange.getRequestMethod().equals("HEAD") && status != 204;
            exchange.sendResponseHeaders(status, hasBody ? name.length() : -1);
            if (hasBody) {
                exchange.getResponseBody().write(name.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            }
        }
    }

    private void udp(int n, String name) throws IOException {
        cloud.server(n);
        servers.add(
                UdpServer.named(name, new InetSocketAddress(InetAddress.ofLiteral(cloud.address(n)), BACKEND_PORT)));
    }

    private void twoServers(String protocol) throws IOException {
        if (protocol.equals("UDP")) {
            udp(1, "one");
            udp(2, "two");
        } else {
            http(1, "one");
            http(2, "two");
        }
    }

    private String poolOfTwo(String protocol, String algorithm) throws IOException {
        twoServers(protocol);
        var poolId = elb.createPool(loadBalancerId, protocol, algorithm);
        elb.createMember(poolId, cloud, 1, BACKEND_PORT, 1);
        elb.createMember(poolId, cloud, 2, BACKEND_PORT, 1);
        return poolId;
    }

    /** Whom a client from that address is answered by, over a new connection. */
    private String askedFrom(String from, String protocol) throws IOException {
        if (!protocol.equals("UDP")) {
            try (var client = new Client(from, vip, PORT)) {
                var answer = client.get("/");
                return answer.status() == 200 ? answer.body() : Integer.toString(answer.status());
            }
        }
        var address = new InetSocketAddress(InetAddress.ofLiteral(vip), PORT);
        try (var client = new UdpClient(InetAddress.ofLiteral(from), address)) {
            return client.ask("q").replace(":q", "");
        }
    }

    private String asked(String protocol) throws IOException {
        return askedFrom("127.0.0.1", protocol);
    }

    private void awaitAsked(String protocol, Set<String> expected) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(askedOften(protocol)).isEqualTo(expected));
    }

    private Set<String> askedOften(String protocol) throws IOException {
        var answers = new HashSet<String>();
        for (int i = 0; i < 12; i++) {
            answers.add(asked(protocol));
        }
        return answers;
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP", "TCP", "UDP"})
    void roundRobinGivesBothMembersTheSame(String protocol) throws IOException {
        elb.createListener(loadBalancerId, protocol, PORT, poolOfTwo(protocol, "ROUND_ROBIN"));
        awaitAsked(protocol, BOTH);
        var counts = new TreeMap<String, Integer>();
        for (int i = 0; i < 100; i++) {
            counts.merge(asked(protocol), 1, Integer::sum);
        }
        assertThat(counts.get("one")).isCloseTo(50, within(OFF_BY_LOOPS));
        assertThat(counts.get("two")).isCloseTo(50, within(OFF_BY_LOOPS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP", "TCP"})
    void leastConnectionsGivesBothMembersTheSame(String protocol) throws IOException {
        elb.createListener(loadBalancerId, protocol, PORT, poolOfTwo(protocol, "LEAST_CONNECTIONS"));
        awaitAsked(protocol, BOTH);
        var counts = new TreeMap<String, Integer>();
        var held = new ArrayList<Client>();
        try {
            for (int i = 0; i < 40; i++) {
                var client = new Client(vip, PORT);
                held.add(client);
                counts.merge(client.get("/").body(), 1, Integer::sum);
            }
        } finally {
            for (var client : held) {
                client.close();
            }
        }
        assertThat(counts.get("one")).isCloseTo(20, within(OFF_BY_LOOPS));
        assertThat(counts.get("two")).isCloseTo(20, within(OFF_BY_LOOPS));
    }

    @Test
    void leastConnectionsGivesBothMembersTheSameSessions() throws IOException {
        elb.createListener(loadBalancerId, "UDP", PORT, poolOfTwo("UDP", "LEAST_CONNECTIONS"));
        awaitAsked("UDP", BOTH);
        var counts = new TreeMap<String, Integer>();
        for (int i = 0; i < 40; i++) {
            counts.merge(asked("UDP"), 1, Integer::sum);
        }
        assertThat(counts.get("one")).isCloseTo(20, within(OFF_BY_LOOPS));
        assertThat(counts.get("two")).isCloseTo(20, within(OFF_BY_LOOPS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP", "TCP", "UDP"})
    void sourceIpGivesAClientTheSameMemberAlways(String protocol) throws IOException {
        elb.createListener(loadBalancerId, protocol, PORT, poolOfTwo(protocol, "SOURCE_IP"));
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(BOTH).contains(asked(protocol)));
        var memberOf = new TreeMap<String, String>();
        for (int round = 0; round < 3; round++) {
            for (int client = 1; client <= 40; client++) {
                var from = "127.9.8." + client;
                var member = askedFrom(from, protocol);
                assertThat(memberOf.getOrDefault(from, member)).as(from).isEqualTo(member);
                memberOf.put(from, member);
            }
        }
        assertThat(Set.copyOf(memberOf.values())).isEqualTo(BOTH);
    }

    @Test
    void tcpAndUdpShareAPort() throws IOException {
        elb.createListener(loadBalancerId, "TCP", PORT, poolOfTwo("TCP", "ROUND_ROBIN"));
        udp(3, "three");
        var datagrams = elb.createPool(loadBalancerId, "UDP", "ROUND_ROBIN");
        elb.createMember(datagrams, cloud, 3, BACKEND_PORT, 1);
        elb.createListener(loadBalancerId, "UDP", PORT, datagrams);
        awaitAsked("TCP", BOTH);
        awaitAsked("UDP", Set.of("three"));
    }

    @ParameterizedTest
    @CsvSource({"HTTP,ROUND_ROBIN", "HTTP,LEAST_CONNECTIONS", "TCP,SOURCE_IP", "UDP,ROUND_ROBIN"})
    void aMemberOfWeightZeroGetsNothingNew(String protocol, String algorithm) throws IOException {
        var poolId = poolOfTwo(protocol, algorithm);
        elb.createListener(loadBalancerId, protocol, PORT, poolId);
        var members = elb.members(poolId);
        for (int round = 0; round < 3; round++) {
            elb.setWeight(poolId, members.get(0).getId(), 0);
            awaitAsked(protocol, Set.of("two"));
            elb.setWeight(poolId, members.get(0).getId(), 1);
            elb.setWeight(poolId, members.get(1).getId(), 0);
            awaitAsked(protocol, Set.of("one"));
            elb.setWeight(poolId, members.get(1).getId(), 1);
        }
        if (protocol.equals("HTTP")) {
            members.forEach(member -> elb.setWeight(poolId, member.getId(), 0));
            awaitAsked(protocol, Set.of("503"));
            members.forEach(member -> elb.setWeight(poolId, member.getId(), 1));
            awaitAsked(protocol, BOTH);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP", "TCP"})
    void aMonitorDecidesFromItsFirstResultUntilItIsDeleted(String protocol) throws IOException {
        var poolId = poolOfTwo(protocol, "ROUND_ROBIN");
        elb.createListener(loadBalancerId, protocol, PORT, poolId);
        for (int round = 0; round < 2; round++) {
            awaitAsked(protocol, BOTH);
            assertThat(elb.statuses(poolId)).containsExactly("NO_MONITOR", "NO_MONITOR");
            var monitorId = elb.createHttpMonitor(poolId, "/check/bad");
            awaitAsked(protocol, Set.of("one"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(elb.statuses(poolId)).containsExactly("ONLINE", "OFFLINE"));
            api.delete(api.elb("/healthmonitors/" + monitorId)).expect(204);
        }
        awaitAsked(protocol, BOTH);
    }

    @Test
    void aMemberFollowsEachChangeOfItsMonitor() throws IOException {
        var poolId = poolOfTwo("HTTP", "ROUND_ROBIN");
        elb.createListener(loadBalancerId, "HTTP", PORT, poolId);
        var monitorId = elb.createHttpMonitor(poolId, "/check/good");
        var good = Map.<String, Object>of(
                "url_path",
                "/check/good",
                "http_method",
                "GET",
                "expected_codes",
                "200,204",
                "monitor_port",
                BACKEND_PORT);
        var bad = Map.<String, Object>of(
                "url_path", "/check/other", "http_method", "HEAD", "expected_codes", "200", "monitor_port", CHECK_PORT);
        update("/healthmonitors/" + monitorId, "healthmonitor", good);
        awaitAsked("HTTP", BOTH);
        for (int round = 0; round < 2; round++) {
            for (var attribute : good.keySet()) {
                update("/healthmonitors/" + monitorId, "healthmonitor", Map.of(attribute, bad.get(attribute)));
                awaitAsked("HTTP", Set.of("one"));
                update("/healthmonitors/" + monitorId, "healthmonitor", Map.of(attribute, good.get(attribute)));
                awaitAsked("HTTP", BOTH);
            }
        }
    }

    private void update(String path, String kind, Map<String, Object> fields) {
        api.put(api.elb(path), Map.of(kind, fields)).expect(200);
    }

    @Test
    void trafficSurvivesUpdatesOfEveryKind() throws IOException {
        var poolId = poolOfTwo("HTTP", "ROUND_ROBIN");
        var memberId = elb.members(poolId).getLast().getId();
        var monitorId = elb.createHttpMonitor(poolId, "/check/good");
        update("/healthmonitors/" + monitorId, "healthmonitor", Map.of("expected_codes", "200-204"));
        var listenerId = elb.createListener(loadBalancerId, "HTTP", PORT, poolId);
        var otherPool = elb.createPool(loadBalancerId, "HTTP", "ROUND_ROBIN");
        elb.createMember(otherPool, cloud, 1, BACKEND_PORT, 1);
        awaitAsked("HTTP", BOTH);
        try (var traffic = new Traffic(vip, PORT)) {
            for (int round = 0; round < 2; round++) {
                update(
                        "/loadbalancers/" + loadBalancerId,
                        "loadbalancer",
                        Map.of("name", "n" + round, "description", "d"));
                update("/listeners/" + listenerId, "listener", Map.of("name", "n" + round, "description", "d" + round));
                update("/listeners/" + listenerId, "listener", Map.of("keepalive_timeout", 40 + round));
                update(
                        "/listeners/" + listenerId,
                        "listener",
                        Map.of("client_timeout", 40 + round, "member_timeout", 50));
                update(
                        "/listeners/" + listenerId,
                        "listener",
                        Map.of("insert_headers", Map.of("X-Forwarded-Port", round == 0)));
                for (var algorithm : List.of("SOURCE_IP", "LEAST_CONNECTIONS", "ROUND_ROBIN")) {
                    update("/pools/" + poolId, "pool", Map.of("lb_algorithm", algorithm, "name", algorithm));
                }
                for (var target : List.of(otherPool, poolId)) {
                    update("/listeners/" + listenerId, "listener", Map.of("default_pool_id", target));
                }
                for (int weight : new int[] {0, 100, 1}) {
                    elb.setWeight(poolId, memberId, weight);
                }
                update(
                        "/healthmonitors/" + monitorId,
                        "healthmonitor",
                        Map.of("delay", 2, "timeout", 2, "max_retries", 2));
                update("/healthmonitors/" + monitorId, "healthmonitor", Map.of("type", "TCP"));
                update(
                        "/healthmonitors/" + monitorId,
                        "healthmonitor",
                        Map.of("type", "HTTP", "url_path", "/check/good", "expected_codes", "200-204", "delay", 1));
                elb.createListener(loadBalancerId, "TCP", PORT + 1 + round, poolOf("TCP"));
                int seen = traffic.requests();
                await().atMost(PATIENCE).until(() -> traffic.requests() > seen + 50);
            }
            assertThat(traffic.failures()).as("%s", traffic.firstFailure()).isZero();
            assertThat(traffic.connections()).isEqualTo(1);
            awaitAsked("HTTP", BOTH);
        }
    }

    private String poolOf(String protocol) {
        var poolId = elb.createPool(loadBalancerId, protocol, "ROUND_ROBIN");
        elb.createMember(poolId, cloud, 1, BACKEND_PORT, 1);
        return poolId;
    }
}
