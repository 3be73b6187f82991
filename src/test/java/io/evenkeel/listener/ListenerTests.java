package io.evenkeel.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Statements;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@EvenkeelTest
class ListenerTests {

    @Autowired
    Api api;

    @Autowired
    JdbcClient jdbc;

    private Cloud cloud;
    private String loadBalancerId;

    @BeforeEach
    void makeLoadBalancer() {
        cloud = Cloud.create(api);
        loadBalancerId = loadBalancer(cloud);
    }

    private String loadBalancer(Cloud place) {
        return api.post(
                        api.elb("/loadbalancers"),
                        Map.of(
                                "loadbalancer",
                                Map.of(
                                        "vip_subnet_cidr_id",
                                        place.vipSubnetId(),
                                        "availability_zone_list",
                                        List.of("az-1"))))
                .expect(201)
                .get("loadbalancer")
                .get("id")
                .asString();
    }

    private String pool(String loadBalancer, String protocol) {
        return api.post(
                        api.elb("/pools"),
                        Map.of(
                                "pool",
                                Map.of(
                                        "protocol",
                                        protocol,
                                        "lb_algorithm",
                                        "ROUND_ROBIN",
                                        "loadbalancer_id",
                                        loadBalancer)))
                .expect(201)
                .get("pool")
                .get("id")
                .asString();
    }

    private Api.Answer post(String protocol, int port, Map<String, ?> more) {
        var body = new HashMap<String, Object>();
        body.put("loadbalancer_id", loadBalancerId);
        body.put("protocol", protocol);
        body.put("protocol_port", port);
        body.putAll(more);
        return api.post(api.elb("/listeners"), Map.of("listener", body));
    }

    private JsonNode create(String protocol, int port, Map<String, ?> more) {
        return post(protocol, port, more).expect(201).get("listener");
    }

    private Api.Answer update(JsonNode listener, String name, @Nullable Object value) {
        return api.put(path(listener), Map.of("listener", Collections.singletonMap(name, value)));
    }

    private String path(JsonNode listener) {
        return api.elb("/listeners/" + listener.get("id").asString());
    }

    private long generation(String table, String id) {
        return jdbc.sql("select generation from " + table + " where id = :id")
                .param("id", UUID.fromString(id))
                .query(Long.class)
                .single();
    }

    @Test
    void fillsInTheDefaultsOfItsProtocol() {
        var http = create("HTTP", 80, Map.of());
        var tcp = create("TCP", 81, Map.of());

        assertThat(http.get("keepalive_timeout").asInt()).isEqualTo(60);
        assertThat(http.get("client_timeout").asInt()).isEqualTo(60);
        assertThat(http.get("member_timeout").asInt()).isEqualTo(60);
        assertThat(tcp.get("keepalive_timeout").asInt()).isEqualTo(300);
        assertThat(tcp.get("client_timeout").isNull()).isTrue();
        assertThat(http.get("loadbalancers").get(0).get("id").asString()).isEqualTo(loadBalancerId);
        assertThat(http.get("connection_limit").asInt()).isEqualTo(-1);
        assertThat(http.get("admin_state_up").asBoolean()).isTrue();
        assertThat(http.get("enable_member_retry").asBoolean()).isTrue();
        assertThat(http.get("http2_enable").asBoolean()).isFalse();
        assertThat(http.get("transparent_client_ip_enable").asBoolean()).isTrue();
        assertThat(http.get("insert_headers")).isEmpty();
        assertThat(http.get("sni_match_algo").asString()).isEqualTo("wildcard");
        assertThat(http.get("default_pool_id").isNull()).isTrue();
        assertThat(http.get("tls_ciphers_policy").isNull()).isTrue();
        assertThat(http.get("ipgroup").isNull()).isTrue();
        assertThat(http.get("enterprise_project_id").asString()).isEqualTo("0");
        assertThat(http.get("evenkeel").get("operating_status").asString()).isEqualTo("ONLINE");
        var shown = (ObjectNode) api.get(path(http)).expect(200).get("listener");
        shown.set("evenkeel", http.get("evenkeel"));
        assertThat(shown).isEqualTo(http);
    }

    @Test
    void tellsWhyItsPortCannotBeOpened() {
        var listener = create("HTTP", 80, Map.of());

        await().untilAsserted(() -> {
            var observed = api.get(path(listener)).expect(200).get("listener").get("evenkeel");
            assertThat(observed.get("operating_status").asString()).isEqualTo("OFFLINE");
            assertThat(observed.get("reason").asString()).startsWith("ADDRESS_NOT_AVAILABLE");
        });
    }

    @Test
    void keepsWhatWasGivenAndTellsAbsentFromNull() {
        var pool = pool(loadBalancerId, "HTTP");
        var made = create(
                "HTTP",
                80,
                Map.of(
                        "name",
                        "web",
                        "default_pool_id",
                        pool,
                        "insert_headers",
                        Map.of("X-Forwarded-Port", true),
                        "client_timeout",
                        5,
                        "enhance_l7policy_enable",
                        true,
                        "gzip_enable",
                        true,
                        "cps",
                        10,
                        "tags",
                        List.of(Map.of("key", "a", "value", "b"))));

        assertThat(made.get("default_pool_id").asString()).isEqualTo(pool);
        assertThat(made.get("insert_headers").get("X-Forwarded-Port").asBoolean())
                .isTrue();
        assertThat(made.get("tags").get(0).get("key").asString()).isEqualTo("a");

        var renamed = update(made, "client_timeout", null).expect(200).get("listener");
        assertThat(renamed.get("client_timeout").asInt()).isEqualTo(60);
        assertThat(renamed.get("name").asString()).isEqualTo("web");
        assertThat(renamed.get("default_pool_id").asString()).isEqualTo(pool);
        assertThat(update(made, "enhance_l7policy_enable", false).status()).isEqualTo(400);
        assertThat(update(made, "protocol_port", 81).status()).isEqualTo(400);
        assertThat(update(made, "default_pool_id", null)
                        .expect(200)
                        .get("listener")
                        .get("default_pool_id")
                        .isNull())
                .isTrue();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            HTTP  | listener.name                      | "name": "X"
            HTTP  | listener.description               | "description": 5
            HTTP  | listener.admin_state_up            | "admin_state_up": "on"
            HTTP  | listener.protocol_port             | "protocol_port": 65536
            HTTP  | listener.protocol_port             | "protocol_port": 0
            HTTP  | listener.protocol_port             | "protocol_port": "80"
            UDP   | listener.protocol_port             | "protocol_port": 4789
            FTP   | listener.protocol                  | "name": "a"
            QUIC  | listener.default_tls_container_ref | "name": "a"
            HTTPS | listener.default_tls_container_ref | "name": "a"
            QUIC  | listener.protocol                  | "default_tls_container_ref": "c"
            HTTP  | listener.loadbalancer_id           | "loadbalancer_id": "x"
            HTTP  | listener.default_pool_id           | "default_pool_id": "x"
            HTTP  | listener.keepalive_timeout         | "keepalive_timeout": 4001
            TCP   | listener.keepalive_timeout         | "keepalive_timeout": 9
            HTTP  | listener.client_timeout            | "client_timeout": 0
            TCP   | listener.client_timeout            | "client_timeout": 10
            HTTP  | listener.member_timeout            | "member_timeout": 301
            HTTP  | listener.sni_match_algo            | "sni_match_algo": "exact"
            HTTP  | listener.tls_ciphers_policy        | "tls_ciphers_policy": "tls-1-2"
            HTTP  | listener.default_tls_container_ref | "default_tls_container_ref": "c"
            TCP   | listener.client_ca_tls_container_ref | "client_ca_tls_container_ref": "c"
            HTTP  | listener.sni_container_refs        | "sni_container_refs": ["c"]
            HTTP  | listener.security_policy_id        | "security_policy_id": "0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b0001"
            HTTP  | insert_headers.X-Other             | "insert_headers": {"X-Other": true}
            HTTP  | listener.insert_headers.X-Real-IP  | "insert_headers": {"X-Real-IP": "yes"}
            TCP   | listener.insert_headers            | "insert_headers": {"X-Real-IP": true}
            HTTP  | listener.proxy_protocol_enable     | "proxy_protocol_enable": true
            HTTP  | listener.quic_config               | "quic_config": {"quic_listener_id": "0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b0001"}
            TCP   | listener.gzip_enable               | "gzip_enable": true
            HTTP  | listener.ssl_early_data_enable     | "ssl_early_data_enable": true
            HTTP  | listener.nat64_enable              | "nat64_enable": true
            HTTP  | listener.transparent_client_ip_enable | "transparent_client_ip_enable": false
            HTTP  | listener.cps                       | "cps": -1
            HTTP  | listener.connection                | "connection": 1000001
            HTTP  | listener.protection_reason         | "protection_reason": "alone"
            HTTP  | listener.port_ranges               | "protocol_port": 0, "port_ranges": [{"start_port": 1, "end_port": 2}]
            TCP   | listener.protocol_port             | "port_ranges": [{"start_port": 1, "end_port": 2}]
            TCP   | listener.port_ranges               | "protocol_port": 0, "port_ranges": [{"start_port": 3, "end_port": 2}]
            TCP   | listener.port_ranges               | "protocol_port": 0, "port_ranges": [{"start_port": 1, "end_port": 5}, {"start_port": 5, "end_port": 9}]
            TCP   | listener.port_ranges[0].end_port   | "protocol_port": 0, "port_ranges": [{"start_port": 1}]
            HTTP  | listener.ipgroup.ipgroup_id        | "ipgroup": {"type": "white"}
            HTTP  | listener.tags                      | "tags": [{"key": "k", "value": "a"}, {"key": "k", "value": "b"}]
            HTTP  | connection_limit                   | "connection_limit": 5
            """)
    void refusesWhatIsWrongByItsName(String protocol, String named, String fields) {
        var body = new StringBuilder("\"protocol\": \"%s\", %s"
                .formatted(protocol, fields.replace("X\"", "x".repeat(256) + "\"")));
        if (!fields.contains("protocol_port")) {
            body.append(", \"protocol_port\": 80");
        }
        if (!fields.contains("loadbalancer_id")) {
            body.append(", \"loadbalancer_id\": \"%s\"".formatted(loadBalancerId));
        }

        var answer = api.post(api.elb("/listeners"), "{\"listener\": {" + body + "}}");

        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(400);
        assertThat(answer.body().get("error_msg").asString()).contains("'" + named + "'");
        assertThat(api.get(api.elb("/listeners?loadbalancer_id=" + loadBalancerId))
                        .expect(200)
                        .get("listeners"))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            certificate c1     | HTTPS | "default_tls_container_ref": "c1"
            certificate c2     | HTTPS | "default_tls_container_ref": "c2", "sni_container_refs": ["c3"]
            security_policy s1 | HTTPS | "default_tls_container_ref": "c1", "security_policy_id": "s1"
            ipgroup 0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b9999 | HTTP | "ipgroup": {"ipgroup_id": "0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b9999"}
            pool 0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b9999    | HTTP | "default_pool_id": "0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b9999"
            loadbalancer 0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b9999 | HTTP | "loadbalancer_id": "0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b9999"
            """)
    void namesWhatItCannotFind(String missing, String protocol, String fields) {
        var loadBalancer =
                fields.contains("loadbalancer_id") ? "" : ", \"loadbalancer_id\": \"%s\"".formatted(loadBalancerId);

        var answer = api.post(
                api.elb("/listeners"),
                "{\"listener\": {\"protocol\": \"%s\", \"protocol_port\": 80, %s%s}}"
                        .formatted(protocol, fields, loadBalancer));

        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(404);
        assertThat(answer.body().get("error_msg").asString()).isEqualTo(missing + " could not be found.");
    }

    @Test
    void hasOneSpaceOfPortsForEachTransport() {
        create("TCP", 3306, Map.of());
        create("UDP", 3306, Map.of());
        create("TCP", 0, Map.of("port_ranges", List.of(Map.of("start_port", 5000, "end_port", 5010))));

        var same = post("HTTP", 3306, Map.of());
        assertThat(same.status()).isEqualTo(409);
        assertThat(same.body().get("error_msg").asString())
                .isEqualTo("Load Balancer %s already has a listener with protocol_port of 3306."
                        .formatted(loadBalancerId));
        assertThat(post("HTTP", 5005, Map.of()).status()).isEqualTo(409);
        assertThat(post("TCP", 0, Map.of("port_ranges", List.of(Map.of("start_port", 3000, "end_port", 4000))))
                        .status())
                .isEqualTo(409);
        assertThat(post("UDP", 5005, Map.of()).status()).isEqualTo(201);
    }

    @Test
    void takesOnlyAPoolThatFits() {
        var tcp = pool(loadBalancerId, "TCP");
        var elsewhere = pool(loadBalancer(cloud), "HTTP");
        var otherVpc = pool(loadBalancer(Cloud.create(api)), "HTTP");

        var protocol = post("HTTP", 80, Map.of("default_pool_id", tcp));
        assertThat(protocol.status()).isEqualTo(400);
        assertThat(protocol.body().get("error_msg").asString())
                .contains("Listener protocol HTTP and pool protocol TCP are not compatible");
        for (var pool : List.of(elsewhere, otherVpc)) {
            var answer = post("HTTP", 80, Map.of("default_pool_id", pool));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body().get("error_code").asString()).isEqualTo("ELB.9899");
            assertThat(answer.body().get("error_msg").asString()).contains("mismatch");
        }
    }

    @Test
    void advancesItsLoadBalancerAndThePoolsConcerned() {
        var first = pool(loadBalancerId, "HTTP");
        var second = pool(loadBalancerId, "HTTP");
        var listener = create("HTTP", 80, Map.of("default_pool_id", first));
        long loadBalancer = generation("load_balancer", loadBalancerId);
        long ofFirst = generation("pool", first);
        long ofSecond = generation("pool", second);

        update(listener, "default_pool_id", first).expect(200);
        assertThat(generation("load_balancer", loadBalancerId)).isEqualTo(loadBalancer);

        update(listener, "default_pool_id", second).expect(200);
        assertThat(generation("load_balancer", loadBalancerId)).isEqualTo(loadBalancer + 1);
        assertThat(generation("pool", first)).isEqualTo(ofFirst + 1);
        assertThat(generation("pool", second)).isEqualTo(ofSecond + 1);
    }

    @Test
    void isDeletedOnlyWithoutAPool() {
        var pool = pool(loadBalancerId, "HTTP");
        var listener = create("HTTP", 80, Map.of("default_pool_id", pool));

        var refused = api.delete(path(listener));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().get("error_msg").asString())
                .isEqualTo("pool %s is using this listener.".formatted(pool));
        assertThat(api.delete(api.elb("/loadbalancers/" + loadBalancerId)).status())
                .isEqualTo(409);

        api.delete(api.elb("/pools/" + pool)).expect(204);
        assertThat(api.get(path(listener))
                        .expect(200)
                        .get("listener")
                        .get("default_pool_id")
                        .isNull())
                .isTrue();
        api.delete(path(listener)).expect(204);
        api.delete(api.elb("/loadbalancers/" + loadBalancerId)).expect(204);
    }

    @Test
    void getsThePoolThatIsMadeForIt() {
        var listener = create("HTTP", 80, Map.of());
        var body = Map.of(
                "pool",
                Map.of(
                        "protocol",
                        "HTTP",
                        "lb_algorithm",
                        "ROUND_ROBIN",
                        "listener_id",
                        listener.get("id").asString()));

        var pool = api.post(api.elb("/pools"), body)
                .expect(201)
                .get("pool")
                .get("id")
                .asString();

        assertThat(api.get(path(listener))
                        .expect(200)
                        .get("listener")
                        .get("default_pool_id")
                        .asString())
                .isEqualTo(pool);
        assertThat(api.post(api.elb("/pools"), body).status()).isEqualTo(409);
    }

    @Test
    void isUnknownToOtherProjects() {
        jdbc.sql("insert into project (id, name, created_at) values ('another-project', 'another', now())"
                        + " on conflict do nothing")
                .update();
        var listener = create("HTTP", 80, Map.of());
        var foreign = "/v3/another-project/elb/listeners/" + listener.get("id").asString();

        assertThat(api.get(foreign).status()).isEqualTo(404);
        assertThat(api.put(foreign, Map.of("listener", Map.of("name", "x"))).status())
                .isEqualTo(404);
        assertThat(api.delete(foreign).status()).isEqualTo(404);
        assertThat(api.get(path(listener)).status()).isEqualTo(200);
    }

    @Test
    void listsAnyNumberWithTheSameStatements() {
        create("HTTP", 80, Map.of());
        var query = api.elb("/listeners?loadbalancer_id=" + loadBalancerId);
        int few = Statements.during(() -> api.get(query).expect(200));
        for (int port = 81; port < 90; port++) {
            create("HTTP", port, Map.of());
        }

        int many = Statements.during(
                () -> assertThat(api.get(query).expect(200).get("listeners")).hasSize(10));

        assertThat(many).isEqualTo(few).isPositive();
    }
}
