package io.evenkeel.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Statements;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Policies beside their listeners, pools and one another. */
@EvenkeelTest
class PolicyRelationTests {

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    private Ground ground;

    @BeforeEach
    void createGround() {
        ground = new Ground(api);
    }

    private static String message(Api.Answer answer) {
        return answer.body().path("error_msg").asString();
    }

    @Test
    void countsPrioritiesUp() {
        var listener = ground.advanced();
        assertThat(priority(ground.policy(listener, Map.of()))).isEqualTo(1);
        assertThat(priority(ground.policy(listener, Map.of("priority", 40)))).isEqualTo(40);
        assertThat(priority(ground.policy(listener, Map.of()))).isEqualTo(41);
        var redirect = ground.make(
                listener, Map.of("action", "REDIRECT_TO_LISTENER", "redirect_listener_id", ground.https(jdbc)));
        assertThat(redirect.path("priority").asInt()).isZero();

        var taken = ground.post(
                listener, Map.of("action", "REDIRECT_TO_POOL", "redirect_pool_id", ground.pool(), "priority", 40));
        assertThat(taken.status()).isEqualTo(409);
        ground.policy(listener, Map.of("priority", 10_000));
        assertThat(ground.post(listener, Map.of("action", "REDIRECT_TO_POOL", "redirect_pool_id", ground.pool()))
                        .status())
                .isEqualTo(400);
    }

    private int priority(String policy) {
        return ground.show(policy).path("priority").asInt();
    }

    @Test
    void swapsPrioritiesWhollyOrNotAtAll() {
        var listener = ground.advanced();
        var one = ground.policy(listener, Map.of());
        var two = ground.policy(listener, Map.of());
        var three = ground.policy(listener, Map.of());
        assertThat(batch(one, 2, two, 1).status()).isEqualTo(202);
        assertThat(List.of(priority(one), priority(two))).containsExactly(2, 1);
        assertThat(batch(one, 7, two, 3).status()).isEqualTo(409);
        assertThat(List.of(priority(one), priority(two), priority(three))).containsExactly(2, 1, 3);
        assertThat(batch(one, 7, two, 0).status()).isEqualTo(400);
        assertThat(api.post(api.elb("/l7policies/batch-update-priority"), Map.of())
                        .status())
                .isEqualTo(202);
    }

    private Api.Answer batch(String one, int first, String two, int second) {
        return api.post(
                api.elb("/l7policies/batch-update-priority"),
                Map.of(
                        "l7policies",
                        List.of(Map.of("id", one, "priority", first), Map.of("id", two, "priority", second))));
    }

    @Test
    void showsWhatCanNeverMatchAsAnError() {
        var listener = ground.advanced();
        var first = ground.policy(
                listener, Map.of("rules", List.of(Ground.host("a.example.com"), Ground.path("EQUAL_TO", "/a"))));
        var second = ground.policy(
                listener, Map.of("rules", List.of(Ground.path("EQUAL_TO", "/a"), Ground.host("A.example.com"))));
        assertThat(status(first)).isEqualTo("ACTIVE");
        assertThat(status(second)).isEqualTo("ERROR");
        assertThat(ground.ids("/l7policies?listener_id=" + listener + "&provisioning_status=ERROR"))
                .containsExactly(second);
        assertThat(ground.ids("/l7policies/rules?l7policy_id=" + second + "&provisioning_status=ERROR"))
                .hasSize(2);
        assertThat(batch(first, 2, second, 1).status()).isEqualTo(202);
        assertThat(status(first)).isEqualTo("ERROR");
        assertThat(status(second)).isEqualTo("ACTIVE");
        ground.put(second, Map.of("admin_state_up", false)).expect(200);
        assertThat(status(first)).isEqualTo("ACTIVE");
        assertThat(status(ground.policy(listener, Map.of()))).isEqualTo("ACTIVE");
    }

    private String status(String policy) {
        return ground.show(policy).path("provisioning_status").asString();
    }

    @Test
    void ranksPoliciesWhenTheListenerLearnsPriorities() {
        var listener = ground.plain();
        var prefix = ground.policy(listener, Map.of("rules", List.of(Ground.path("STARTS_WITH", "/a"))));
        var exact = ground.policy(listener, Map.of("rules", List.of(Ground.path("EQUAL_TO", "/a"))));
        var host = ground.policy(listener, Map.of("rules", List.of(Ground.host("a.example.com"))));
        api.put(api.elb("/listeners/" + listener), Map.of("listener", Map.of("enhance_l7policy_enable", true)))
                .expect(200);
        assertThat(List.of(priority(host), priority(exact), priority(prefix))).containsExactly(1, 2, 3);
    }

    @Test
    void holdsItsPoolAndListener() {
        var listener = ground.plain();
        var pool = ground.pool();
        var policy = ground.policy(listener, Map.of("redirect_pool_id", pool));
        var refused = api.delete(api.elb("/pools/" + pool));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(message(refused)).contains(policy);
        var listenerRefused = api.delete(api.elb("/listeners/" + listener));
        assertThat(listenerRefused.status()).isEqualTo(409);
        assertThat(message(listenerRefused)).isEqualTo("l7policy " + policy + " is using this listener.");
        var shown = api.get(api.elb("/pools/" + pool)).expect(200).path("pool");
        assertThat(shown.path("listeners").path(0).path("id").asString()).isEqualTo(listener);
        assertThat(ground.ids("/pools?listener_id=" + listener)).containsExactly(pool);
        api.delete(api.elb("/l7policies/" + policy)).expect(204);
        api.delete(api.elb("/pools/" + pool)).expect(204);
        api.delete(api.elb("/listeners/" + listener)).expect(204);
    }

    @Test
    void leadsFromABackendServerToItsLoadBalancer() {
        ground.cloud.server(1);
        var other = ground.loadBalancer();
        var listener = ground.listener(Map.of("loadbalancer_id", other, "protocol_port", 9000));
        var pool = ground.create(
                "pool",
                "/pools",
                Map.of(
                        "protocol",
                        "HTTP",
                        "lb_algorithm",
                        "ROUND_ROBIN",
                        "type",
                        "instance",
                        "vpc_id",
                        ground.cloud.vpcId()));
        ground.create(
                "member",
                "/pools/" + pool + "/members",
                Map.of(
                        "address",
                        ground.cloud.address(1),
                        "subnet_cidr_id",
                        ground.cloud.serverSubnetId(),
                        "protocol_port",
                        80));
        var query = "?member_address=" + ground.cloud.address(1);
        assertThat(ground.ids("/loadbalancers" + query)).isEmpty();
        ground.policy(listener, Map.of("redirect_pool_id", pool));
        assertThat(ground.ids("/loadbalancers" + query)).containsExactly(other);
        assertThat(ground.ids("/loadbalancers?member_device_id=" + ground.cloud.serverId(1)))
                .containsExactly(other);
        assertThat(ground.ids("/listeners" + query)).containsExactly(listener);
        assertThat(ground.ids("/pools?loadbalancer_id=" + other)).containsExactly(pool);
        var shown = api.get(api.elb("/loadbalancers/" + other)).expect(200).path("loadbalancer");
        assertThat(shown.path("pools").path(0).path("id").asString()).isEqualTo(pool);
    }

    @Test
    void turnsOnlyToAPoolThatServesNobodyElse() {
        var listener = ground.plain();
        var policy = ground.policy(listener, Map.of());
        var defaulted = ground.pool();
        ground.listener(Map.of("default_pool_id", defaulted));
        assertThat(ground.put(policy, Map.of("redirect_pool_id", defaulted)).status())
                .isEqualTo(409);
        var elsewhere = ground.pool();
        ground.policy(ground.plain(), Map.of("redirect_pool_id", elsewhere));
        assertThat(ground.put(policy, Map.of("redirect_pool_id", elsewhere)).status())
                .isEqualTo(409);
        var free = ground.pool();
        assertThat(ground.put(policy, Map.of("redirect_pool_id", free))
                        .expect(200)
                        .path("l7policy")
                        .path("redirect_pool_id")
                        .asString())
                .isEqualTo(free);
    }

    /** Of weighted pools the contract says nothing: they are taken as the single one is. */
    @Test
    void turnsOnlyToWeightedPoolsThatServeNobodyElse() {
        var listener = ground.advanced();
        var policy = ground.policy(listener, Map.of());
        var defaulted = ground.pool();
        var other = ground.listener(Map.of("default_pool_id", defaulted));
        var elsewhere = ground.pool();
        var user = ground.plain();
        ground.policy(user, Map.of("redirect_pool_id", elsewhere));
        var free = ground.pool();

        assertThat(weighted(policy, free, defaulted)
                        .expect(409)
                        .path("error_msg")
                        .asString())
                .contains(other, defaulted);
        assertThat(weighted(policy, free, elsewhere)
                        .expect(409)
                        .path("error_msg")
                        .asString())
                .contains(user, elsewhere);
        assertThat(ground.show(policy).path("redirect_pools_config")).isEmpty();
        assertThat(weighted(policy, free, ground.pool()).status()).isEqualTo(200);
    }

    private Api.Answer weighted(String policy, String... pools) {
        var config = Stream.of(pools)
                .map(pool -> Map.of("pool_id", pool, "weight", 1))
                .toList();
        return ground.put(policy, Map.of("redirect_pools_config", config));
    }

    @Test
    void takesOnlyPoolsAndListenersThatFit() {
        var listener = ground.plain();
        var tcp = ground.pool(Map.of("protocol", "TCP"));
        assertThat(ground.post(listener, Map.of("action", "REDIRECT_TO_POOL", "redirect_pool_id", tcp))
                        .status())
                .isEqualTo(400);
        var stranger = new Ground(api);
        assertThat(ground.post(listener, Map.of("action", "REDIRECT_TO_POOL", "redirect_pool_id", stranger.pool()))
                        .status())
                .isEqualTo(400);
        assertThat(ground.post(
                                listener,
                                Map.of("action", "REDIRECT_TO_LISTENER", "redirect_listener_id", ground.plain()))
                        .status())
                .isEqualTo(400);
        assertThat(ground.post(
                                listener,
                                Map.of("action", "REDIRECT_TO_LISTENER", "redirect_listener_id", stranger.https(jdbc)))
                        .status())
                .isEqualTo(400);
        var layer4 = ground.listener(Map.of("protocol", "TCP"));
        assertThat(ground.post(layer4, Map.of("action", "REDIRECT_TO_POOL", "redirect_pool_id", tcp))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void listsWithANumberOfStatementsThatNoRowAddsTo() {
        var listener = ground.advanced();
        var query = "/l7policies?display_all_rules=true&listener_id=" + listener;
        ground.policy(listener, Map.of("rules", List.of(Ground.path("EQUAL_TO", "/1"))));
        int few = Statements.during(() -> api.get(api.elb(query)).expect(200));
        for (int n = 2; n <= 6; n++) {
            ground.policy(listener, Map.of("rules", List.of(Ground.path("EQUAL_TO", "/" + n))));
        }
        assertThat(Statements.during(() -> api.get(api.elb(query)).expect(200))).isEqualTo(few);
        var shown = api.get(api.elb(query))
                .expect(200)
                .path("l7policies")
                .path(5)
                .path("rules")
                .path(0);
        assertThat(shown.path("value").asString()).isEqualTo("/6");
    }
}
