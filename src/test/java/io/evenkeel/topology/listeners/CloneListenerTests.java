package io.evenkeel.topology.listeners;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Pki;
import io.evenkeel.testing.Pki.Wish;
import io.evenkeel.testing.Race;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Copies of a listener, on its own load balancer or on others of its VPC. */
@EvenkeelTest
class CloneListenerTests {

    @Autowired
    Api api;

    @Autowired
    JdbcClient jdbc;

    private static final Map<String, String> SERVER = serverCertificate();

    private static Map<String, String> serverCertificate() {
        var issued = Pki.selfSigned(Wish.of("shop.example"));
        return Map.of("type", "server", "certificate", issued.pem(), "private_key", issued.key());
    }

    private Estate estate;
    private String here;
    private String there;

    @BeforeEach
    void makeLoadBalancers() {
        estate = Estate.create(api);
        here = estate.loadBalancer();
        there = estate.loadBalancer();
    }

    private static Map<String, Object> target(String loadBalancer, Object... more) {
        var target = new HashMap<String, Object>(Map.of("loadbalancer_id", loadBalancer));
        for (int i = 0; i < more.length; i += 2) {
            target.put((String) more[i], more[i + 1]);
        }
        return target;
    }

    private Api.Answer copy(String listener, Map<?, ?>... targets) {
        return api.post(
                api.elb("/listeners/" + listener + "/clone"), Map.of("target_listener_params", List.of(targets)));
    }

    @Test
    void bringsACopyOfThePoolWithMembersAndMonitor() {
        var pool = estate.poolOf(here);
        estate.servers(2);
        estate.member(pool, 1);
        estate.member(pool, 2);
        estate.monitor(pool);
        var original = estate.listener(
                here,
                "HTTP",
                80,
                Map.of("name", "web", "default_pool_id", pool, "client_timeout", 7, "description", "d"));

        var answer = copy(
                        original,
                        target(there, "protocol_port", 80),
                        target(here, "protocol_port", 81, "name", "second"))
                .expect(202);

        var listed = answer.get("listener_list");
        assertThat(listed).hasSize(2);
        assertThat(listed.get(0).get("loadbalancer_id").asString()).isEqualTo(there);
        assertThat(listed.get(0).get("protocol_port").asInt()).isEqualTo(80);
        var first = estate.show("/listeners/" + listed.get(0).get("id").asString());
        assertThat(first.get("name").asString()).isEqualTo("web-copy");
        assertThat(first.get("description").asString()).isEqualTo("d");
        assertThat(first.get("client_timeout").asInt()).isEqualTo(7);
        assertThat(first.get("loadbalancers").get(0).get("id").asString()).isEqualTo(there);
        var behind = first.get("default_pool_id").asString();
        assertThat(behind).isNotEqualTo(pool);
        var copied = estate.show("/pools/" + behind);
        assertThat(copied.get("members")).hasSize(2);
        assertThat(copied.get("healthmonitor_id").asString()).isNotEmpty();
        assertThat(copied.get("loadbalancers").get(0).get("id").asString()).isEqualTo(there);
        var second = estate.show("/listeners/" + listed.get(1).get("id").asString());
        assertThat(second.get("name").asString()).isEqualTo("second");
        assertThat(second.get("protocol_port").asInt()).isEqualTo(81);
        assertThat(second.get("default_pool_id").asString()).isNotIn(pool, behind);
        assertThat(api.get(api.elb("/jobs/" + answer.get("job_id").asString())).status())
                .isEqualTo(200);
    }

    @Test
    void bringsPoliciesWithOneCopyOfEachPool() {
        var pool = estate.poolOf(here);
        var original =
                estate.listener(here, "HTTP", 80, Map.of("default_pool_id", pool, "enhance_l7policy_enable", true));
        estate.policy(original, "/a", pool);
        estate.policy(original, "/b", estate.sharedPool());

        var copied = copy(original, target(there, "protocol_port", 80))
                .expect(202)
                .get("listener_list")
                .get(0)
                .get("id")
                .asString();

        var policies = estate.policies(copied);
        assertThat(policies.stream().map(policy -> policy.get("name").asString()))
                .containsExactly("/a", "/b");
        assertThat(policies.getFirst().get("redirect_pool_id").asString())
                .isNotEqualTo(pool)
                .isEqualTo(estate.show("/listeners/" + copied)
                        .get("default_pool_id")
                        .asString());
        assertThat(policies.getFirst().get("rules").get(0).get("value").asString())
                .isEqualTo("/a");
        assertThat(estate.ids("/pools?loadbalancer_id=" + there)).hasSize(2);
    }

    @Test
    void aRedirectToAListenerStaysOnItsLoadBalancer() {
        var certificate = api.post(api.elb("/certificates"), Map.of("certificate", SERVER))
                .expect(201)
                .at("/certificate/id")
                .asString();
        var https = estate.listener(here, "HTTPS", 443, Map.of("default_tls_container_ref", certificate));
        var original = estate.listener(here, "HTTP", 80, Map.of());
        estate.postPolicy(original, Map.of("action", "REDIRECT_TO_LISTENER", "redirect_listener_id", https))
                .expect(201);

        assertThat(copy(original, target(there, "protocol_port", 80))
                        .expect(400)
                        .get("error_msg")
                        .asString())
                .contains("redirect_listener_id " + https);
        var copied = copy(original, target(here, "protocol_port", 81))
                .expect(202)
                .get("listener_list")
                .get(0)
                .get("id")
                .asString();

        assertThat(estate.policies(copied)
                        .getFirst()
                        .get("redirect_listener_id")
                        .asString())
                .isEqualTo(https);
        var second = copy(https, target(there, "protocol_port", 443))
                .expect(202)
                .get("listener_list")
                .get(0)
                .get("id")
                .asString();
        assertThat(estate.show("/listeners/" + second)
                        .get("default_tls_container_ref")
                        .asString())
                .isEqualTo(certificate);
        assertThat(estate.delete("/certificates/" + certificate).status()).isEqualTo(409);
        estate.delete("/listeners/" + https + "/force").raw();
        api.post(api.elb("/loadbalancers/" + here + "/clone"), Map.of()).expect(200);
    }

    @Test
    void sharesThePoolWhereAsked() {
        var pool = estate.sharedPool();
        var original = estate.listener(here, 80, pool);

        var id = copy(original, target(there, "protocol_port", 80, "reuse_pool", true))
                .expect(202)
                .get("listener_list")
                .get(0)
                .get("id")
                .asString();

        assertThat(estate.show("/listeners/" + id).get("default_pool_id").asString())
                .isEqualTo(pool);
        var owned = estate.listener(here, 81, estate.poolOf(here));
        assertThat(copy(owned, target(there, "protocol_port", 81, "reuse_pool", true))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void happensWhollyOrNotAtAll() {
        var original = estate.listener(here, "TCP", 80, Map.of());

        assertThat(copy(original, target(there, "protocol_port", 80), target(here, "protocol_port", 80))
                        .status())
                .isEqualTo(409);
        assertThat(copy(original, target(there)).status()).isEqualTo(400);
        var elsewhere = Estate.create(api).loadBalancer();
        assertThat(copy(original, target(there, "protocol_port", 80), target(elsewhere, "protocol_port", 80))
                        .status())
                .isEqualTo(400);
        assertThat(estate.ids("/listeners?loadbalancer_id=" + there)).isEmpty();
        var ranges = List.of(Map.of("start_port", 9000, "end_port", 9009));
        var copied = copy(original, target(there, "port_ranges", ranges)).expect(202);
        assertThat(copied.get("listener_list")
                        .get(0)
                        .get("port_ranges")
                        .get(0)
                        .get("end_port")
                        .asInt())
                .isEqualTo(9009);
    }

    @Test
    void meetsOtherWritesWithoutADeadlock() {
        var pool = estate.sharedPool();
        var one = estate.listener(here, 80, pool);
        var two = estate.listener(there, 80, pool);
        new Race(jdbc)
                .with(Race.call(() -> copy(one, target(there, "protocol_port", 81)), "202", "404 listener"))
                .with(Race.call(() -> copy(two, target(here, "protocol_port", 81)), "202", "404 listener"))
                .with(Race.call(
                        () -> copy(two, target(here, "protocol_port", 82, "reuse_pool", true)), "202", "404 listener"))
                .with(Race.call(() -> estate.delete("/listeners/" + one + "/force"), "204"))
                .with(Race.call(() -> estate.bind(two, "null"), "200"))
                .run(1);
    }
}
