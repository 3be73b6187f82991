package io.evenkeel.topology.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Statements;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A load balancer as a graph of nodes and directed edges. */
@EvenkeelTest
class TopologyTests {

    @Autowired
    private Api api;

    private Estate estate;
    private String loadBalancer = "";
    private String pool = "";
    private String behind = "";
    private String web = "";
    private String tcp = "";
    private String policy = "";

    @BeforeEach
    void createEstate() {
        estate = Estate.create(api);
        loadBalancer = estate.loadBalancer(Map.of("name", "shop"));
        pool = estate.pool(Map.of("loadbalancer_id", loadBalancer, "name", "default"));
        behind = estate.pool(Map.of("type", "instance", "vpc_id", estate.cloud().vpcId(), "name", "behind"));
        web = estate.listener(
                loadBalancer,
                "HTTP",
                80,
                Map.of("default_pool_id", pool, "name", "web", "enhance_l7policy_enable", true));
        var ranges = List.of(Map.of("start_port", 9000, "end_port", 9009));
        tcp = estate.listener(loadBalancer, "TCP", 0, Map.of("port_ranges", ranges, "name", "ranges"));
        policy = estate.policy(web, "/a", behind);
    }

    private String path(String query) {
        return api.elb("/loadbalancers/" + loadBalancer + "/topology" + query);
    }

    private JsonNode graph(String query) {
        return api.get(path(query)).expect(200).path("topology");
    }

    private static List<String> ids(JsonNode nodes) {
        return nodes.valueStream().map(node -> node.path("id").asString()).toList();
    }

    /** Each as "from to label". */
    private static List<String> edges(JsonNode graph) {
        return graph.path("edges")
                .valueStream()
                .map(edge -> edge.path("source").asString() + " "
                        + edge.path("target").asString() + " "
                        + edge.path("label_id").asString("-"))
                .toList();
    }

    @Test
    void showsNodesEdgesAndLabels() {
        var spare = estate.poolOf(loadBalancer);

        var graph = graph("");

        var self = graph.at("/nodes/loadbalancers/0");
        assertThat(self.path("id").asString()).isEqualTo(loadBalancer);
        assertThat(self.path("name").asString()).isEqualTo("shop");
        assertThat(self.path("guaranteed").asBoolean()).isTrue();
        assertThat(self.path("vip_address").asString()).isNotEmpty();
        assertThat(self.path("availability_zone_list")).hasSize(2);
        assertThat(graph.at("/nodes/eips")).isEmpty();
        assertThat(ids(graph.at("/nodes/listeners"))).containsExactly(web, tcp);
        assertThat(graph.at("/nodes/listeners/0/protocol_port").asInt()).isEqualTo(80);
        assertThat(graph.at("/nodes/listeners/0").has("port_ranges")).isFalse();
        assertThat(graph.at("/nodes/listeners/1/port_ranges/0/end_port").asInt())
                .isEqualTo(9009);
        assertThat(ids(graph.at("/nodes/pools"))).containsExactly(pool, behind, spare);
        assertThat(graph.at("/nodes/pools/1/type").asString()).isEqualTo("instance");
        assertThat(graph.at("/nodes/pools/1/lb_algorithm").asString()).isEqualTo("ROUND_ROBIN");
        assertThat(edges(graph))
                .containsExactly(
                        loadBalancer + " " + web + " -",
                        loadBalancer + " " + tcp + " -",
                        web + " " + pool + " -",
                        web + " " + behind + " " + policy,
                        loadBalancer + " " + spare + " -");
        var byPolicy = graph.path("edges").get(3);
        assertThat(byPolicy.path("source_type").asString()).isEqualTo("listener");
        assertThat(byPolicy.path("target_type").asString()).isEqualTo("pool");
        assertThat(byPolicy.path("label").asString()).isEqualTo("l7policy");
        var label = graph.at("/labels/l7policies/0");
        assertThat(label.path("id").asString()).isEqualTo(policy);
        assertThat(label.path("name").asString()).isEqualTo("/a");
        assertThat(label.path("action").asString()).isEqualTo("REDIRECT_TO_POOL");
        assertThat(label.path("priority").asInt()).isPositive();
        assertThat(label.at("/rules/0/value").asString()).isEqualTo("/a");
        assertThat(label.at("/rules/0/compare_type").asString()).isEqualTo("EQUAL_TO");
        assertThat(label.at("/rules/0/created_at").asString()).endsWith("Z");
    }

    @Test
    void keepsWhatIsAskedFor() {
        for (var query : List.of(
                "?listener_id=" + tcp,
                "?listener_name=ranges",
                "?listener_protocol=TCP",
                "?listener_protocol_port=0")) {
            var graph = graph(query);
            assertThat(ids(graph.at("/nodes/listeners"))).as(query).containsExactly(tcp);
            assertThat(graph.at("/nodes/pools")).as(query).isEmpty();
            assertThat(graph.at("/labels/l7policies")).as(query).isEmpty();
        }
        for (var query : List.of("?pool_id=" + behind, "?pool_name=behind", "?pool_name=behind&pool_name=other")) {
            var graph = graph(query);
            assertThat(ids(graph.at("/nodes/listeners"))).as(query).containsExactly(web);
            assertThat(ids(graph.at("/nodes/pools"))).as(query).containsExactly(behind);
            assertThat(edges(graph))
                    .as(query)
                    .containsExactly(loadBalancer + " " + web + " -", web + " " + behind + " " + policy);
        }
        assertThat(graph("?listener_name=ranges&pool_name=behind").path("edges"))
                .isEmpty();
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        api.get(path("?colour=red")).expect(400);
        api.get(path("?listener_protocol_port=http")).expect(400);
        api.get(api.elb("/loadbalancers/" + UUID.randomUUID() + "/topology")).expect(404);
        api.get(api.elb("/loadbalancers/" + pool + "/topology")).expect(404);
    }

    @Test
    void takesTheSameNumberOfStatementsWhateverTheSize() {
        int few = Statements.during(() -> graph(""));
        for (int n = 0; n < 3; n++) {
            estate.listener(loadBalancer, 90 + n, estate.poolOf(loadBalancer));
            estate.policy(web, "/" + n, estate.sharedPool());
        }

        assertThat(Statements.during(() -> graph(""))).isEqualTo(few);
    }
}
