package io.evenkeel.topology.standby;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Statements;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Pools of a master and a standby: made whole, listed apart, deleted whole. */
@EvenkeelTest
class MasterSlavePoolTests {

    @Autowired
    private Api api;

    private Estate estate;
    private String loadBalancer = "";

    @BeforeEach
    void createEstate() {
        estate = Estate.create(api);
        estate.servers(3);
        loadBalancer = estate.loadBalancer();
    }

    private Map<String, Object> part(int server, String role) {
        return Map.of(
                "address",
                estate.cloud().address(server),
                "subnet_cidr_id",
                estate.cloud().serverSubnetId(),
                "protocol_port",
                80,
                "role",
                role);
    }

    private Api.Answer post(Map<String, ?> more) {
        var pool = new HashMap<String, Object>(Map.of(
                "protocol",
                "TCP",
                "lb_algorithm",
                "ROUND_ROBIN",
                "loadbalancer_id",
                loadBalancer,
                "members",
                List.of(part(1, "master"), part(2, "slave")),
                "healthmonitor",
                Map.of("type", "TCP", "delay", 5, "timeout", 3, "max_retries", 2)));
        pool.putAll(more);
        return api.post(api.elb("/master-slave-pools"), Map.of("pool", pool));
    }

    private String pair(Map<String, ?> more) {
        return post(more).expect(201).path("pool").path("id").asString();
    }

    private static List<String> roles(JsonNode pool) {
        return pool.path("members")
                .valueStream()
                .map(member -> member.path("role").asString() + " "
                        + member.path("instance_id").asString())
                .toList();
    }

    @Test
    void isMadeWithBothMembersAndItsMonitor() {
        var answer = post(Map.of("name", "pair", "session_persistence", Map.of("type", "SOURCE_IP")))
                .expect(201);

        var pool = answer.path("pool");
        assertThat(pool.path("name").asString()).isEqualTo("pair");
        assertThat(pool.path("session_persistence").path("persistence_timeout").asInt())
                .isEqualTo(1);
        assertThat(roles(pool))
                .containsExactly(
                        "master " + estate.cloud().serverId(1),
                        "slave " + estate.cloud().serverId(2));
        assertThat(pool.path("healthmonitor").path("max_retries_down").asInt()).isEqualTo(3);
        assertThat(pool.path("loadbalancers").get(0).path("id").asString()).isEqualTo(loadBalancer);
        assertThat(answer.path("warnings").toString()).doesNotContain("standby");
        assertThat(estate.show("/master-slave-pools/" + pool.path("id").asString()))
                .isEqualTo(pool);
    }

    @Test
    void servesAListener() {
        var listener = estate.listener(loadBalancer, "TCP", 90, Map.of());

        var pool = pair(Map.of("listener_id", listener));

        assertThat(estate.show("/listeners/" + listener).path("default_pool_id").asString())
                .isEqualTo(pool);
        assertThat(estate.show("/master-slave-pools/" + pool)
                        .path("listeners")
                        .get(0)
                        .path("id")
                        .asString())
                .isEqualTo(listener);
    }

    @Test
    void isACollectionOfItsOwn() {
        var pool = pair(Map.of("description", "two"));
        var ordinary = estate.poolOf(loadBalancer);

        assertThat(estate.ids("/pools?loadbalancer_id=" + loadBalancer)).containsExactly(ordinary);
        for (var query : List.of(
                "id=" + pool,
                "loadbalancer_id=" + loadBalancer,
                "loadbalancer_id=" + loadBalancer
                        + "&description=two&protocol=TCP&lb_algorithm=ROUND_ROBIN&ip_version=v4",
                "loadbalancer_id=" + loadBalancer + "&type=&vpc_id=",
                "member_address=" + estate.cloud().address(2),
                "member_device_id=" + estate.cloud().serverId(1),
                "member_instance_id=" + estate.cloud().serverId(1),
                "healthmonitor_id="
                        + estate.show("/master-slave-pools/" + pool)
                                .path("healthmonitor")
                                .path("id")
                                .asString())) {
            assertThat(estate.ids("/master-slave-pools?" + query)).as(query).containsExactly(pool);
        }
        for (var query :
                List.of("id=" + ordinary, "id=" + pool + "&protocol=UDP", "id=" + pool + "&connection_drain=true")) {
            assertThat(estate.ids("/master-slave-pools?" + query)).as(query).isEmpty();
        }
        assertThat(api.get(api.elb("/master-slave-pools/" + ordinary)).status()).isEqualTo(404);
        assertThat(estate.delete("/master-slave-pools/" + ordinary).status()).isEqualTo(404);
        assertThat(estate.ids(
                        "/loadbalancers?member_device_id=" + estate.cloud().serverId(2)))
                .containsExactly(loadBalancer);
    }

    @Test
    void itsMembersAreFixed() {
        var pool = pair(Map.of());
        var member = estate.ids("/pools/" + pool + "/members").getFirst();

        assertThat(estate.postMember(pool, 3, Map.of())
                        .expect(409)
                        .path("error_msg")
                        .asString())
                .contains("fixed");
        estate.delete("/pools/" + pool + "/members/" + member).expect(409);
        api.post(api.elb("/pools/" + pool + "/members/batch-delete"), Map.of("members", List.of(Map.of("id", member))))
                .expect(409);
        assertThat(roles(estate.show("/master-slave-pools/" + pool))).hasSize(2);
    }

    @Test
    void isDeletedWhole() {
        var pool = pair(Map.of());
        var monitor = estate.show("/master-slave-pools/" + pool)
                .path("healthmonitor")
                .path("id")
                .asString();

        assertThat(estate.delete("/master-slave-pools/" + pool).status()).isEqualTo(204);

        assertThat(api.get(api.elb("/master-slave-pools/" + pool)).status()).isEqualTo(404);
        assertThat(api.get(api.elb("/healthmonitors/" + monitor)).status()).isEqualTo(404);
        assertThat(estate.delete("/master-slave-pools/" + UUID.randomUUID()).status())
                .isEqualTo(404);
    }

    @Test
    void isNotDeletedAmongOtherPools() {
        var pair = pair(Map.of());
        var single = estate.sharedPool();

        assertThat(estate.delete("/pools/" + pair).expect(409).path("error_msg").asString())
                .contains(pair);
        assertThat(api.post(api.elb("/pools/batch-delete"), Map.of("pools", List.of(single, pair)))
                        .expect(409)
                        .path("error_msg")
                        .asString())
                .contains(pair);
        assertThat(api.get(api.elb("/pools/" + single)).status()).isEqualTo(200);
        assertThat(estate.ids("/master-slave-pools")).contains(pair);
    }

    @Test
    void refusesWhatIsNoPairAndKeepsNothing() {
        var before = estate.ids("/master-slave-pools").size();
        estate.cloud().server(3, "windows", "server", "ACTIVE");
        var monitor = Map.of("type", "TCP", "delay", 5, "timeout", 3, "max_retries", 2);
        for (var bad : List.of(
                Map.of("members", List.of(part(1, "master"))),
                Map.of("members", List.of(part(1, "master"), part(2, "master"))),
                Map.of("members", List.of(part(1, "master"), part(2, "other"))),
                Map.of("members", List.of(part(1, "master"), part(3, "slave"))),
                Map.of("protocol", "HTTP"),
                Map.of("lb_algorithm", "QUIC_CID"),
                Map.of("healthmonitor", Map.of("type", "TCP")),
                Map.of("healthmonitor", with(monitor, "type", "UDP_CONNECT")),
                Map.of("project_id", "another"),
                Map.of("type", "instance"))) {
            post(bad).expect(400);
        }
        post(Map.of("members", List.of(part(1, "master"), part(1, "slave")))).expect(409);
        post(Map.of("loadbalancer_id", UUID.randomUUID().toString())).expect(404);

        assertThat(estate.ids("/master-slave-pools")).hasSize(before);
    }

    private static Map<String, Object> with(Map<String, ?> map, String name, Object value) {
        var changed = new HashMap<String, Object>(map);
        changed.put(name, value);
        return changed;
    }

    @Test
    void takesTheSameNumberOfStatementsWhateverTheNumber() {
        pair(Map.of());
        var path = api.elb("/master-slave-pools?loadbalancer_id=" + loadBalancer);
        int one = Statements.during(() -> api.get(path).expect(200));
        pair(Map.of());
        pair(Map.of());

        assertThat(Statements.during(() -> api.get(path).expect(200))).isEqualTo(one);
    }
}
