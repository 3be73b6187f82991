package io.evenkeel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** From IP groups and limits in the API to who gets an answer. */
@EvenkeelTest
class AccessEndToEndTests {

    private static final int PORT = 18_620;
    private static final int BACKEND_PORT = 19_620;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String HERE = "127.0.0.1";
    private static final String THERE = "127.0.0.2";

    private final Api api;
    private final JdbcClient jdbc;
    private final Elb elb;
    private final Cloud cloud;
    private final List<AutoCloseable> resources = new ArrayList<>();
    private String loadBalancerId = "";
    private String vip = "";
    private String poolId = "";

    @Autowired
    AccessEndToEndTests(Api api, JdbcClient jdbc) {
        this.api = api;
        this.jdbc = jdbc;
        this.elb = new Elb(api.root());
        this.cloud = Cloud.createOnLoopback(api);
    }

    @BeforeEach
    void serve() {
        var loadBalancer = elb.createLoadBalancer(cloud);
        loadBalancerId = loadBalancer.getId();
        vip = loadBalancer.getVipAddress();
        poolId = elb.createPool(loadBalancerId, "HTTP", "ROUND_ROBIN");
        cloud.server(1);
        resources.add(new Backend("backend", cloud.address(1), BACKEND_PORT));
        elb.createMember(poolId, cloud, 1, BACKEND_PORT, 1);
    }

    @AfterEach
    void close() throws Exception {
        for (var resource : resources) {
            resource.close();
        }
        api.delete(api.elb("/loadbalancers/" + loadBalancerId + "/force-elb")).expect(204);
    }

    private JsonNode listener(Map<String, ?> more) {
        var body = new HashMap<String, Object>(more);
        body.put("protocol", "HTTP");
        body.put("protocol_port", PORT);
        body.put("loadbalancer_id", loadBalancerId);
        body.put("default_pool_id", poolId);
        return api.post(api.elb("/listeners"), Map.of("listener", body)).expect(201);
    }

    private void change(JsonNode listener, String attribute, Object value) {
        api.put(
                        api.elb("/listeners/" + listener.at("/listener/id").asString()),
                        Map.of("listener", Map.of(attribute, value)))
                .expect(200);
    }

    private String ipGroup(String... ips) {
        return api.post(api.elb("/ipgroups"), Map.of("ipgroup", Map.of("ip_list", entries(ips))))
                .expect(201)
                .at("/ipgroup/id")
                .asString();
    }

    private static List<Map<String, String>> entries(String... ips) {
        return List.of(ips).stream().map(ip -> Map.of("ip", ip)).toList();
    }

    private Client client(String from) throws IOException {
        var client = new Client(from, vip, PORT);
        resources.add(client);
        return client;
    }

    private void awaitServed(String from) {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(client(from).get("/").body()).isEqualTo("backend"));
    }

    private void awaitRefused(String from) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertRefused(() -> client(from).get("/")));
    }

    private static void assertRefused(ThrowingCallable asking) {
        assertThatThrownBy(asking).isInstanceOf(IOException.class).isNotInstanceOf(SocketTimeoutException.class);
    }

    private long stored(JsonNode listener, String column) {
        return jdbc.sql("select coalesce(sum(%s), 0) from traffic_10s where listener_id = ?".formatted(column))
                .param(UUID.fromString(listener.at("/listener/id").asString()))
                .query(Long.class)
                .single();
    }

    @Test
    void aClientThatWasAllowedNoLongerIs() throws IOException {
        var group = ipGroup(HERE, THERE + "/32");
        var made = listener(Map.of("ipgroup", Map.of("ipgroup_id", group, "type", "white")));
        assertThat(made.path("warnings").toString()).doesNotContain("ipgroup");
        awaitServed(HERE);
        var kept = client(THERE);
        assertThat(kept.get("/").status()).isEqualTo(200);

        api.post(
                        api.elb("/ipgroups/" + group + "/iplist/batch-delete"),
                        Map.of("ipgroup", Map.of("ip_list", entries(THERE))))
                .expect(200);
        awaitRefused(THERE);
        assertRefused(() -> kept.get("/"));
        assertThat(client(HERE).get("/").body()).isEqualTo("backend");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(stored(made, "refused_ip_group")).isGreaterThan(1));

        change(made, "ipgroup", Map.of("ipgroup_id", group, "type", "black"));
        awaitServed(THERE);
        awaitRefused(HERE);
        change(made, "ipgroup", Map.of("ipgroup_id", group, "type", "black", "enable_ipgroup", false));
        awaitServed(HERE);
        assertThat(client(THERE).get("/").body()).isEqualTo("backend");
    }

    @Test
    void aGroupReachesEveryListenerThatUsesIt() throws IOException {
        var group = ipGroup(HERE);
        var first = listener(Map.of("ipgroup", Map.of("ipgroup_id", group)));
        var second = api.post(
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
                                        "ipgroup",
                                        Map.of("ipgroup_id", group))))
                .expect(201);
        assertThat(first.at("/listener/id")).isNotEqualTo(second.at("/listener/id"));
        awaitRefused(THERE);
        await().atMost(PATIENCE).untilAsserted(() -> assertRefused(() -> Client.once(THERE, vip, PORT + 1)));
        api.put(api.elb("/ipgroups/" + group), Map.of("ipgroup", Map.of("ip_list", entries("127.0.0.0/8"))))
                .expect(200);
        awaitServed(THERE);
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(
                        () -> assertThat(Client.once(THERE, vip, PORT + 1).status())
                                .as("without a pool")
                                .isEqualTo(503));
    }

    @Test
    void connectionsAreLimitedAndTheLimitIsLifted() throws IOException {
        var made = listener(Map.of("connection", 2, "cps", 1_000_000));
        assertThat(made.path("warnings").toString()).doesNotContain("connection", "cps");
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(Client.once(vip, PORT).status()).isEqualTo(200));
        var kept = List.of(served(), served());

        awaitRefused(HERE);
        for (var client : kept) {
            assertThat(client.get("/").status()).isEqualTo(200);
        }
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(stored(made, "refused_connection")).isPositive());
        change(made, "connection", 0);
        awaitServed(HERE);
        change(made, "cps", 1);
        awaitRefused(HERE);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stored(made, "refused_cps")).isPositive());
    }

    /** A connection that is in, when those of before are gone. */
    private Client served() {
        return await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(
                        () -> {
                            var client = client(HERE);
                            assertThat(client.get("/").status()).isEqualTo(200);
                            return client;
                        },
                        client -> true);
    }
}
