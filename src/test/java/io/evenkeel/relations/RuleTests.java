package io.evenkeel.relations;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Rules between a load balancer, its listeners, their pools and the members in them. */
@EvenkeelTest
class RuleTests {

    @Autowired
    private Api api;

    private Estate estate;
    private String loadBalancer = "";

    @BeforeEach
    void createEstate() {
        estate = Estate.create(api);
        loadBalancer = estate.loadBalancer();
    }

    private static String refusal(Api.Answer answer, int status) {
        return answer.expect(status).path("error_msg").asString();
    }

    private Api.Answer change(String name, @Nullable Object value) {
        return estate.change("/loadbalancers/" + loadBalancer, "loadbalancer", Collections.singletonMap(name, value));
    }

    @ParameterizedTest(name = "a {0} listener keeps the {1} flavor")
    @CsvSource({"HTTP, L7, l7_flavor_id", "TCP, L4, l4_flavor_id", "UDP, L4, l4_flavor_id"})
    void keepsTheFlavorThatAListenerNeeds(String protocol, String layer, String attribute) {
        var listener = estate.listener(loadBalancer, protocol, 8080, Map.of());

        assertThat(refusal(change(attribute, null), 409))
                .isEqualTo("listener %s is using the %s flavor.".formatted(listener, layer));
        estate.delete("/listeners/" + listener).expect(204);
        assertThat(change(attribute, null)
                        .expect(200)
                        .path("loadbalancer")
                        .path(attribute)
                        .isNull())
                .isTrue();
        assertThat(refusal(estate.postListener(loadBalancer, protocol, 8080, Map.of()), 400))
                .contains(loadBalancer, layer, protocol);
    }

    @Test
    void keepsTheBackendSubnetThatAMemberIsIn() {
        var servers = estate.cloud().serverSubnetId();
        var vips = estate.cloud().vipSubnetId();
        change("elb_virsubnet_ids", List.of(servers, vips)).expect(200);
        estate.servers(2);
        var bound = estate.poolOf(loadBalancer);
        var shared = estate.sharedPool();
        var first = estate.member(bound, 1);

        assertThat(refusal(change("elb_virsubnet_ids", List.of(vips)), 409))
                .isEqualTo("member %s of pool %s is using a subnet that elb_virsubnet_ids no longer holds."
                        .formatted(first, bound));
        estate.delete("/pools/" + bound + "/members/" + first).expect(204);
        var second = estate.member(shared, 2);
        change("elb_virsubnet_ids", List.of(vips)).expect(200);
        change("elb_virsubnet_ids", List.of(servers)).expect(200);
        estate.listener(loadBalancer, 8080, shared);
        assertThat(refusal(change("elb_virsubnet_ids", List.of(vips)), 409)).contains(second, shared);
    }

    @Test
    void putsNoGrpcPoolBehindListenersWithoutHttp2() {
        var pool = estate.pool(Map.of("protocol", "GRPC", "loadbalancer_id", loadBalancer));

        assertThat(refusal(estate.postListener(loadBalancer, "HTTP", 8080, Map.of("default_pool_id", pool)), 400))
                .contains("HTTP", "GRPC");
        assertThat(refusal(estate.postListener(loadBalancer, "TCP", 8080, Map.of("default_pool_id", pool)), 400))
                .contains("TCP", "GRPC");
    }

    @ParameterizedTest(name = "{0} takes {1}")
    @CsvSource({
        "TCP, TCP, true",
        "TCP, HTTP, false",
        "TCP, TLS, false",
        "TCP, UDP, false",
        "UDP, UDP, true",
        "UDP, QUIC, true",
        "UDP, TCP, false",
        "HTTP, HTTP, true",
        "HTTP, HTTPS, false",
        "HTTP, GRPC, false",
        "HTTP, TCP, false"
    })
    void putsOnlyPoolsThatFitBehindAListener(String spoken, String protocol, boolean fits) {
        var fields = new HashMap<String, Object>(Map.of("protocol", protocol, "loadbalancer_id", loadBalancer));
        if (protocol.equals("QUIC")) {
            fields.put("session_persistence", Map.of("type", "SOURCE_IP"));
        }
        var pool = estate.pool(fields);

        var created = estate.postListener(loadBalancer, spoken, 8080, Map.of("default_pool_id", pool));
        assertThat(created.status()).as(created.raw().body()).isEqualTo(fits ? 201 : 400);
        var listener = estate.listener(loadBalancer, spoken, 8081, Map.of());
        var bound = estate.bind(listener, pool);
        assertThat(bound.status()).isEqualTo(fits ? 200 : 400);
        fields.remove("loadbalancer_id");
        fields.put("listener_id", estate.listener(loadBalancer, spoken, 8082, Map.of()));
        assertThat(estate.postPool(fields).status()).isEqualTo(fits ? 201 : 400);
        if (!fits) {
            assertThat(refusal(bound, 400))
                    .isEqualTo("Invalid parameter. Listener protocol %s and pool protocol %s are not compatible."
                            .formatted(spoken, protocol));
        }
    }

    @Test
    void keepsAPoolAtTheLoadBalancerThatItServesUnlessItHasAType() {
        var other = estate.loadBalancer();
        var elsewhere = estate.listener(other, "HTTP", 8080, Map.of());

        assertThat(refusal(estate.bind(elsewhere, estate.poolOf(loadBalancer)), 400))
                .contains(loadBalancer, other);
        var shared = estate.sharedPool();
        estate.listener(loadBalancer, 8081, shared);
        estate.bind(elsewhere, shared).expect(200);
        assertThat(estate.ids("/loadbalancers?vpc_id=" + estate.cloud().vpcId()))
                .containsExactlyInAnyOrder(loadBalancer, other);
        assertThat(estate.show("/pools/" + shared).path("loadbalancers")).hasSize(2);
    }

    @Test
    void takesIpMembersOnlyWhereEveryLoadBalancerDoes() {
        var withIpTargets = estate.loadBalancer(Map.of("ip_target_enable", true));
        estate.servers(1);
        var pool = estate.pool(Map.of("type", "ip"));
        var ip = Map.of("member", Map.of("address", estate.cloud().address(1), "protocol_port", 80));
        var members = api.elb("/pools/" + pool + "/members");

        assertThat(refusal(api.post(members, ip), 400)).contains("pool " + pool + " is in no vpc yet");
        var listener = estate.listener(withIpTargets, 8080, pool);
        api.post(members, ip).expect(201);
        assertThat(refusal(estate.postListener(loadBalancer, "HTTP", 8080, Map.of("default_pool_id", pool)), 400))
                .contains("ip_target_enable");
        assertThat(estate.show("/listeners/" + listener).path("default_pool_id").asString())
                .isEqualTo(pool);
    }

    @Test
    void letsInsertedHeadersBeReplacedAndCleared() {
        var headers = Map.of("X-Forwarded-ELB-IP", true, "X-Forwarded-Port", false);
        var listener = estate.listener(loadBalancer, "HTTP", 8080, Map.of("insert_headers", headers));

        assertThat(estate.show("/listeners/" + listener).path("insert_headers").toString())
                .isEqualTo("{\"X-Forwarded-ELB-IP\":true,\"X-Forwarded-Port\":false}");
        var changed = estate.change(
                "/listeners/" + listener, "listener", Map.of("insert_headers", Map.of("X-Real-IP", true)));
        assertThat(changed.expect(200).at("/listener/insert_headers").toString())
                .isEqualTo("{\"X-Real-IP\":true}");
        var cleared =
                estate.change("/listeners/" + listener, "listener", Collections.singletonMap("insert_headers", null));
        assertThat(cleared.expect(200).at("/listener/insert_headers")).isEmpty();
        var tcp = estate.listener(loadBalancer, "TCP", 8081, Map.of());
        assertThat(refusal(estate.change("/listeners/" + tcp, "listener", Map.of("insert_headers", headers)), 400))
                .contains("listener.insert_headers");
    }

    @Test
    void deletesNothingThatIsUsedAndNamesTheUser() {
        estate.servers(1);
        var pool = estate.poolOf(loadBalancer);
        assertThat(refusal(estate.delete("/loadbalancers/" + loadBalancer), 409))
                .isEqualTo("pool %s is using this load balancer.".formatted(pool));
        var listener = estate.listener(loadBalancer, 8080, pool);
        assertThat(refusal(estate.delete("/loadbalancers/" + loadBalancer), 409))
                .isEqualTo("listener %s is using this load balancer.".formatted(listener));
        assertThat(refusal(estate.delete("/listeners/" + listener), 409))
                .isEqualTo("pool %s is using this listener.".formatted(pool));
        var member = estate.member(pool, 1);
        assertThat(refusal(estate.delete("/pools/" + pool), 409)).containsIgnoringCase("member " + member);
        assertThat(estate.show("/listeners/" + listener).path("default_pool_id").asString())
                .as("a refused deletion detaches nothing")
                .isEqualTo(pool);
        assertThat(refusal(api.delete(api.inventory("/servers/" + estate.cloud().serverId(1))), 409))
                .isEqualTo("pool %s is using this server.".formatted(pool));
        estate.delete("/pools/" + pool + "/members/" + member).expect(204);
        var monitor = estate.monitor(pool);
        assertThat(refusal(estate.delete("/pools/" + pool), 409)).contains(monitor);
        estate.delete("/healthmonitors/" + monitor).expect(204);
        estate.delete("/pools/" + pool).expect(204);
        estate.delete("/listeners/" + listener).expect(204);
        estate.delete("/loadbalancers/" + loadBalancer).expect(204);
        for (var subnet : List.of(estate.cloud().vipSubnetId())) {
            api.delete(api.inventory("/subnets/" + subnet)).expect(204);
        }
    }
}
