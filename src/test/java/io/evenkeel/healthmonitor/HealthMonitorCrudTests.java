package io.evenkeel.healthmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@EvenkeelTest
class HealthMonitorCrudTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void answersDefaultsForWhatWasNotGiven() {
        var pool = pool("HTTP");
        var monitor = create(pool, "HTTP", Map.of());

        assertThat(monitor.path("name").stringValue()).isEmpty();
        assertThat(monitor.path("project_id").stringValue()).isEqualTo(api.projectId());
        assertThat(monitor.path("admin_state_up").booleanValue()).isTrue();
        assertThat(monitor.path("max_retries_down").intValue()).isEqualTo(3);
        assertThat(monitor.path("url_path").stringValue()).isEqualTo("/");
        assertThat(monitor.path("http_method").stringValue()).isEqualTo("GET");
        assertThat(monitor.path("expected_codes").stringValue()).isEqualTo("200");
        assertThat(monitor.at("/pools/0/id").stringValue()).isEqualTo(pool);
        assertThat(monitor.path("pools").size()).isEqualTo(1);
        for (var absent : new String[] {"monitor_port", "domain_name"}) {
            assertThat(monitor.has(absent) && monitor.path(absent).isNull())
                    .as(absent)
                    .isTrue();
        }
        assertThat(show(monitor)).isEqualTo(monitor);
        assertThat(poolAnswer(pool).path("healthmonitor_id")).isEqualTo(monitor.path("id"));
    }

    @Test
    void hasNoHttpFieldsForOtherTypes() {
        var tcp = create(pool("TCP"), "TCP", Map.of());
        var grpc = create(pool("GRPC"), "GRPC", Map.of());

        for (var absent : new String[] {"domain_name", "url_path", "http_method", "expected_codes"}) {
            assertThat(tcp.has(absent) && tcp.path(absent).isNull()).as(absent).isTrue();
        }
        assertThat(grpc.path("expected_codes").stringValue()).isEqualTo("0");
        assertThat(grpc.path("url_path").isNull()).isTrue();
    }

    @Test
    void keepsEveryField() {
        var monitor = create(
                pool("TCP"),
                "HTTPS",
                Map.of(
                        "name",
                        "check",
                        "admin_state_up",
                        false,
                        "max_retries_down",
                        10,
                        "monitor_port",
                        65535,
                        "domain_name",
                        "a.example-1.com",
                        "url_path",
                        "/h-/.%?#&_;~!()*[]@$^:',+",
                        "http_method",
                        "HEAD",
                        "expected_codes",
                        "200-204,301",
                        "project_id",
                        api.projectId()));

        assertThat(monitor.path("name").stringValue()).isEqualTo("check");
        assertThat(monitor.path("admin_state_up").booleanValue()).isFalse();
        assertThat(monitor.path("delay").intValue()).isEqualTo(5);
        assertThat(monitor.path("timeout").intValue()).isEqualTo(3);
        assertThat(monitor.path("max_retries").intValue()).isEqualTo(2);
        assertThat(monitor.path("max_retries_down").intValue()).isEqualTo(10);
        assertThat(monitor.path("monitor_port").intValue()).isEqualTo(65535);
        assertThat(monitor.path("domain_name").stringValue()).isEqualTo("a.example-1.com");
        assertThat(monitor.path("url_path").stringValue()).isEqualTo("/h-/.%?#&_;~!()*[]@$^:',+");
        assertThat(monitor.path("http_method").stringValue()).isEqualTo("HEAD");
        assertThat(monitor.path("expected_codes").stringValue()).isEqualTo("200-204,301");
        assertThat(show(monitor)).isEqualTo(monitor);
    }

    @Test
    void changesWhatIsPresentAndPutsDefaultsBackForNull() {
        var monitor = create(
                pool("TCP"), "HTTP", Map.of("monitor_port", 80, "domain_name", "a.b", "url_path", "/x", "name", "n"));

        var changed = update(monitor, "{\"delay\": 50, \"monitor_port\": null, \"domain_name\": null}");
        assertThat(changed.path("delay").intValue()).isEqualTo(50);
        assertThat(changed.path("monitor_port").isNull()).isTrue();
        assertThat(changed.path("domain_name").isNull()).isTrue();
        assertThat(changed.path("url_path").stringValue()).isEqualTo("/x");
        assertThat(changed.path("name").stringValue()).isEqualTo("n");

        var reset = update(monitor, "{\"url_path\": null, \"max_retries_down\": null, \"name\": null}");
        assertThat(reset.path("url_path").stringValue()).isEqualTo("/");
        assertThat(reset.path("max_retries_down").intValue()).isEqualTo(3);
        assertThat(reset.path("name").stringValue()).isEmpty();
    }

    @Test
    void takesTheFieldsOfItsNewTypeAndDropsThoseOfTheOld() {
        var monitor = create(pool("TCP"), "HTTP", Map.of("url_path", "/x", "expected_codes", "204"));

        var https = update(monitor, "{\"type\": \"HTTPS\"}");
        assertThat(https.path("url_path").stringValue()).isEqualTo("/x");
        var tcp = update(monitor, "{\"type\": \"TCP\"}");
        assertThat(tcp.path("url_path").isNull()).isTrue();
        assertThat(tcp.path("expected_codes").isNull()).isTrue();
        var http = update(monitor, "{\"type\": \"HTTP\"}");
        assertThat(http.path("url_path").stringValue()).isEqualTo("/");
        assertThat(http.path("expected_codes").stringValue()).isEqualTo("200");
    }

    @Test
    void advancesThePoolWithEachChange() {
        var pool = pool("TCP");
        assertThat(generation(pool)).isEqualTo(1);
        var monitor = create(pool, "TCP", Map.of());
        assertThat(generation(pool)).isEqualTo(2);
        update(monitor, "{\"delay\": 5, \"domain_name\": null}");
        assertThat(generation(pool)).isEqualTo(2);
        update(monitor, "{\"delay\": 6}");
        assertThat(generation(pool)).isEqualTo(3);
        api.delete(path(monitor)).expect(204);
        assertThat(generation(pool)).isEqualTo(4);
        assertThat(api.get(path(monitor)).expect(404).path("error_msg").stringValue())
                .isEqualTo("healthmonitor " + monitor.path("id").stringValue() + " could not be found.");
        assertThat(poolAnswer(pool).path("healthmonitor_id").isNull()).isTrue();
    }

    @Test
    void isTheOnlyOneOfItsPoolAndKeepsItFromBeingDeleted() {
        var pool = pool("TCP");
        var monitor = create(pool, "TCP", Map.of());
        var id = monitor.path("id").stringValue();

        assertThat(post(pool, "TCP", Map.of()).expect(409).path("error_msg").stringValue())
                .contains(pool, id);
        assertThat(api.delete(api.elb("/pools/" + pool))
                        .expect(409)
                        .path("error_msg")
                        .stringValue())
                .contains(pool, id);
    }

    @Test
    void needsAPortWhereMembersHaveNone() {
        var pool = api.post(
                        api.elb("/pools"),
                        "{\"pool\": {\"protocol\": \"TCP\", \"lb_algorithm\": \"ROUND_ROBIN\", \"type\": \"ip\","
                                + " \"any_port_enable\": true}}")
                .expect(201)
                .at("/pool/id")
                .stringValue();

        assertThat(post(pool, "TCP", Map.of()).expect(400).path("error_msg").stringValue())
                .contains("healthmonitor.monitor_port");
        var monitor = create(pool, "TCP", Map.of("monitor_port", 80));
        assertThat(put(monitor, "{\"monitor_port\": null}").status()).isEqualTo(400);

        api.put(api.elb("/pools/" + pool), "{\"pool\": {\"any_port_enable\": false}}")
                .expect(200);
        update(monitor, "{\"monitor_port\": null}");
        assertThat(api.put(api.elb("/pools/" + pool), "{\"pool\": {\"any_port_enable\": true}}")
                        .expect(400)
                        .path("error_msg")
                        .stringValue())
                .contains(monitor.path("id").stringValue(), "monitor_port");
    }

    @ParameterizedTest
    @CsvSource({
        "TCP,TCP HTTP HTTPS",
        "UDP,UDP_CONNECT",
        "QUIC,UDP_CONNECT",
        "HTTP,TCP HTTP HTTPS TLS GRPC",
        "HTTPS,TCP HTTP HTTPS TLS GRPC",
        "GRPC,TCP HTTP HTTPS TLS GRPC",
        "TLS,TCP HTTP HTTPS TLS GRPC"
    })
    void fitsTheProtocolOfItsPool(String protocol, String allowed) {
        var pool = pool(protocol);
        for (var type : MonitorType.values()) {
            var answer = post(pool, type.name(), Map.of());
            if (List.of(allowed.split(" ")).contains(type.name())) {
                var monitor = answer.expect(201).path("healthmonitor");
                api.delete(path(monitor)).expect(204);
            } else {
                assertThat(answer.expect(400).path("error_code").stringValue()).isEqualTo("ELB.9899");
                assertThat(answer.body().path("error_msg").stringValue()).contains(type.name(), protocol);
            }
        }
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "HTTP|type|null",
                "HTTP|type|\"PING\"",
                "HTTP|type|1",
                "HTTP|delay|null",
                "HTTP|delay|0",
                "HTTP|delay|51",
                "HTTP|delay|\"5\"",
                "HTTP|delay|1.5",
                "HTTP|timeout|null",
                "HTTP|timeout|0",
                "HTTP|timeout|51",
                "HTTP|max_retries|null",
                "HTTP|max_retries|0",
                "HTTP|max_retries|11",
                "HTTP|max_retries_down|0",
                "HTTP|max_retries_down|11",
                "HTTP|monitor_port|0",
                "HTTP|monitor_port|65536",
                "HTTP|monitor_port|99999999999",
                "HTTP|name|5",
                "HTTP|name|\"\\u0000\"",
                "HTTP|name|LONG",
                "HTTP|admin_state_up|\"true\"",
                "HTTP|domain_name|\"\"",
                "HTTP|domain_name|\"-a.com\"",
                "HTTP|domain_name|\"a_b.com\"",
                "HTTP|domain_name|\"a\\r\\nb\"",
                "HTTP|domain_name|LONG",
                "HTTP|url_path|\"\"",
                "HTTP|url_path|\"index\"",
                "HTTP|url_path|\"/a b\"",
                "HTTP|url_path|\"/a\\r\\nX: y\"",
                "HTTP|url_path|\"/ä\"",
                "HTTP|url_path|LONG",
                "HTTP|http_method|\"PUT\"",
                "HTTP|http_method|\"\"",
                "HTTP|expected_codes|\"\"",
                "HTTP|expected_codes|\"199\"",
                "HTTP|expected_codes|\"0\"",
                "HTTP|expected_codes|200",
                "HTTP|expected_codes|LONG",
                "HTTP|project_id|\"ffffffffffffffffffffffffffffffff\"",
                "HTTP|foo|1",
                "HTTP|pools|[]",
                "TCP|url_path|\"/\"",
                "TCP|http_method|\"GET\"",
                "TCP|domain_name|\"a.com\"",
                "TCP|expected_codes|\"200\"",
                "GRPC|expected_codes|\"200\"",
                "GRPC|expected_codes|\"0-100\"",
                "GRPC|url_path|\"/\"",
            })
    void namesTheFieldItRefuses(String type, String attribute, String value) {
        var pool = pool(type.equals("GRPC") ? "GRPC" : "HTTP");
        var fields = new HashMap<String, Object>();
        fields.put(attribute, value.equals("LONG") ? "x".repeat(256) : JSON.readTree(value));

        var answer = post(pool, type, fields).expect(400);

        assertThat(answer.path("error_msg").stringValue()).contains(attribute + "'");
        assertThat(poolAnswer(pool).path("healthmonitor_id").isNull()).isTrue();
        assertThat(generation(pool)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"delay\": null}|healthmonitor.delay",
                "{\"timeout\": null}|healthmonitor.timeout",
                "{\"type\": null}|healthmonitor.type",
                "{\"max_retries\": null}|healthmonitor.max_retries",
                "{\"max_retries\": 11}|healthmonitor.max_retries",
                "{\"domain_name\": \"\"}|healthmonitor.domain_name",
                "{\"expected_codes\": \"1\"}|healthmonitor.expected_codes",
                "{\"pool_id\": \"x\"}|pool_id",
                "{\"type\": \"TCP\", \"url_path\": \"/\"}|healthmonitor.url_path"
            })
    void refusesChangesOfTheSameKind(String body, String named) {
        var monitor = create(pool("HTTP"), "HTTP", Map.of());

        assertThat(put(monitor, body).expect(400).path("error_msg").stringValue())
                .contains("'" + named + "'");
        assertThat(show(monitor)).isEqualTo(monitor);
    }

    @Test
    void saysTheSameOfMalformedAndUnknownPools() {
        for (var id : new String[] {UUID.randomUUID().toString(), "no-uuid"}) {
            assertThat(post(id, "TCP", Map.of()).expect(404).path("error_msg").stringValue())
                    .isEqualTo("pool " + id + " could not be found.");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "monitor_port=4711,true", "monitor_port=1,false", "domain_name=filter.example.com,true",
        "domain_name=FILTER.example.com,false", "delay=47,true", "delay=46,false",
        "max_retries=7,true", "max_retries_down=8,true", "max_retries_down=7,false",
        "timeout=49,true", "timeout=48,false", "type=HTTPS,true",
        "type=HTTP,false", "type=HTTP&type=HTTPS,true", "expected_codes=207,true",
        "expected_codes=200,false", "url_path=/filter,true", "http_method=POST,true",
        "http_method=GET,false", "admin_state_up=false,true", "admin_state_up=true,false",
        "enterprise_project_id=0,true", "enterprise_project_id=all_granted_eps,true", "enterprise_project_id=1,false"
    })
    void filters(String query, boolean isFound) {
        var name = UUID.randomUUID().toString();
        var monitor = create(
                pool("TCP"),
                "HTTPS",
                Map.of(
                        "name",
                        name,
                        "monitor_port",
                        4711,
                        "domain_name",
                        "filter.example.com",
                        "delay",
                        47,
                        "max_retries",
                        7,
                        "max_retries_down",
                        8,
                        "timeout",
                        49,
                        "expected_codes",
                        "207",
                        "url_path",
                        "/filter"),
                Map.of("http_method", "POST", "admin_state_up", false));

        var found = api.get(api.elb("/healthmonitors?name=" + name + "&id="
                        + monitor.path("id").stringValue() + "&" + query))
                .expect(200);

        assertThat(found.path("healthmonitors").size()).isEqualTo(isFound ? 1 : 0);
        if (isFound) {
            assertThat(found.at("/healthmonitors/0")).isEqualTo(monitor);
        }
    }

    @Test
    void refusesUnknownAndUnreadableFilters() {
        for (var query : new String[] {"foo=1", "delay=x", "admin_state_up=1", "timeout=1&timeout=2", "pool_id=x"}) {
            assertThat(api.get(api.elb("/healthmonitors?" + query))
                            .expect(400)
                            .path("error_msg")
                            .stringValue())
                    .contains(query.substring(0, query.indexOf('=')));
        }
    }

    private String pool(String protocol) {
        var sticky = protocol.equals("QUIC") ? Map.of("session_persistence", Map.of("type", "SOURCE_IP")) : Map.of();
        var body = new HashMap<Object, Object>(sticky);
        body.putAll(Map.of("protocol", protocol, "lb_algorithm", "ROUND_ROBIN", "type", "ip"));
        return api.post(api.elb("/pools"), Map.of("pool", body))
                .expect(201)
                .at("/pool/id")
                .stringValue();
    }

    private JsonNode poolAnswer(String pool) {
        return api.get(api.elb("/pools/" + pool)).expect(200).path("pool");
    }

    @SafeVarargs
    private Api.Answer post(String pool, String type, Map<String, ?>... fields) {
        var monitor = new HashMap<String, Object>(
                Map.of("pool_id", pool, "type", type, "delay", 5, "timeout", 3, "max_retries", 2));
        for (var some : fields) {
            monitor.putAll(some);
        }
        return api.post(api.elb("/healthmonitors"), Map.of("healthmonitor", monitor));
    }

    @SafeVarargs
    private JsonNode create(String pool, String type, Map<String, ?>... fields) {
        return post(pool, type, fields).expect(201).path("healthmonitor");
    }

    private JsonNode show(JsonNode monitor) {
        return api.get(path(monitor)).expect(200).path("healthmonitor");
    }

    private Api.Answer put(JsonNode monitor, String fields) {
        return api.put(path(monitor), "{\"healthmonitor\": " + fields + "}");
    }

    private JsonNode update(JsonNode monitor, String fields) {
        return put(monitor, fields).expect(200).path("healthmonitor");
    }

    private String path(JsonNode monitor) {
        return api.elb("/healthmonitors/" + monitor.path("id").stringValue());
    }

    private long generation(String pool) {
        return jdbc.sql("select generation from pool where id = :id")
                .param("id", UUID.fromString(pool))
                .query(Long.class)
                .single();
    }
}
