package io.evenkeel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Pki;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Policies that are made through the API, each judged by where the requests land. */
@EvenkeelTest
class RoutingEndToEndTests {

    private static final int PORT = 18_720;
    private static final int BACKEND_PORT = 19_720;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Api api;
    private final Elb elb;
    private final Cloud cloud;
    private final List<Backend> backends = new ArrayList<>();
    private final String loadBalancerId;
    private final String vip;

    @Autowired
    RoutingEndToEndTests(Api api) {
        this.api = api;
        this.elb = new Elb(api.root());
        this.cloud = Cloud.createOnLoopback(api);
        var loadBalancer = elb.createLoadBalancer(cloud);
        this.loadBalancerId = loadBalancer.getId();
        this.vip = loadBalancer.getVipAddress();
    }

    @AfterEach
    void deleteAll() {
        api.delete(api.elb("/loadbalancers/" + loadBalancerId + "/force-elb")).expect(204);
        backends.forEach(Backend::close);
    }

    /** A pool whose one member answers that name. */
    private String pool(String name) {
        int server = backends.size() + 1;
        cloud.server(server);
        backends.add(new Backend(name, cloud.address(server), BACKEND_PORT));
        var poolId = elb.createPool(loadBalancerId, "HTTP", "ROUND_ROBIN");
        elb.createMember(poolId, cloud, server, BACKEND_PORT, 1);
        return poolId;
    }

    private String listener(boolean isAdvanced, String defaultPool) {
        return api.post(
                        api.elb("/listeners"),
                        Map.of(
                                "listener",
                                Map.of(
                                        "loadbalancer_id",
                                        loadBalancerId,
                                        "protocol",
                                        "HTTP",
                                        "protocol_port",
                                        PORT,
                                        "default_pool_id",
                                        defaultPool,
                                        "enhance_l7policy_enable",
                                        isAdvanced)))
                .expect(201)
                .at("/listener/id")
                .asString();
    }

    private static Map<String, Object> rule(String type, String compareType, String value) {
        return Map.of("type", type, "compare_type", compareType, "value", value);
    }

    private static Map<String, Object> condition(String type, String key, String... values) {
        return Map.of(
                "type",
                type,
                "compare_type",
                "EQUAL_TO",
                "value",
                "-",
                "conditions",
                List.of(values).stream()
                        .map(value -> Map.of("key", key, "value", value))
                        .toList());
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private String toPool(String listener, String pool, Map<String, Object>... rules) {
        return policy(listener, Map.of("action", "REDIRECT_TO_POOL", "redirect_pool_id", pool, "rules", rules))
                .path("id")
                .asString();
    }

    private JsonNode policy(String listener, Map<String, Object> fields) {
        var body = new HashMap<>(fields);
        body.put("listener_id", listener);
        var answer = api.post(api.elb("/l7policies"), Map.of("l7policy", body)).expect(201);
        assertThat(answer.path("warnings").toString()).doesNotContain("NOT_IN_EFFECT");
        return answer.path("l7policy");
    }

    private void update(String policy, Map<String, ?> fields) {
        api.put(api.elb("/l7policies/" + policy), Map.of("l7policy", fields)).expect(200);
    }

    private Client.Answer ask(String method, String host, String path, String... lines) throws IOException {
        try (var client = new Client(vip, PORT)) {
            return client.send(method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n"
                    + String.join(
                            "",
                            List.of(lines).stream().map(line -> line + "\r\n").toList()) + "\r\n");
        }
    }

    private String get(String host, String path, String... lines) throws IOException {
        return ask("GET", host, path, lines).body();
    }

    private static void eventually(org.awaitility.core.ThrowingRunnable holds) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(holds);
    }

    @Test
    void withoutPrioritiesTheMoreExactPolicyComesFirst() {
        var listener = listener(false, pool("default"));
        toPool(listener, pool("pattern"), rule("PATH", "REGEX", "^/shop/(cart|list)$"));
        toPool(listener, pool("prefix"), rule("PATH", "STARTS_WITH", "/shop"));
        toPool(listener, pool("longer"), rule("PATH", "STARTS_WITH", "/shop/old"));
        toPool(listener, pool("exact"), rule("PATH", "EQUAL_TO", "/shop/list"));
        toPool(listener, pool("host"), rule("HOST_NAME", "EQUAL_TO", "www.example.org"));
        toPool(
                listener,
                pool("both"),
                rule("HOST_NAME", "EQUAL_TO", "www.example.org"),
                rule("PATH", "EQUAL_TO", "/shop/list"));
        eventually(() -> {
            assertThat(get("a.example", "/other")).isEqualTo("default");
            assertThat(get("a.example", "/shop/x")).isEqualTo("prefix");
            assertThat(get("a.example", "/shop/old/x")).isEqualTo("longer");
            assertThat(get("a.example", "/shop/list?q=1")).isEqualTo("exact");
            assertThat(get("a.example", "/shop/%6cist")).isEqualTo("exact");
            assertThat(get("a.example", "/shop/cart")).isEqualTo("prefix");
            assertThat(get("WWW.example.org:18720", "/other")).isEqualTo("host");
            assertThat(get("www.example.org", "/shop/cart")).isEqualTo("host");
            assertThat(get("www.example.org", "/shop/list")).isEqualTo("both");
        });
    }

    @Test
    void everyKindOfRuleDecidesWhereRequestsLand() {
        var listener = listener(true, pool("default"));
        toPool(listener, pool("method"), condition("METHOD", "", "DELETE", "PATCH"));
        toPool(listener, pool("header"), condition("HEADER", "X-Beta", "on", "v*"));
        toPool(listener, pool("parameter"), condition("QUERY_STRING", "lang", "de", "f?"));
        toPool(listener, pool("wildcard"), rule("HOST_NAME", "EQUAL_TO", "*.example.org"));
        toPool(listener, pool("source"), condition("SOURCE_IP", "", "127.200.0.0/16"));
        var inverted = new HashMap<>(rule("PATH", "STARTS_WITH", "/in"));
        inverted.put("invert", true);
        toPool(listener, pool("inverted"), inverted, condition("HEADER", "X-Not", "1"));
        eventually(() -> {
            assertThat(get("a.example", "/in")).isEqualTo("default");
            assertThat(ask("DELETE", "a.example", "/").body()).isEqualTo("method");
            assertThat(get("a.example", "/", "x-beta: v1")).isEqualTo("header");
            assertThat(get("a.example", "/", "X-Beta: off")).isEqualTo("default");
            assertThat(get("a.example", "/?a=b&lang=fr")).isEqualTo("parameter");
            assertThat(get("shop.example.org", "/")).isEqualTo("wildcard");
            assertThat(get("example.org", "/")).isEqualTo("default");
            assertThat(get("a.example", "/out", "X-Not: 1")).isEqualTo("inverted");
            assertThat(get("a.example", "/in", "X-Not: 1")).isEqualTo("default");
            try (var client = new Client("127.200.0.9", vip, PORT)) {
                assertThat(client.get("/").body()).isEqualTo("source");
            }
        });
    }

    @Test
    void prioritiesDecideAndEachChangeReachesTheTraffic() {
        var listener = listener(true, pool("default"));
        var first = toPool(listener, pool("first"), rule("PATH", "STARTS_WITH", "/"));
        var second = toPool(listener, pool("second"), rule("PATH", "EQUAL_TO", "/x"));
        eventually(() -> assertThat(get("h", "/x")).isEqualTo("first"));
        api.post(
                        api.elb("/l7policies/batch-update-priority"),
                        Map.of(
                                "l7policies",
                                List.of(Map.of("id", first, "priority", 9), Map.of("id", second, "priority", 3))))
                .expect(202);
        eventually(() -> assertThat(get("h", "/x")).isEqualTo("second"));

        update(second, Map.of("rules", List.of(rule("PATH", "EQUAL_TO", "/y"))));
        eventually(() -> {
            assertThat(get("h", "/x")).isEqualTo("first");
            assertThat(get("h", "/y")).isEqualTo("second");
        });
        var ruleId = api.post(
                        api.elb("/l7policies/" + second + "/rules"), Map.of("rule", condition("HEADER", "X-Only", "1")))
                .expect(201)
                .at("/rule/id")
                .asString();
        eventually(() -> {
            assertThat(get("h", "/y")).isEqualTo("first");
            assertThat(get("h", "/y", "X-Only: 1")).isEqualTo("second");
        });
        api.delete(api.elb("/l7policies/" + second + "/rules/" + ruleId)).expect(204);
        eventually(() -> assertThat(get("h", "/y")).isEqualTo("second"));
        api.delete(api.elb("/l7policies/" + first)).expect(204);
        eventually(() -> assertThat(get("h", "/x")).isEqualTo("default"));
    }

    @Test
    void trafficSurvivesEveryChangeOfPolicies() {
        var listener = listener(true, pool("default"));
        var checked = pool("checked");
        elb.createHttpMonitor(checked, "/check");
        eventually(() -> assertThat(get("h", "/")).isEqualTo("default"));
        try (var traffic = new Traffic(vip, PORT)) {
            for (int round = 0; round < 5; round++) {
                var policy = toPool(listener, checked, rule("PATH", "STARTS_WITH", "/"));
                eventually(() -> assertThat(get("h", "/")).isEqualTo("checked"));
                update(policy, Map.of("rules", List.of(rule("PATH", "REGEX", "^/$"))));
                update(policy, Map.of("priority", 5 + round));
                update(
                        policy,
                        Map.of(
                                "redirect_pools_extend_config",
                                Map.of("rewrite_url_enable", true, "rewrite_url_config", Map.of("path", "/new"))));
                api.delete(api.elb("/l7policies/" + policy)).expect(204);
                eventually(() -> assertThat(get("h", "/")).isEqualTo("default"));
            }
            assertThat(traffic.requests()).isPositive();
            assertThat(traffic.failures()).as("%s", traffic.firstFailure()).isZero();
            assertThat(traffic.connections()).isEqualTo(1);
        }
    }

    @Test
    void clientsAreSentToTheHttpsListener() {
        var listener = listener(false, pool("default"));
        var issued = Pki.selfSigned("main");
        var certificate = api.post(
                        api.elb("/certificates"),
                        Map.of(
                                "certificate",
                                Map.of(
                                        "type",
                                        "server",
                                        "certificate",
                                        issued.pem(),
                                        "private_key",
                                        issued.key(),
                                        "domain",
                                        "")))
                .expect(201)
                .at("/certificate/id")
                .asString();
        var https = api.post(
                        api.elb("/listeners"),
                        Map.of(
                                "listener",
                                Map.of(
                                        "loadbalancer_id",
                                        loadBalancerId,
                                        "protocol",
                                        "HTTPS",
                                        "protocol_port",
                                        PORT + 1,
                                        "default_tls_container_ref",
                                        certificate)))
                .expect(201)
                .at("/listener/id")
                .asString();
        toPool(listener, pool("other"), rule("PATH", "EQUAL_TO", "/a"));
        policy(listener, Map.of("action", "REDIRECT_TO_LISTENER", "redirect_listener_id", https));
        eventually(() -> {
            var answer = ask("GET", "Shop.example:18720", "/a?b=c");
            assertThat(answer.status()).isEqualTo(301);
            assertThat(answer.fields()).containsEntry("location", "https://shop.example:18721/a?b=c");
        });
    }

    @Test
    void clientsAreRedirectedAnsweredAndLimited() {
        var listener = listener(true, pool("default"));
        var headers =
                Map.of("configs", List.of(Map.of("key", "X-By", "value_type", "USER_DEFINED", "value", "policy")));
        policy(
                listener,
                Map.of(
                        "action",
                        "REDIRECT_TO_URL",
                        "redirect_url_config",
                        Map.of(
                                "protocol",
                                "HTTPS",
                                "host",
                                "new.${host}",
                                "port",
                                "443",
                                "path",
                                "/v2${path}",
                                "status_code",
                                "307",
                                "insert_headers_config",
                                headers),
                        "rules",
                        List.of(rule("PATH", "STARTS_WITH", "/old"))));
        policy(
                listener,
                Map.of(
                        "action",
                        "FIXED_RESPONSE",
                        "fixed_response_config",
                        Map.of("status_code", "403", "content_type", "application/json", "message_body", "{}"),
                        "rules",
                        List.of(rule("PATH", "STARTS_WITH", "/secret"))));
        policy(
                listener,
                Map.of(
                        "action",
                        "FIXED_RESPONSE",
                        "fixed_response_config",
                        Map.of("status_code", "200", "traffic_limit_config", Map.of("per_source_ip_qps", 1)),
                        "rules",
                        List.of(rule("PATH", "STARTS_WITH", "/limited"))));
        eventually(() -> {
            var moved = ask("GET", "a.example", "/old/x?y=z");
            assertThat(moved.status()).isEqualTo(307);
            assertThat(moved.fields())
                    .containsEntry("location", "https://new.a.example/v2/old/x?y=z")
                    .containsEntry("x-by", "policy");
            var fixed = ask("GET", "a.example", "//secret/%2e/x");
            assertThat(fixed.status()).isEqualTo(403);
            assertThat(fixed.body()).isEqualTo("{}");
            assertThat(fixed.fields()).containsEntry("content-type", "application/json");
            assertThat(get("a.example", "/")).isEqualTo("default");
        });
        var statuses = new ArrayList<Integer>();
        eventually(() -> {
            statuses.add(ask("GET", "a.example", "/limited").status());
            assertThat(statuses).contains(200, 503);
        });
    }

    @Test
    void requestsAreChangedOnTheirWayAndSharedByPools() {
        var one = pool("one");
        var two = pool("two");
        var listener = listener(true, pool("default"));
        policy(
                listener,
                Map.of(
                        "action",
                        "REDIRECT_TO_POOL",
                        "redirect_pools_config",
                        List.of(Map.of("pool_id", one, "weight", "3"), Map.of("pool_id", two, "weight", 1)),
                        "redirect_pools_extend_config",
                        Map.of("rewrite_url_enable", true, "rewrite_url_config", Map.of("path", "/check")),
                        "rules",
                        List.of(rule("PATH", "STARTS_WITH", "/to"))));
        backends.get(1).answerChecksWith(418);
        eventually(() -> {
            var statuses = new HashMap<Integer, Integer>();
            try (var client = new Client(vip, PORT)) {
                for (int i = 0; i < 40; i++) {
                    statuses.merge(client.get("/to/x").status(), 1, Integer::sum);
                }
            }
            assertThat(statuses).isEqualTo(Map.of(200, 30, 418, 10));
        });
    }

    @Test
    void whatHasNoEffectIsSaid() {
        var listener = listener(true, pool("default"));
        var answer = api.post(
                        api.elb("/l7policies"),
                        Map.of(
                                "l7policy",
                                Map.of(
                                        "listener_id",
                                        listener,
                                        "action",
                                        "FIXED_RESPONSE",
                                        "fixed_response_config",
                                        Map.of(
                                                "status_code",
                                                "200",
                                                "insert_headers_config",
                                                Map.of(
                                                        "configs",
                                                        List.of(Map.of(
                                                                "key",
                                                                "X-Eip",
                                                                "value_type",
                                                                "SYSTEM_DEFINED",
                                                                "value",
                                                                "ELB-EIP")))))))
                .expect(201);
        assertThat(answer.path("warnings").toString()).contains("NOT_IN_EFFECT", "ELB-EIP");
    }
}
