package io.evenkeel.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@EvenkeelTest
class PoolCrudTests {

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void answersDefaultsForWhatWasNotGiven() {
        var pool = create(Map.of("protocol", "HTTP", "lb_algorithm", "ROUND_ROBIN", "type", "ip"));

        assertThat(pool.path("name").stringValue()).isEmpty();
        assertThat(pool.path("description").stringValue()).isEmpty();
        assertThat(pool.path("admin_state_up").booleanValue()).isTrue();
        assertThat(pool.path("project_id").stringValue()).isEqualTo(api.projectId());
        assertThat(pool.path("ip_version").stringValue()).isEqualTo("v4");
        assertThat(pool.path("vpc_id").stringValue()).isEmpty();
        assertThat(pool.path("type").stringValue()).isEqualTo("ip");
        for (var list : new String[] {"listeners", "loadbalancers", "members"}) {
            assertThat(pool.path(list).isArray()).as(list).isTrue();
            assertThat(pool.path(list).size()).as(list).isZero();
        }
        for (var absent : new String[] {"healthmonitor_id", "session_persistence", "slow_start"}) {
            assertThat(pool.has(absent)).as(absent).isTrue();
            assertThat(pool.path(absent).isNull()).as(absent).isTrue();
        }
        assertThat(pool.path("any_port_enable").booleanValue()).isFalse();
        assertThat(pool.path("member_deletion_protection_enable").booleanValue())
                .isFalse();
        assertThat(pool.at("/pool_health/minimum_healthy_member_count").intValue())
                .isZero();
        assertThat(pool.path("public_border_group").stringValue()).isEqualTo("center");
        assertThat(pool.path("protection_status").stringValue()).isEqualTo("nonProtection");
        assertThat(pool.path("enterprise_project_id").stringValue()).isEqualTo("0");
        assertThat(pool.path("created_at").stringValue()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(pool.at("/evenkeel/operating_status").stringValue()).isEqualTo("ONLINE");
        assertThat(show(pool)).isEqualTo(pool);
    }

    @Test
    void keepsEveryFieldOfAnHttpPool() {
        var pool = create("""
                {"pool": {"name": "web", "description": "Größe ✓", "admin_state_up": false, "protocol": "HTTPS",
                 "lb_algorithm": "LEAST_CONNECTIONS", "type": "ip", "ip_version": "v4", "project_id": "%s",
                 "session_persistence": {"type": "APP_COOKIE", "cookie_name": "my.cookie_1-a"},
                 "slow_start": {"enable": true}, "pool_health": {"minimum_healthy_member_count": 1},
                 "member_deletion_protection_enable": true, "public_border_group": "center",
                 "protection_status": "consoleProtection", "protection_reason": "because"}}
                """.formatted(api.projectId()));

        assertThat(pool.path("name").stringValue()).isEqualTo("web");
        assertThat(pool.path("description").stringValue()).isEqualTo("Größe ✓");
        assertThat(pool.path("admin_state_up").booleanValue()).isFalse();
        assertThat(pool.at("/session_persistence/type").stringValue()).isEqualTo("APP_COOKIE");
        assertThat(pool.at("/session_persistence/cookie_name").stringValue()).isEqualTo("my.cookie_1-a");
        assertThat(pool.at("/slow_start/enable").booleanValue()).isTrue();
        assertThat(pool.at("/slow_start/duration").intValue()).isEqualTo(30);
        assertThat(pool.at("/pool_health/minimum_healthy_member_count").intValue())
                .isEqualTo(1);
        assertThat(pool.path("member_deletion_protection_enable").booleanValue())
                .isTrue();
        assertThat(pool.path("protection_reason").stringValue()).isEqualTo("because");
        assertThat(show(pool)).isEqualTo(pool);
    }

    @Test
    void keepsEveryFieldOfPassedThroughPools() {
        var tcp = create("""
                {"pool": {"protocol": "TCP", "lb_algorithm": "SOURCE_IP", "type": "ip", "ip_version": "dualstack",
                 "session_persistence": {"type": "HTTP_COOKIE"}, "any_port_enable": true,
                 "connection_drain": {"enable": true, "timeout": 4000},
                 "az_affinity": {"enable": true, "az_minimum_healthy_member_count": 1}}}
                """);
        var quic = create("""
                {"pool": {"protocol": "QUIC", "lb_algorithm": "QUIC_CID", "type": "ip",
                 "session_persistence": {"type": "SOURCE_IP", "persistence_timeout": 60},
                 "quic_cid_hash_strategy": {"len": 20}}}
                """);

        assertThat(tcp.path("ip_version").stringValue()).isEqualTo("dualstack");
        assertThat(tcp.at("/session_persistence/type").stringValue()).isEqualTo("SOURCE_IP");
        assertThat(tcp.at("/session_persistence/persistence_timeout").intValue())
                .isEqualTo(1);
        assertThat(tcp.at("/connection_drain/timeout").intValue()).isEqualTo(4000);
        assertThat(tcp.at("/az_affinity/az_minimum_healthy_member_percentage").intValue())
                .isEqualTo(-1);
        assertThat(tcp.at("/az_affinity/az_unhealthy_fallback_strategy").stringValue())
                .isEqualTo("forward_to_all_member_of_local_az");
        assertThat(quic.at("/quic_cid_hash_strategy/len").intValue()).isEqualTo(20);
        assertThat(quic.at("/quic_cid_hash_strategy/offset").intValue()).isEqualTo(1);
        assertThat(quic.at("/session_persistence/persistence_timeout").intValue())
                .isEqualTo(60);
    }

    @Test
    void changesOnlyWhatIsPresentAndClearsWhatIsNull() {
        var pool = create("""
                {"pool": {"name": "a", "description": "b", "protocol": "HTTP", "lb_algorithm": "ROUND_ROBIN",
                 "type": "ip", "session_persistence": {"type": "HTTP_COOKIE", "persistence_timeout": 5},
                 "slow_start": {"enable": true, "duration": 60}, "protection_status": "consoleProtection",
                 "protection_reason": "why"}}
                """);

        var renamed = update(pool, "{\"pool\": {\"name\": \"c\", \"lb_algorithm\": \"SOURCE_IP\"}}");
        assertThat(renamed.path("name").stringValue()).isEqualTo("c");
        assertThat(renamed.path("description").stringValue()).isEqualTo("b");
        assertThat(renamed.path("lb_algorithm").stringValue()).isEqualTo("SOURCE_IP");
        assertThat(renamed.path("session_persistence")).isEqualTo(pool.path("session_persistence"));

        var cleared = update(pool, """
                {"pool": {"name": null, "session_persistence": null, "slow_start": null,
                 "protection_status": "nonProtection"}}
                """);
        assertThat(cleared.path("name").stringValue()).isEmpty();
        assertThat(cleared.path("session_persistence").isNull()).isTrue();
        assertThat(cleared.path("slow_start").isNull()).isTrue();
        assertThat(cleared.path("protection_reason").stringValue()).isEmpty();
        assertThat(show(pool)).isEqualTo(cleared);
    }

    @Test
    void advancesThePoolForAChangeAndForNothingElse() {
        var pool = create(Map.of("name", "same", "protocol", "HTTP", "lb_algorithm", "ROUND_ROBIN", "type", "ip"));
        assertThat(generation(pool)).isEqualTo(1);

        update(pool, "{\"pool\": {\"name\": \"same\", \"slow_start\": null}}");
        update(pool, "{\"pool\": {}}");
        assertThat(generation(pool)).isEqualTo(1);

        update(pool, "{\"pool\": {\"name\": \"other\"}}");
        assertThat(generation(pool)).isEqualTo(2);
    }

    @Test
    void setsTypeOnceAndNeverEmptiesIt() {
        var pool = create(Map.of("protocol", "HTTP", "lb_algorithm", "ROUND_ROBIN", "type", "ip"));

        assertRefused(pool, "{\"pool\": {\"type\": \"\"}}", "pool.type");
        assertRefused(pool, "{\"pool\": {\"type\": null}}", "pool.type");
        assertRefused(pool, "{\"pool\": {\"type\": \"instance\"}}", "pool.type");
        assertRefused(pool, "{\"pool\": {\"vpc_id\": \"vpc-x\"}}", "pool.vpc_id");
        update(pool, "{\"pool\": {\"type\": \"ip\"}}");
    }

    @Test
    void keepsTheSessionPersistenceThatQuicNeeds() {
        var pool = create("""
                {"pool": {"protocol": "QUIC", "lb_algorithm": "SOURCE_IP", "type": "ip",
                 "session_persistence": {"type": "SOURCE_IP"}}}
                """);

        assertRefused(pool, "{\"pool\": {\"session_persistence\": null}}", "pool.session_persistence");
    }

    @Test
    void dropsTheHashStrategyWithItsAlgorithm() {
        var pool = create("""
                {"pool": {"protocol": "QUIC", "lb_algorithm": "QUIC_CID", "type": "ip",
                 "session_persistence": {"type": "SOURCE_IP"}}}
                """);
        assertThat(pool.at("/quic_cid_hash_strategy/len").intValue()).isEqualTo(3);

        var changed = update(pool, "{\"pool\": {\"lb_algorithm\": \"ROUND_ROBIN\"}}");
        assertThat(changed.has("quic_cid_hash_strategy")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "protocol | 'UDP'",
                "ip_version | 'v4'",
                "listener_id | '5b0a0a7e-0000-7000-8000-000000000000'",
                "loadbalancer_id | '5b0a0a7e-0000-7000-8000-000000000000'",
                "public_border_group | 'center'",
                "foo | 1"
            })
    void refusesToChangeWhatIsImmutableOrUnknown(String attribute, String value) {
        var pool = create(Map.of("protocol", "TCP", "lb_algorithm", "ROUND_ROBIN", "type", "ip"));

        var answer = api.put(path(pool), "{\"pool\": {\"" + attribute + "\": " + value.replace("'", "\"") + "}}");

        assertThat(answer.expect(400).path("error_msg").stringValue()).contains("Unrecognized attribute(s)", attribute);
    }

    @Test
    void refusesRequiredFieldsThatAreNull() {
        var pool = create(Map.of("protocol", "TCP", "lb_algorithm", "ROUND_ROBIN", "type", "ip"));

        var answer = api.put(path(pool), "{\"pool\": {\"lb_algorithm\": null}}");

        assertThat(answer.expect(400).path("error_msg").stringValue()).contains("pool.lb_algorithm");
    }

    @Test
    void deletesAnEmptyPoolAndRemembersIt() {
        var pool = create(Map.of("protocol", "TCP", "lb_algorithm", "ROUND_ROBIN", "type", "ip"));

        api.delete(path(pool)).expect(204);

        assertThat(api.get(path(pool)).expect(404).path("error_msg").stringValue())
                .isEqualTo("pool " + pool.path("id").stringValue() + " could not be found.");
        assertThat(api.delete(path(pool)).status()).isEqualTo(404);
        assertThat(api.put(path(pool), "{\"pool\": {\"name\": \"x\"}}").status())
                .isEqualTo(404);
        assertThat(jdbc.sql("select generation from tombstone where resource_kind = 'POOL' and resource_id = :id")
                        .param("id", UUID.fromString(pool.path("id").stringValue()))
                        .query(Long.class)
                        .single())
                .isGreaterThan(1);
    }

    @Test
    void refusesToDeleteAProtectedPool() {
        var pool = create(Map.of(
                "protocol",
                "TCP",
                "lb_algorithm",
                "ROUND_ROBIN",
                "type",
                "ip",
                "member_deletion_protection_enable",
                true));

        assertThat(api.delete(path(pool)).expect(409).path("error_msg").stringValue())
                .contains("member_deletion_protection_enable", pool.path("id").stringValue());

        update(pool, "{\"pool\": {\"member_deletion_protection_enable\": false}}");
        api.delete(path(pool)).expect(204);
    }

    @Test
    void saysTheSameOfMalformedAndUnknownIds() {
        var unknown = UUID.randomUUID().toString();
        for (var id : new String[] {unknown, "no-uuid"}) {
            var answer = api.get(api.elb("/pools/" + id)).expect(404);
            assertThat(answer.path("error_code").stringValue()).isEqualTo("ELB.8904");
            assertThat(answer.path("error_msg").stringValue()).isEqualTo("pool " + id + " could not be found.");
        }
        for (var kind : new String[] {"loadbalancer", "listener"}) {
            for (var id : new String[] {unknown, "no-uuid"}) {
                var body = new HashMap<String, Object>(Map.of("protocol", "TCP", "lb_algorithm", "ROUND_ROBIN"));
                body.put(kind + "_id", id);
                var answer = api.post(api.elb("/pools"), Map.of("pool", body)).expect(404);
                assertThat(answer.path("error_msg").stringValue()).isEqualTo(kind + " " + id + " could not be found.");
            }
        }
    }

    private JsonNode create(Map<String, ?> pool) {
        return api.post(api.elb("/pools"), Map.of("pool", pool)).expect(201).path("pool");
    }

    private JsonNode create(String body) {
        return api.post(api.elb("/pools"), body).expect(201).path("pool");
    }

    /** The pool as it is shown now; what is observed of it may change at any moment, so that is taken from before. */
    private JsonNode show(JsonNode pool) {
        var shown = (ObjectNode) api.get(path(pool)).expect(200).path("pool");
        return shown.set("evenkeel", pool.path("evenkeel"));
    }

    private JsonNode update(JsonNode pool, String body) {
        return api.put(path(pool), body).expect(200).path("pool");
    }

    private void assertRefused(JsonNode pool, String body, String attribute) {
        var answer = api.put(path(pool), body).expect(400);
        assertThat(answer.path("error_code").stringValue()).isEqualTo("ELB.8902");
        assertThat(answer.path("error_msg").stringValue()).contains("'" + attribute + "'");
    }

    private long generation(JsonNode pool) {
        return jdbc.sql("select generation from pool where id = :id")
                .param("id", UUID.fromString(pool.path("id").stringValue()))
                .query(Long.class)
                .single();
    }

    private String path(JsonNode pool) {
        return api.elb("/pools/" + pool.path("id").stringValue());
    }
}
