package io.evenkeel.endtoend;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.tls.TlsClients;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Pki;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Pools that share the requests of a policy and keep their clients, by where each client lands. */
@EvenkeelTest
class WeightedPoolsTests {

    private static final int PORT = 18_760;
    private static final int BACKEND_PORT = 19_760;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Api api;
    private final Elb elb;
    private final Cloud cloud;
    private final Map<String, Backend> backends = new TreeMap<>();
    private final Map<String, String> ids = new HashMap<>();
    private final String loadBalancerId;
    private final InetSocketAddress listener;
    private boolean isTls;

    /** A browser, as far as cookies go. */
    private static final class Client {

        private final Map<String, String> cookies = new TreeMap<>();
        private String member = "";

        String pool() {
            return member.substring(0, member.indexOf('-'));
        }
    }

    @Autowired
    WeightedPoolsTests(Api api) {
        this.api = api;
        this.elb = new Elb(api.root());
        this.cloud = Cloud.createOnLoopback(api);
        var loadBalancer = elb.createLoadBalancer(cloud);
        this.loadBalancerId = loadBalancer.getId();
        this.listener = new InetSocketAddress(InetAddress.ofLiteral(loadBalancer.getVipAddress()), PORT);
    }

    @AfterEach
    void deleteAll() {
        api.delete(api.elb("/loadbalancers/" + loadBalancerId + "/force-elb")).expect(204);
        backends.values().forEach(Backend::close);
    }

    private String id(String name) {
        return requireNonNull(ids.get(name), name);
    }

    /** Two members, by whose names their pool is known, and a check that finds out soon who is away. */
    private void pool(String name, int firstServer) {
        ids.put(name, elb.createPool(loadBalancerId, "HTTP", "ROUND_ROBIN"));
        elb.createHttpMonitor(id(name), "/check");
        for (int server = firstServer; server < firstServer + 2; server++) {
            var member = name + "-" + server;
            cloud.server(server);
            backends.put(member, new Backend(member, cloud.address(server), BACKEND_PORT));
            ids.put(member, elb.createMember(id(name), cloud, server, BACKEND_PORT, 1));
        }
    }

    private void listener(String protocol) {
        isTls = protocol.equals("HTTPS");
        var body = new HashMap<String, Object>(Map.of(
                "loadbalancer_id", loadBalancerId,
                "protocol", protocol,
                "protocol_port", PORT,
                "enhance_l7policy_enable", true));
        if (isTls) {
            var issued = Pki.selfSigned("main");
            var certificate =
                    Map.of("type", "server", "certificate", issued.pem(), "private_key", issued.key(), "domain", "");
            body.put(
                    "default_tls_container_ref",
                    api.post(api.elb("/certificates"), Map.of("certificate", certificate))
                            .expect(201)
                            .at("/certificate/id")
                            .asString());
        }
        ids.put(
                "listener",
                api.post(api.elb("/listeners"), Map.of("listener", body))
                        .expect(201)
                        .at("/listener/id")
                        .asString());
    }

    private Object shares(int ofOne, int ofTwo) {
        return List.of(Map.of("pool_id", id("one"), "weight", ofOne), Map.of("pool_id", id("two"), "weight", ofTwo));
    }

    private void policy() {
        var fields = Map.of(
                "listener_id",
                id("listener"),
                "action",
                "REDIRECT_TO_POOL",
                "redirect_pools_config",
                shares(1, 1),
                "redirect_pools_sticky_session_config",
                Map.of("enable", true, "timeout", 10),
                "rules",
                List.of(Map.of("type", "PATH", "compare_type", "STARTS_WITH", "value", "/")));
        var answer =
                api.post(api.elb("/l7policies"), Map.of("l7policy", fields)).expect(201);
        assertThat(answer.path("warnings").toString()).doesNotContain("NOT_IN_EFFECT");
        ids.put("policy", answer.at("/l7policy/id").asString());
    }

    private void update(Map<String, ?> fields) {
        api.put(api.elb("/l7policies/" + id("policy")), Map.of("l7policy", fields))
                .expect(200);
    }

    /** Answers what cookies it was told. */
    private List<String> ask(Client client) throws IOException {
        try (Socket socket = isTls ? TlsClients.anonymous().socket(listener, null) : new Socket()) {
            if (!isTls) {
                socket.connect(listener, 5_000);
            }
            socket.setSoTimeout(10_000);
            var sent = new ArrayList<String>();
            client.cookies.forEach((name, value) -> sent.add(name + "=" + value));
            var request = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                    + (sent.isEmpty() ? "" : "Cookie: " + String.join("; ", sent) + "\r\n") + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            if (!all.startsWith("HTTP/1.1 200 ")) {
                throw new IOException("answered " + all);
            }
            client.member = all.substring(all.indexOf("\r\n\r\n") + 4);
            return keep(client, all);
        }
    }

    private static List<String> keep(Client client, String answer) {
        var told = answer.lines()
                .filter(line -> line.regionMatches(true, 0, "Set-Cookie: ", 0, 12))
                .map(line -> line.substring(12))
                .toList();
        for (var cookie : told) {
            var pair = cookie.split(";", 2)[0].split("=", 2);
            client.cookies.put(pair[0], pair[1]);
        }
        return told;
    }

    private Client newcomer() throws IOException {
        var client = new Client();
        ask(client);
        return client;
    }

    private void requireAt(String pool, Client client) throws IOException {
        for (int i = 0; i < 4; i++) {
            ask(client);
            assertThat(client.pool()).isEqualTo(pool);
        }
    }

    private static void eventually(ThrowingRunnable holds) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(holds);
    }

    /** One client that came to this pool first. */
    private Client clientOf(String pool) throws IOException {
        for (int i = 0; i < 20; i++) {
            var client = newcomer();
            if (client.pool().equals(pool)) {
                return client;
            }
        }
        throw new AssertionError("20 clients, and none came to pool " + pool);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP", "HTTPS"})
    void aClientStaysAtItsPoolThroughWeightsAndMembersAndLeavesItWithItsLastMember(String protocol) throws IOException {
        pool("one", 1);
        pool("two", 3);
        listener(protocol);
        policy();
        eventually(() -> {
            clientOf("one");
            clientOf("two");
        });
        var ofOne = clientOf("one");
        var ofTwo = clientOf("two");
        assertThat(ofOne.cookies).hasSize(1).allSatisfy((name, value) -> {
            assertThat(name).startsWith("EVENKEEL-");
            assertThat(value).hasSize(32).doesNotContain(id("one"));
        });
        requireAt("one", ofOne);
        requireAt("two", ofTwo);

        update(Map.of("redirect_pools_config", shares(100, 0)));
        eventually(() -> {
            for (int i = 0; i < 10; i++) {
                assertThat(newcomer().pool()).isEqualTo("one");
            }
        });
        requireAt("two", ofTwo);
        requireAt("one", ofOne);

        elb.deleteMember(id("two"), id("two-3"));
        eventually(() -> {
            requireAt("two", ofTwo);
            assertThat(ofTwo.member).isEqualTo("two-4");
        });
        requireNonNull(backends.get("two-4")).stop();
        eventually(() -> {
            ask(ofTwo);
            assertThat(ofTwo.pool()).as("its pool has nobody").isEqualTo("one");
        });
        requireNonNull(backends.get("two-4")).startAgain();
        update(Map.of("redirect_pools_config", shares(1, 1)));
        eventually(() -> clientOf("two"));
        requireAt("one", ofTwo);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP", "HTTPS"})
    void theMembersOfAPoolKeepTheirClientsBesideThePolicy(String protocol) throws IOException {
        pool("one", 1);
        pool("two", 3);
        for (var pool : List.of("one", "two")) {
            var persistence = Map.of("type", "HTTP_COOKIE", "persistence_timeout", 10);
            api.put(api.elb("/pools/" + id(pool)), Map.of("pool", Map.of("session_persistence", persistence)))
                    .expect(200);
        }
        listener(protocol);
        policy();
        eventually(() -> {
            clientOf("one");
            clientOf("two");
        });
        for (int i = 0; i < 8; i++) {
            var client = newcomer();
            assertThat(client.cookies).hasSize(2);
            var home = client.member;
            for (int again = 0; again < 4; again++) {
                assertThat(ask(client)).isEmpty();
                assertThat(client.member).isEqualTo(home);
            }
        }
        var known = newcomer();
        update(Map.of("redirect_pools_sticky_session_config", Map.of("enable", false)));
        eventually(() -> assertThat(newcomer().cookies).hasSize(1));
        for (int i = 0; i < 4; i++) {
            ask(known);
        }
        assertThat(known.cookies).as("policy and both pools").hasSize(3);
    }
}
