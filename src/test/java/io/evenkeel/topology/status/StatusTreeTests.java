package io.evenkeel.topology.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.status.ZoneCoverage;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Statements;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** The status tree after the table of the wire contract. */
@EvenkeelTest
class StatusTreeTests {

    @Autowired
    private Api api;

    @Autowired
    private ZoneCoverage zones;

    private Estate estate;
    private String loadBalancer = "";
    private String pool = "";
    private String listener = "";

    @BeforeEach
    void createEstate() {
        estate = Estate.create(api);
        estate.servers(2);
        loadBalancer = estate.loadBalancer(Map.of("name", "shop"));
        pool = estate.poolOf(loadBalancer);
        listener = estate.listener(loadBalancer, 80, pool);
    }

    private JsonNode tree() {
        return api.get(api.elb("/loadbalancers/" + loadBalancer + "/statuses"))
                .expect(200)
                .path("statuses")
                .path("loadbalancer");
    }

    private static String status(JsonNode node) {
        return node.path("operating_status").asString();
    }

    private List<String> uncovered() {
        return tree().path("evenkeel")
                .path("uncovered_availability_zones")
                .valueStream()
                .map(zone ->
                        zone.path("code").asString() + " " + zone.path("reason").asString())
                .toList();
    }

    @Test
    void showsEveryNodeWithItsAttributes() {
        var member = estate.member(pool, 1);
        var monitor = estate.monitor(pool);
        estate.cloud().server(1, "linux", "ubuntu", "STOPPED");

        var tree = tree();

        assertThat(tree.path("id").asString()).isEqualTo(loadBalancer);
        assertThat(tree.path("name").asString()).isEqualTo("shop");
        assertThat(tree.path("provisioning_status").asString()).isEqualTo("ACTIVE");
        var shown = tree.path("listeners").get(0);
        assertThat(shown.path("id").asString()).isEqualTo(listener);
        assertThat(shown.path("l7policies")).isEmpty();
        assertThat(tree.path("pools")).hasSize(1);
        assertThat(shown.path("pools").toString()).isEqualTo(tree.path("pools").toString());
        var below = tree.path("pools").get(0);
        assertThat(below.path("id").asString()).isEqualTo(pool);
        assertThat(below.path("healthmonitor").path("id").asString()).isEqualTo(monitor);
        assertThat(below.path("healthmonitor").path("type").asString()).isEqualTo("TCP");
        assertThat(below.path("healthmonitor").path("provisioning_status").asString())
                .isEqualTo("ACTIVE");
        var leaf = below.path("members").get(0);
        assertThat(leaf.path("id").asString()).isEqualTo(member);
        assertThat(leaf.path("address").asString()).isEqualTo(estate.cloud().address(1));
        assertThat(leaf.path("protocol_port").asInt()).isEqualTo(80);
        assertThat(leaf.path("evenkeel").path("operating_status").asString()).isEqualTo("OFFLINE");
        assertThat(leaf.path("evenkeel").path("reason").asString()).isEqualTo("SERVER_STOPPED");
    }

    @Test
    void whatHasAnOfflineMemberBelowIsDegraded() {
        estate.member(pool, 1);
        assertThat(List.of(status(tree()), status(tree().path("pools").get(0)))).containsOnly("ONLINE");
        assertThat(status(tree().path("pools").get(0).path("members").get(0))).isEqualTo("NO_MONITOR");
        estate.listener(loadBalancer, "HTTP", 81, Map.of());

        estate.cloud().server(1, "linux", "ubuntu", "STOPPED");

        var tree = tree();
        assertThat(status(tree)).isEqualTo("DEGRADED");
        assertThat(status(tree.path("listeners").get(0))).isEqualTo("DEGRADED");
        assertThat(status(tree.path("listeners").get(1))).isEqualTo("ONLINE");
        assertThat(status(tree.path("pools").get(0))).isEqualTo("DEGRADED");
        assertThat(status(tree.path("pools").get(0).path("members").get(0))).isEqualTo("OFFLINE");
        assertThat(estate.show("/loadbalancers/" + loadBalancer)
                        .path("operating_status")
                        .asString())
                .isEqualTo("ONLINE");
    }

    @Test
    void showsPoliciesAndThePoolsTheyLeadTo() {
        var behind = estate.sharedPool();
        estate.member(behind, 2);
        var first = estate.policy(listener, "/a", behind);
        var tree = tree();
        var shown = tree.path("listeners").get(0);
        assertThat(shown.path("pools").valueStream().map(node -> node.path("id").asString()))
                .containsExactly(pool, behind);
        assertThat(tree.path("pools")).hasSize(2);
        var policy = shown.path("l7policies").get(0);
        assertThat(policy.path("id").asString()).isEqualTo(first);
        assertThat(policy.path("name").asString()).isEqualTo("/a");
        assertThat(policy.path("action").asString()).isEqualTo("REDIRECT_TO_POOL");
        assertThat(policy.path("provisioning_status").asString()).isEqualTo("ACTIVE");
        assertThat(policy.path("rules").get(0).path("type").asString()).isEqualTo("PATH");
        assertThat(policy.path("rules").get(0).path("provisioning_status").asString())
                .isEqualTo("ACTIVE");
        assertThat(status(shown)).isEqualTo("ONLINE");

        estate.policy(listener, "/a", behind);

        var degraded = tree().path("listeners").get(0);
        assertThat(status(degraded)).isEqualTo("DEGRADED");
        var second = degraded.path("l7policies").get(1);
        assertThat(second.path("provisioning_status").asString()).isEqualTo("ERROR");
        assertThat(second.path("rules").get(0).path("provisioning_status").asString())
                .isEqualTo("ERROR");
    }

    @Test
    void anOfflineMemberBehindAPolicyDegradesTheListener() {
        var behind = estate.sharedPool();
        estate.member(behind, 2);
        estate.policy(listener, "/a", behind);
        assertThat(uncovered()).containsExactly("az-1 NO_BACKEND");

        estate.cloud().server(2, "linux", "ubuntu", "STOPPED");

        assertThat(status(tree().path("listeners").get(0))).isEqualTo("DEGRADED");
        assertThat(uncovered()).containsExactly("az-1 NO_BACKEND", "az-2 BACKENDS_OFFLINE");
    }

    @Test
    void whatIsDownAdministrativelyIsDisabledWithAllBelow() {
        estate.member(pool, 1);
        estate.change("/pools/" + pool, "pool", Map.of("admin_state_up", false)).expect(200);
        var tree = tree();
        assertThat(status(tree.path("pools").get(0))).isEqualTo("DISABLED");
        assertThat(status(tree.path("pools").get(0).path("members").get(0))).isEqualTo("DISABLED");
        assertThat(status(tree.path("listeners").get(0))).isEqualTo("ONLINE");
        assertThat(status(tree)).isEqualTo("ONLINE");

        estate.change("/listeners/" + listener, "listener", Map.of("admin_state_up", false))
                .expect(200);
        assertThat(status(tree().path("listeners").get(0))).isEqualTo("DISABLED");

        estate.change("/loadbalancers/" + loadBalancer, "loadbalancer", Map.of("admin_state_up", false))
                .expect(200);
        assertThat(status(tree())).isEqualTo("DISABLED");
    }

    @Test
    void namesTheZonesWithoutWorkingBackend() {
        assertThat(uncovered()).containsExactly("az-1 NO_BACKEND", "az-2 NO_BACKEND");
        estate.member(pool, 1);
        assertThat(uncovered()).containsExactly("az-2 NO_BACKEND");
        estate.member(pool, 2, Map.of("weight", 0));
        assertThat(uncovered()).containsExactly("az-2 NO_BACKEND");
        estate.cloud().server(1, "linux", "ubuntu", "STOPPED");
        assertThat(uncovered()).containsExactly("az-1 BACKENDS_OFFLINE", "az-2 NO_BACKEND");
    }

    @Test
    void tellsSinceWhenAZoneHasNoWorkingBackend() {
        await().untilAsserted(() -> assertThat(sinceByZone()).containsOnlyKeys("az-1", "az-2"));
        assertThat(sinceByZone().values()).allMatch(since -> since.endsWith("Z"));
        var behind = estate.sharedPool();
        estate.policy(listener, "/a", behind);

        estate.member(behind, 1);

        await().untilAsserted(() -> assertThat(zones.of(List.of(UUID.fromString(loadBalancer))))
                .extracting(zone -> zone.availabilityZone() + " " + zone.isCovered())
                .containsExactly("az-1 true", "az-2 false"));
        assertThat(sinceByZone()).containsOnlyKeys("az-2");
    }

    @Test
    void countsTheWorkingMembersOfEachZoneByLoadBalancerAndPool() {
        estate.member(pool, 1);
        estate.member(pool, 1, Map.of("protocol_port", 81));
        estate.member(pool, 1, Map.of("protocol_port", 82, "weight", 0));
        var behind = estate.sharedPool();
        estate.policy(listener, "/a", behind);
        estate.member(behind, 2);

        assertThat(zonesOf(tree())).containsExactly("az-1 2/3", "az-2 1/1");
        var pools = tree().path("pools")
                .valueStream()
                .collect(Collectors.toMap(node -> node.path("id").asString(), StatusTreeTests::zonesOf));
        assertThat(pools.get(pool)).containsExactly("az-1 2/3", "az-2 0/0");
        assertThat(pools.get(behind)).containsExactly("az-1 0/0", "az-2 1/1");
        await().untilAsserted(() -> assertThat(tree().path("pools")
                        .valueStream()
                        .flatMap(node ->
                                node.path("evenkeel").path("availability_zones").valueStream())
                        .filter(zone -> zone.path("uncovered_since").isString()))
                .hasSize(2));
    }

    private static List<String> zonesOf(JsonNode node) {
        return node.path("evenkeel")
                .path("availability_zones")
                .valueStream()
                .map(zone -> "%s %d/%d"
                        .formatted(
                                zone.path("code").asString(),
                                zone.path("working_members").asInt(),
                                zone.path("members").asInt()))
                .toList();
    }

    private Map<String, String> sinceByZone() {
        return tree().path("evenkeel")
                .path("uncovered_availability_zones")
                .valueStream()
                .filter(zone -> zone.path("since").isString())
                .collect(Collectors.toMap(
                        zone -> zone.path("code").asString(),
                        zone -> zone.path("since").asString()));
    }

    @Test
    void takesTheSameNumberOfStatementsWhateverTheSize() {
        var path = api.elb("/loadbalancers/" + loadBalancer + "/statuses");
        estate.member(pool, 1);
        estate.policy(listener, "/first", pool);
        int few = Statements.during(() -> api.get(path).expect(200));
        for (int n = 0; n < 3; n++) {
            var more = estate.poolOf(loadBalancer);
            estate.listener(loadBalancer, 90 + n, more);
            estate.member(more, 1);
            estate.member(more, 2);
            estate.policy(listener, "/" + n, more);
        }

        assertThat(Statements.during(() -> api.get(path).expect(200))).isEqualTo(few);
        api.get(api.elb("/loadbalancers/" + pool + "/statuses")).expect(404);
    }
}
