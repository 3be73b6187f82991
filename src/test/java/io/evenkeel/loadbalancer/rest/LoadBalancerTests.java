package io.evenkeel.loadbalancer.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@EvenkeelTest
class LoadBalancerTests {

    private static final String L4 = "0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b0001";
    private static final String L7 = "0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b0101";
    private static final String ELASTIC_L4 = "0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b0005";
    private static final String ELASTIC_L7 = "0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b0105";

    @Autowired
    Api api;

    @Autowired
    JdbcClient jdbc;

    private Cloud cloud;

    @BeforeEach
    void makeCloud() {
        cloud = Cloud.create(api);
    }

    private Map<String, Object> body(Map<String, ?> more) {
        var body = new HashMap<String, Object>();
        body.put("vip_subnet_cidr_id", cloud.vipSubnetId());
        body.put("availability_zone_list", List.of("az-1"));
        body.putAll(more);
        return Map.of("loadbalancer", body);
    }

    private JsonNode create(Map<String, ?> more) {
        return api.post(api.elb("/loadbalancers"), body(more)).expect(201).get("loadbalancer");
    }

    private Api.Answer update(JsonNode loadBalancer, String name, @Nullable Object value) {
        return api.put(path(loadBalancer), Map.of("loadbalancer", Collections.singletonMap(name, value)));
    }

    private String path(JsonNode loadBalancer) {
        return api.elb("/loadbalancers/" + loadBalancer.get("id").asString());
    }

    private long generation(JsonNode loadBalancer) {
        return jdbc.sql("select generation from load_balancer where id = :id")
                .param("id", UUID.fromString(loadBalancer.get("id").asString()))
                .query(Long.class)
                .single();
    }

    private long claims() {
        return jdbc.sql("select count(*) from address_claim where vpc_id = :vpc and load_balancer_id is not null")
                .param("vpc", cloud.vpcId())
                .query(Long.class)
                .single();
    }

    @Test
    void fillsInEveryDefault() {
        var made = create(Map.of());

        assertThat(made.get("name").asString()).isEmpty();
        assertThat(made.get("description").asString()).isEmpty();
        assertThat(made.get("admin_state_up").asBoolean()).isTrue();
        assertThat(made.get("provider").asString()).isEqualTo("vlb");
        assertThat(made.get("guaranteed").asBoolean()).isTrue();
        assertThat(made.get("project_id").asString()).isEqualTo(api.projectId());
        assertThat(made.get("vpc_id").asString()).isEqualTo(cloud.vpcId());
        assertThat(made.get("vip_address").asString()).isEqualTo(cloud.vip(2));
        assertThat(made.get("vip_port_id").asString()).hasSize(36);
        assertThat(made.get("ipv6_vip_address").isNull()).isTrue();
        assertThat(made.get("elb_virsubnet_ids").get(0).asString()).isEqualTo(cloud.vipSubnetId());
        assertThat(made.get("elb_virsubnet_type").asString()).isEqualTo("ipv4");
        assertThat(made.get("l4_flavor_id").asString()).isEqualTo(ELASTIC_L4);
        assertThat(made.get("l7_flavor_id").asString()).isEqualTo(ELASTIC_L7);
        assertThat(made.get("ip_target_enable").asBoolean()).isFalse();
        assertThat(made.get("deletion_protection_enable").asBoolean()).isFalse();
        assertThat(made.get("waf_failure_action").asString()).isEqualTo("forward");
        assertThat(made.get("protection_status").asString()).isEqualTo("nonProtection");
        assertThat(made.get("enterprise_project_id").asString()).isEqualTo("0");
        assertThat(made.get("provisioning_status").asString()).isEqualTo("ACTIVE");
        assertThat(made.get("operating_status").asString()).isEqualTo("ONLINE");
        assertThat(made.get("created_at").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(made.get("evenkeel").get("operating_status").asString()).isEqualTo("ONLINE");
        for (var empty : List.of("listeners", "pools", "tags", "eips", "publicips", "global_eips")) {
            assertThat(made.get(empty).isArray() && made.get(empty).isEmpty())
                    .as(empty)
                    .isTrue();
        }
        for (var absent : List.of("frozen_scene", "l4_scale_flavor_id", "l7_scale_flavor_id", "billing_info")) {
            assertThat(made.get(absent).isNull()).as(absent).isTrue();
        }
    }

    @Test
    void keepsEveryFieldThatWasGiven() {
        var given = new HashMap<String, Object>();
        given.put("name", "front door");
        given.put("description", "für alle");
        given.put("admin_state_up", false);
        given.put("provider", "vlb");
        given.put("guaranteed", true);
        given.put("project_id", api.projectId());
        given.put("vpc_id", cloud.vpcId());
        given.put("vip_address", cloud.vip(77));
        given.put("availability_zone_list", List.of("az-2", "az-1"));
        given.put("enterprise_project_id", "sales");
        given.put("billing_info", "bill");
        given.put("l4_flavor_id", L4);
        given.put("l7_flavor_id", L7);
        given.put("elb_virsubnet_ids", List.of(cloud.serverSubnetId()));
        given.put("ip_target_enable", true);
        given.put("ipv6_bandwidth", Map.of("id", "bandwidth-1"));
        given.put("autoscaling", Map.of("enable", true, "min_l7_flavor_id", L7));
        given.put("charge_mode", "lcu");
        given.put("waf_failure_action", "discard");
        given.put("protection_status", "consoleProtection");
        given.put("protection_reason", "ask me");
        given.put("publicip_ids", List.of("eip-1", "eip-2"));
        given.put("tags", List.of(Map.of("key", "team", "value", "")));

        var made = create(given);
        var shown = api.get(path(made)).expect(200).get("loadbalancer");

        assertThat(shown).isEqualTo(made);
        given.remove("publicip_ids");
        given.forEach((name, value) -> assertThat(shown.get(name)).as(name).isEqualTo(TestJson.of(value)));
        assertThat(shown.get("publicips").get(0).get("publicip_id").asString()).isEqualTo("eip-1");
        assertThat(shown.get("eips").get(0).get("eip_id").asString()).isEqualTo("eip-1");
        assertThat(shown.get("eips")).hasSize(1);
    }

    @Test
    void takesTheFlavorOfOneLayerAlone() {
        var made = create(Map.of("l7_flavor_id", L7));

        assertThat(made.get("l4_flavor_id").isNull()).isTrue();
        assertThat(update(made, "l7_flavor_id", null).status()).isEqualTo(400);
        assertThat(update(made, "l4_flavor_id", L4)
                        .expect(200)
                        .get("loadbalancer")
                        .get("l4_flavor_id")
                        .asString())
                .isEqualTo(L4);
        assertThat(update(made, "l7_flavor_id", null)
                        .expect(200)
                        .get("loadbalancer")
                        .get("l7_flavor_id")
                        .isNull())
                .isTrue();
    }

    @Test
    void standsInAVpcWithoutAVip() {
        var answer = api.post(
                api.elb("/loadbalancers"),
                Map.of("loadbalancer", Map.of("vpc_id", cloud.vpcId(), "availability_zone_list", List.of("az-1"))));

        var made = answer.expect(201).get("loadbalancer");
        assertThat(made.get("vip_address").isNull()).isTrue();
        assertThat(made.get("vip_port_id").isNull()).isTrue();
        assertThat(made.get("elb_virsubnet_ids")).isEmpty();
    }

    @Test
    void neverGivesAnAddressTwice() {
        create(Map.of("vip_address", cloud.vip(9)));
        cloud.server(1);

        var taken = api.post(api.elb("/loadbalancers"), body(Map.of("vip_address", cloud.vip(9))));
        var ofServer = api.post(
                api.elb("/loadbalancers"),
                body(Map.of("vip_subnet_cidr_id", cloud.serverSubnetId(), "vip_address", cloud.address(1))));

        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.body().get("error_code").asString()).isEqualTo("ELB.8907");
        assertThat(ofServer.status()).isEqualTo(409);
        assertThat(claims()).isEqualTo(1);
    }

    /** A VPC of IPv6 addresses with the subnet of the same id; the first half of its addresses. */
    private String sixthNetwork() {
        var number = cloud.vpcId().replaceAll("\\D+", "");
        var prefix = "fd00:" + Integer.toHexString(Integer.parseInt(number.substring(2)));
        api.put(api.inventory("/vpcs/six-" + number), Map.of("name", "six", "cidr", prefix + "::/32"))
                .expect(201);
        api.put(
                        api.inventory("/subnets/six-" + number),
                        Map.of("name", "six", "vpc_id", "six-" + number, "cidr", prefix + ":1::/64"))
                .expect(201);
        return prefix;
    }

    private JsonNode withIpv6(String address) {
        return api.post(
                        api.elb("/loadbalancers"),
                        Map.of(
                                "loadbalancer",
                                Map.of(
                                        "ipv6_vip_virsubnet_id",
                                        "six-" + cloud.vpcId().replaceAll("\\D+", ""),
                                        "ipv6_vip_address",
                                        address,
                                        "availability_zone_list",
                                        List.of("az-1"))))
                .expect(201)
                .get("loadbalancer");
    }

    @Test
    void holdsAnIpv6VipAsWell() {
        var prefix = sixthNetwork();

        var made = withIpv6(prefix.toUpperCase(Locale.ROOT) + ":1:0:0:0:0:7");

        assertThat(made.get("ipv6_vip_address").asString()).isEqualTo(prefix + ":1::7");
        assertThat(made.get("elb_virsubnet_type").asString()).isEqualTo("dualstack");
        assertThat(made.get("vip_address").isNull()).isTrue();
    }

    @Test
    void movesAndGivesBackItsIpv6Vip() {
        var prefix = sixthNetwork();
        var made = withIpv6(prefix + ":1::7");
        withIpv6(prefix + ":1::8");
        assertThat(update(made, "ipv6_vip_address", prefix + ":1::8").status()).isEqualTo(409);
        assertThat(update(made, "ipv6_vip_address", cloud.vip(9)).status()).isEqualTo(400);

        var moved = update(made, "ipv6_vip_address", prefix + ":1::9").expect(200);

        assertThat(moved.at("/loadbalancer/ipv6_vip_address").asString()).isEqualTo(prefix + ":1::9");
        withIpv6(prefix + ":1::7");
        var unbound = update(made, "ipv6_vip_virsubnet_id", null).expect(200);
        assertThat(unbound.at("/loadbalancer/ipv6_vip_address").isNull()).isTrue();
        assertThat(unbound.at("/loadbalancer/ipv6_vip_virsubnet_id").isNull()).isTrue();
        assertThat(unbound.at("/loadbalancer/elb_virsubnet_type").asString()).isEqualTo("ipv4");
        withIpv6(prefix + ":1::9");
    }

    @Test
    void movesItsVipAndGivesTheOldOneBack() {
        var made = create(Map.of("vip_address", cloud.vip(9)));

        var moved = update(made, "vip_address", cloud.vip(10)).expect(200).get("loadbalancer");
        assertThat(moved.get("vip_address").asString()).isEqualTo(cloud.vip(10));
        assertThat(claims()).isEqualTo(1);
        create(Map.of("vip_address", cloud.vip(9)));

        var elsewhere = update(made, "vip_subnet_cidr_id", cloud.serverSubnetId())
                .expect(200)
                .get("loadbalancer");
        assertThat(elsewhere.get("vip_subnet_cidr_id").asString()).isEqualTo(cloud.serverSubnetId());
        assertThat(elsewhere.get("vip_address").asString()).isNotEqualTo(cloud.vip(10));

        var unbound = update(made, "vip_subnet_cidr_id", null).expect(200).get("loadbalancer");
        assertThat(unbound.get("vip_address").isNull()).isTrue();
        assertThat(unbound.get("vip_port_id").isNull()).isTrue();
        assertThat(claims()).isEqualTo(1);
        assertThat(update(made, "vip_address", cloud.vip(11)).status()).isEqualTo(400);
    }

    @Test
    void tellsAbsentFromNullInUpdates() {
        var made = create(Map.of("name", "one", "description", "two", "autoscaling", Map.of("enable", true)));

        assertThat(update(made, "description", null)
                        .expect(200)
                        .get("loadbalancer")
                        .get("name")
                        .asString())
                .isEqualTo("one");
        var shown = api.get(path(made)).expect(200).get("loadbalancer");
        assertThat(shown.get("description").asString()).isEmpty();
        assertThat(shown.get("autoscaling").get("enable").asBoolean()).isTrue();
        assertThat(update(made, "autoscaling", null)
                        .expect(200)
                        .get("loadbalancer")
                        .has("autoscaling"))
                .isFalse();
        assertThat(update(made, "admin_state_up", null).status()).isEqualTo(400);
    }

    @Test
    void advancesOnlyForARealChange() {
        var made = create(Map.of("name", "one"));
        assertThat(generation(made)).isEqualTo(1);

        update(made, "name", "one").expect(200);
        update(made, "vip_address", cloud.vip(2)).expect(200);
        assertThat(generation(made)).isEqualTo(1);

        update(made, "name", "two").expect(200);
        assertThat(generation(made)).isEqualTo(2);
    }

    @Test
    void neverSwitchesIpTargetsOff() {
        var made = create(Map.of());

        update(made, "ip_target_enable", true).expect(200);

        var refused = update(made, "ip_target_enable", false);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().get("error_msg").asString()).contains("loadbalancer.ip_target_enable");
    }

    @Test
    void isNotDeletedWhileProtected() {
        var made = create(Map.of("deletion_protection_enable", true));

        var refused = api.delete(path(made));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().get("error_msg").asString()).contains("deletion_protection_enable");

        update(made, "deletion_protection_enable", false).expect(200);
        api.delete(path(made)).expect(204);
        assertThat(claims()).isZero();
        assertThat(api.get(path(made)).status()).isEqualTo(404);
        assertThat(api.delete(path(made)).status()).isEqualTo(404);
    }

    @Test
    void isUnknownToOtherProjects() {
        jdbc.sql("insert into project (id, name, created_at) values ('another-project', 'another', now())"
                        + " on conflict do nothing")
                .update();
        var made = create(Map.of());
        var foreign = "/v3/another-project/elb/loadbalancers/" + made.get("id").asString();

        var answer = api.get(foreign);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().get("error_msg").asString())
                .isEqualTo("loadbalancer %s could not be found."
                        .formatted(made.get("id").asString()));
        assertThat(api.put(foreign, Map.of("loadbalancer", Map.of("name", "mine now")))
                        .status())
                .isEqualTo(404);
        assertThat(api.delete(foreign).status()).isEqualTo(404);
        assertThat(api.get(path(made)).status()).isEqualTo(200);
    }
}
