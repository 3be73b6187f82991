package io.evenkeel.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/** Every field of a pool with values it cannot have: 400, the field named, nothing stored. */
@EvenkeelTest
class PoolRefusalTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Autowired
    private Api api;

    @ParameterizedTest(name = "{0} refuses {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "protocol|null|pool.protocol",
                "protocol|5|pool.protocol",
                "protocol|\"IP\"|pool.protocol",
                "protocol|\"tcp\"|pool.protocol",
                "protocol|\"\"|pool.protocol",
                "lb_algorithm|null|pool.lb_algorithm",
                "lb_algorithm|[]|pool.lb_algorithm",
                "lb_algorithm|\"QUIC_CID\"|pool.lb_algorithm",
                "lb_algorithm|\"5_TUPLE_HASH\"|pool.lb_algorithm",
                "name|{}|pool.name",
                "name|1.5|pool.name",
                "name|\"a\\u0000b\"|pool.name",
                "name|\"a\\nb\"|pool.name",
                "name|LONG|pool.name",
                "description|true|pool.description",
                "description|\"\\u0007\"|pool.description",
                "description|LONG|pool.description",
                "admin_state_up|\"yes\"|pool.admin_state_up",
                "admin_state_up|1|pool.admin_state_up",
                "project_id|\"ffffffffffffffffffffffffffffffff\"|pool.project_id",
                "project_id|7|pool.project_id",
                "listener_id|\"\"|pool.listener_id",
                "listener_id|7|pool.listener_id",
                "listener_id|LONG|pool.listener_id",
                "loadbalancer_id|\"\"|pool.loadbalancer_id",
                "loadbalancer_id|false|pool.loadbalancer_id",
                "vpc_id|\"a b\"|pool.vpc_id",
                "vpc_id|LONG|pool.vpc_id",
                "vpc_id|\"some-vpc\"|pool.vpc_id",
                "type|\"server\"|pool.type",
                "type|3|pool.type",
                "type|\"instance\"|pool.vpc_id",
                "ip_version|\"v6\"|pool.ip_version",
                "ip_version|\"dualstack\"|pool.ip_version",
                "ip_version|4|pool.ip_version",
                "session_persistence|true|pool.session_persistence",
                "session_persistence|{}|pool.session_persistence.type",
                "session_persistence|{\"type\":\"SOURCE_IP\"}|pool.session_persistence.type",
                "session_persistence|{\"type\":\"COOKIE\"}|pool.session_persistence.type",
                "session_persistence|{\"type\":\"APP_COOKIE\"}|pool.session_persistence.cookie_name",
                "session_persistence|{\"type\":\"HTTP_COOKIE\",\"cookie_name\":\"a\"}|pool.session_persistence.cookie_name",
                "session_persistence|{\"type\":\"APP_COOKIE\",\"cookie_name\":\"a b\"}|pool.session_persistence.cookie_name",
                "session_persistence|{\"type\":\"HTTP_COOKIE\",\"persistence_timeout\":0}|pool.session_persistence.persistence_timeout",
                "session_persistence|{\"type\":\"HTTP_COOKIE\",\"persistence_timeout\":1441}|pool.session_persistence.persistence_timeout",
                "session_persistence|{\"type\":\"HTTP_COOKIE\",\"persistence_timeout\":1.5}|pool.session_persistence.persistence_timeout",
                "session_persistence|{\"type\":\"HTTP_COOKIE\",\"foo\":1}|session_persistence.foo",
                "slow_start|[]|pool.slow_start",
                "slow_start|{\"enable\":\"x\"}|pool.slow_start.enable",
                "slow_start|{\"duration\":29}|pool.slow_start.duration",
                "slow_start|{\"duration\":1201}|pool.slow_start.duration",
                "connection_drain|{\"enable\":true,\"timeout\":100}|pool.connection_drain",
                "connection_drain|{\"timeout\":9}|pool.connection_drain.timeout",
                "connection_drain|{\"timeout\":4001}|pool.connection_drain.timeout",
                "pool_health|{\"minimum_healthy_member_count\":2}|pool.pool_health.minimum_healthy_member_count",
                "pool_health|{\"minimum_healthy_member_count\":-1}|pool.pool_health.minimum_healthy_member_count",
                "az_affinity|{\"enable\":true,\"az_minimum_healthy_member_count\":1}|pool.az_affinity.enable",
                "az_affinity|{\"az_minimum_healthy_member_percentage\":101}|pool.az_affinity.az_minimum_healthy_member_percentage",
                "az_affinity|{\"az_minimum_healthy_member_count\":10001}|pool.az_affinity.az_minimum_healthy_member_count",
                "az_affinity|{\"az_unhealthy_fallback_strategy\":\"none\"}|pool.az_affinity.az_unhealthy_fallback_strategy",
                "quic_cid_hash_strategy|{}|pool.quic_cid_hash_strategy",
                "quic_cid_hash_strategy|{\"len\":0}|pool.quic_cid_hash_strategy.len",
                "quic_cid_hash_strategy|{\"len\":21}|pool.quic_cid_hash_strategy.len",
                "quic_cid_hash_strategy|{\"offset\":20}|pool.quic_cid_hash_strategy.offset",
                "any_port_enable|true|pool.any_port_enable",
                "any_port_enable|\"true\"|pool.any_port_enable",
                "member_deletion_protection_enable|\"no\"|pool.member_deletion_protection_enable",
                "public_border_group|\"edge\"|pool.public_border_group",
                "protection_status|\"on\"|pool.protection_status",
                "protection_reason|\"why\"|pool.protection_reason",
                "protection_reason|\"<b>\"|pool.protection_reason",
                "protection_reason|LONG|pool.protection_reason",
                "id|\"5b0a0a7e-0000-7000-8000-000000000000\"|id",
                "healthmonitor_id|null|healthmonitor_id",
                "foo|1|foo",
            })
    void namesTheFieldItRefuses(String attribute, String value, String named) {
        var pool = new LinkedHashMap<String, Object>();
        pool.put("description", UUID.randomUUID().toString());
        pool.put("protocol", "HTTP");
        pool.put("lb_algorithm", "ROUND_ROBIN");
        pool.put("type", "ip");
        var marker = pool.get("description");
        pool.put(attribute, value.equals("LONG") ? "x".repeat(256) : JSON.readTree(value));

        var answer = api.post(api.elb("/pools"), Map.of("pool", pool)).expect(400);

        assertThat(answer.path("error_code").stringValue()).startsWith("ELB.");
        assertThat(answer.path("error_msg").stringValue()).contains("'" + named);
        assertThat(api.get(api.elb("/pools?description=" + marker)).expect(200).path("pools"))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "TCP|\"slow_start\": {\"enable\": false}|pool.slow_start",
                "TCP|\"connection_drain\": {\"enable\": true}|pool.connection_drain.timeout",
                "TCP|\"session_persistence\": {\"type\":\"SOURCE_IP\",\"persistence_timeout\":61}|persistence_timeout",
                "TCP|\"session_persistence\": {\"type\":\"SOURCE_IP\",\"cookie_name\":\"a\"}|cookie_name",
                "TCP|\"az_affinity\": {\"enable\":true}|pool.az_affinity",
                "UDP|\"slow_start\": {}|pool.slow_start",
                "QUIC|\"session_persistence\": {\"type\":\"HTTP_COOKIE\"}|pool.session_persistence.type",
                "QUIC|\"any_port_enable\": true|pool.session_persistence",
                "QUIC|\"session_persistence\": {\"type\":\"SOURCE_IP\"}, \"quic_cid_hash_strategy\": {\"len\":3}"
                        + "|pool.quic_cid_hash_strategy",
                "GRPC|\"session_persistence\": {\"type\":\"HTTP_COOKIE\"}|pool.session_persistence",
                "TLS|\"session_persistence\": {\"type\":\"SOURCE_IP\"}|pool.session_persistence",
                "TLS|\"any_port_enable\": true|pool.any_port_enable",
                "GRPC|\"connection_drain\": {\"enable\": false}|pool.connection_drain",
                "GRPC|\"slow_start\": {\"enable\": true}|pool.slow_start",
            })
    void refusesWhatDoesNotFitTheProtocol(String protocol, String field, String named) {
        var answer = api.post(
                        api.elb("/pools"),
                        "{\"pool\": {\"protocol\": \"%s\", \"lb_algorithm\": \"ROUND_ROBIN\", \"type\": \"ip\", %s}}"
                                .formatted(protocol, field))
                .expect(400);

        assertThat(answer.path("error_msg").stringValue()).contains(named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {"{}|pool", "{\"pool\": null}|pool", "{\"pool\": []}|pool", "[]|body", "{\"pool\": {}, \"a\": 1}|a"
            })
    void refusesBodiesOfAnotherShape(String body, String named) {
        assertThat(api.post(api.elb("/pools"), body)
                        .expect(400)
                        .path("error_msg")
                        .stringValue())
                .contains("'" + named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "protection_reason"})
    void refusesHalfACharacter(String attribute) {
        var body = """
                {"pool": {"protocol": "TCP", "lb_algorithm": "ROUND_ROBIN", "type": "ip",
                 "protection_status": "consoleProtection", "%s": "\\ud800"}}""".formatted(attribute);

        assertThat(api.post(api.elb("/pools"), body)
                        .expect(400)
                        .path("error_msg")
                        .stringValue())
                .contains("'pool." + attribute + "'");
    }

    @ParameterizedTest
    @CsvSource({"'',pool", "'\"type\": \"\",',pool"})
    void wantsToKnowWhatThePoolIsFor(String type, String named) {
        var answer = api.post(
                        api.elb("/pools"),
                        "{\"pool\": {" + type + "\"protocol\": \"TCP\", \"lb_algorithm\": \"ROUND_ROBIN\"}}")
                .expect(400);

        assertThat(answer.path("error_msg").stringValue())
                .contains("'" + named + "'", "listener_id", "loadbalancer_id", "type");
    }
}
