package io.evenkeel.topology.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Load balancers made by the dozen, copies of one, deleting many, and the jobs that tell of it. */
@EvenkeelTest
class CopyTests {

    @Autowired
    private Api api;

    private Estate estate;

    @BeforeEach
    void createEstate() {
        estate = Estate.create(api);
        estate.servers(2);
    }

    private Api.Answer batch(Map<String, ?> more) {
        var body = new HashMap<String, Object>(
                Map.of("vip_subnet_cidr_id", estate.cloud().vipSubnetId(), "availability_zone_list", List.of("az-1")));
        body.putAll(more);
        return api.post(api.elb("/loadbalancers/batch-create"), Map.of("loadbalancer", body));
    }

    private Api.Answer copy(String loadBalancer, Map<String, ?> body) {
        return api.post(api.elb("/loadbalancers/" + loadBalancer + "/clone"), body);
    }

    private JsonNode job(JsonNode answer) {
        return api.get(api.elb("/jobs/" + answer.path("job_id").asString()))
                .expect(200)
                .path("job");
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    @Test
    void createsSeveralWithNumberedNames() {
        var answer = batch(Map.of("number", 3, "name", "web")).expect(201);

        var ids = texts(answer.path("loadbalancer_ids"));
        assertThat(ids).hasSize(3);
        assertThat(ids.stream()
                        .map(id ->
                                estate.show("/loadbalancers/" + id).path("name").asString()))
                .containsExactly("web-0001", "web-0002", "web-0003");
        var job = job(answer);
        assertThat(job.path("status").asString()).isEqualTo("SUCCESS");
        assertThat(job.path("job_type").asString()).isEqualTo("BATCH_CREATE_LOADBALANCER");
        assertThat(job.path("project_id").asString()).isEqualTo(api.projectId());
        assertThat(job.path("sub_jobs")
                        .valueStream()
                        .map(sub ->
                                sub.path("entities").get(0).path("resource_id").asString()))
                .containsExactlyElementsOf(ids);
    }

    @Test
    void createsOneUnderItsOwnNameAndAddress() {
        var ids =
                texts(batch(Map.of("name", "web", "vip_address", estate.cloud().vip(77)))
                        .expect(201)
                        .path("loadbalancer_ids"));

        assertThat(ids).hasSize(1);
        var made = estate.show("/loadbalancers/" + ids.getFirst());
        assertThat(made.path("name").asString()).isEqualTo("web");
        assertThat(made.path("vip_address").asString()).isEqualTo(estate.cloud().vip(77));
    }

    @Test
    void aBatchThatFailsMakesNothing() {
        var before = estate.ids("/loadbalancers").size();

        for (var bad : List.of(
                Map.of("number", 2, "vip_address", estate.cloud().vip(78)),
                Map.of("number", 0),
                Map.of("number", 11),
                Map.of("ids", List.of("a")),
                Map.of("number", 2, "publicip_ids", List.of("eip")),
                Map.of("number", 2, "name", "x".repeat(251)))) {
            batch(bad).expect(400);
        }
        assertThat(estate.ids("/loadbalancers")).hasSize(before);
    }

    @Test
    void copiesEverythingBelowALoadBalancer() {
        var source = estate.loadBalancer(Map.of("name", "shop", "deletion_protection_enable", true));
        var owned = estate.pool(Map.of("loadbalancer_id", source, "name", "owned"));
        var shared = estate.sharedPool();
        estate.listener(source, 80, owned);
        estate.listener(source, 81, shared);
        estate.listener(source, "TCP", 82, Map.of());
        estate.monitor(owned);
        estate.member(owned, 1, Map.of("weight", 7));
        estate.member(shared, 2);

        var answer = copy(source, Map.of("count", 2)).expect(200);

        var copies = answer.path("loadbalancer_list")
                .valueStream()
                .map(entry -> entry.path("id").asString())
                .toList();
        assertThat(copies).hasSize(2).doesNotContain(source);
        var copied = estate.show("/loadbalancers/" + copies.getLast());
        assertThat(copied.path("name").asString()).isEqualTo("shop-copy-2");
        assertThat(copied.path("deletion_protection_enable").asBoolean()).isFalse();
        assertThat(copied.path("vip_address").asString())
                .isNotEmpty()
                .isNotEqualTo(estate.show("/loadbalancers/" + source)
                        .path("vip_address")
                        .asString());
        assertThat(copied.path("listeners")).hasSize(3);
        assertThat(copied.path("pools")).hasSize(2);
        var pool = estate.ids("/pools?name=owned&loadbalancer_id=" + copies.getLast());
        assertThat(pool).hasSize(1).doesNotContain(owned);
        var members = Estate.rows(
                api.get(api.elb("/pools/" + pool.getFirst() + "/members")).expect(200));
        assertThat(members).hasSize(1);
        assertThat(members.getFirst().path("address").asString())
                .isEqualTo(estate.cloud().address(1));
        assertThat(members.getFirst().path("weight").asInt()).isEqualTo(7);
        assertThat(estate.show("/pools/" + pool.getFirst())
                        .path("healthmonitor_id")
                        .asString())
                .isNotEmpty();
        assertThat(estate.postMember(pool.getFirst(), 1, Map.of("protocol_port", 81))
                        .status())
                .isEqualTo(201);
        assertThat(job(answer).path("resource_id").asString()).isEqualTo(source);
    }

    @Test
    void copiesPoliciesWithTheirRules() {
        var source = estate.loadBalancer();
        var listener = estate.advancedListener(source, 80);
        var owned = estate.poolOf(source);
        var typed = estate.sharedPool();
        estate.member(typed, 1);
        estate.policy(listener, "/a", owned);
        var weighted = List.of(Map.of("pool_id", owned, "weight", 1), Map.of("pool_id", typed, "weight", 3));
        estate.postPolicy(listener, Map.of("action", "REDIRECT_TO_POOL", "redirect_pools_config", weighted))
                .expect(201);
        estate.postPolicy(
                        listener,
                        Map.of(
                                "action",
                                "FIXED_RESPONSE",
                                "fixed_response_config",
                                Map.of("status_code", "404"),
                                "name",
                                "none"))
                .expect(201);

        var copy = copy(source, Map.of())
                .expect(200)
                .path("loadbalancer_list")
                .get(0)
                .path("id")
                .asString();

        var pools = estate.ids("/pools?loadbalancer_id=" + copy);
        assertThat(pools).hasSize(2).doesNotContain(owned, typed);
        var copied =
                estate.policies(estate.ids("/listeners?loadbalancer_id=" + copy).getFirst());
        assertThat(copied).hasSize(3);
        assertThat(copied.stream().map(policy -> policy.path("priority").asInt()))
                .containsExactlyElementsOf(estate.policies(listener).stream()
                        .map(policy -> policy.path("priority").asInt())
                        .toList());
        assertThat(copied.getFirst().path("name").asString()).isEqualTo("/a");
        assertThat(copied.getFirst().path("redirect_pool_id").asString()).isIn(pools);
        assertThat(copied.getFirst().path("rules")).hasSize(1);
        assertThat(copied.getFirst().path("rules").get(0).path("value").asString())
                .isEqualTo("/a");
        assertThat(copied.get(1)
                        .path("redirect_pools_config")
                        .valueStream()
                        .map(pool -> pool.path("pool_id").asString()))
                .containsExactlyInAnyOrderElementsOf(pools);
        assertThat(copied.get(2).path("action").asString()).isEqualTo("FIXED_RESPONSE");
    }

    @Test
    void copiedPoliciesMayLeadToTheSamePools() {
        var source = estate.loadBalancer();
        var typed = estate.sharedPool();
        estate.policy(estate.advancedListener(source, 80), "/a", typed);

        var copy = copy(source, Map.of("target_loadbalancer_param", Map.of("reuse_pool", true)))
                .expect(200)
                .path("loadbalancer_list")
                .get(0)
                .path("id")
                .asString();

        var listener = estate.ids("/listeners?loadbalancer_id=" + copy).getFirst();
        assertThat(estate.policies(listener).getFirst().path("redirect_pool_id").asString())
                .isEqualTo(typed);
        assertThat(estate.show("/pools/" + typed).path("loadbalancers")).hasSize(2);
    }

    @Test
    void aCopyMayShareTypedPoolsAndBeElsewhere() {
        var source = estate.loadBalancer();
        var shared = estate.sharedPool();
        estate.listener(source, 80, shared);

        var answer = copy(
                        source,
                        Map.of(
                                "target_loadbalancer_param",
                                Map.of(
                                        "name",
                                        "twin",
                                        "availability_zone_list",
                                        List.of("az-2"),
                                        "vip_address",
                                        estate.cloud().vip(66),
                                        "reuse_pool",
                                        true)))
                .expect(200);

        var twin = estate.show("/loadbalancers/"
                + answer.path("loadbalancer_list").get(0).path("id").asString());
        assertThat(twin.path("name").asString()).isEqualTo("twin");
        assertThat(twin.path("vip_address").asString()).isEqualTo(estate.cloud().vip(66));
        assertThat(texts(twin.path("availability_zone_list"))).containsExactly("az-2");
        assertThat(twin.path("pools").get(0).path("id").asString()).isEqualTo(shared);
        assertThat(estate.show("/pools/" + shared).path("loadbalancers")).hasSize(2);
    }

    @Test
    void aPoolOfOneLoadBalancerCannotBeReused() {
        var source = estate.loadBalancer();
        estate.poolOf(source);

        assertThat(copy(source, Map.of("target_loadbalancer_param", Map.of("reuse_pool", true)))
                        .expect(400)
                        .path("error_msg")
                        .asString())
                .contains("reuse_pool");
        for (var bad : List.of(
                Map.of("count", 11),
                Map.of(
                        "count",
                        2,
                        "target_loadbalancer_param",
                        Map.of("vip_address", estate.cloud().vip(5))),
                Map.of("target_loadbalancer_param", Map.of("availability_zone_list", List.of("nowhere"))),
                Map.of("target_loadbalancer_param", Map.of("guaranteed", false)),
                Map.of("target_loadbalancer_param", Map.of("l4_flavor_id", "0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b0101")))) {
            copy(source, bad).expect(400);
        }
        copy(UUID.randomUUID().toString(), Map.of()).expect(404);
    }

    @Test
    void deletesSeveralOrNone() {
        var one = estate.loadBalancer();
        var two = estate.loadBalancer(Map.of("deletion_protection_enable", true));
        var pool = estate.poolOf(one);
        var body = Map.of("loadbalancer_ids", List.of(one, two), "unbounded_pool", false);

        api.post(api.elb("/loadbalancers/batch-delete"), body).expect(409);
        assertThat(estate.show("/loadbalancers/" + one).path("id").asString()).isEqualTo(one);
        estate.change("/loadbalancers/" + two, "loadbalancer", Map.of("deletion_protection_enable", false))
                .expect(200);
        var answer = api.post(api.elb("/loadbalancers/batch-delete"), body).expect(200);

        assertThat(texts(answer.path("loadbalancer_ids"))).containsExactly(one, two);
        assertThat(job(answer).path("job_type").asString()).isEqualTo("BATCH_DELETE_LOADBALANCER");
        assertThat(api.get(api.elb("/loadbalancers/" + one)).status()).isEqualTo(404);
        assertThat(estate.show("/pools/" + pool).path("loadbalancers")).isEmpty();
        assertThat(api.post(
                                api.elb("/loadbalancers/batch-delete"),
                                Map.of(
                                        "loadbalancer_ids",
                                        List.of(UUID.randomUUID().toString())))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void jobsAreFound() {
        var answer = batch(Map.of("number", 1)).expect(201);
        var job = answer.path("job_id").asString();
        var resource = answer.path("loadbalancer_ids").get(0).asString();
        var begun = job(answer).path("begin_time").asString().replace("Z", "");

        for (var query : List.of(
                "job_id=" + job,
                "resource_id=" + resource,
                "resource_id=" + resource + "&status=SUCCESS&job_type=BATCH_CREATE_LOADBALANCER",
                "resource_id=" + resource + "&begin_time=" + begun)) {
            assertThat(jobs(query)).as(query).containsExactly(job);
        }
        for (var query : List.of(
                "resource_id=" + resource + "&status=FAIL",
                "resource_id=" + resource + "&begin_time=2999-01-01T00:00:00",
                "job_id=" + UUID.randomUUID(),
                "resource_id=" + resource + "&error_code=ELB.8907")) {
            assertThat(jobs(query)).as(query).isEmpty();
        }
        assertThat(api.get(api.elb("/jobs/" + UUID.randomUUID()))
                        .expect(404)
                        .path("error_msg")
                        .asString())
                .startsWith("job ");
    }

    private List<String> jobs(String query) {
        return Estate.rows(api.get(api.elb("/jobs?" + query)).expect(200)).stream()
                .map(job -> job.path("job_id").asString())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /loadbalancers/change-charge-mode",
                "POST /loadbalancers/0d1f2a3c-0000-4000-8000-000000000000/upgrade",
                "GET /loadbalancers/0d1f2a3c-0000-4000-8000-000000000000/local-ports",
                "GET /loadbalancers/0d1f2a3c-0000-4000-8000-000000000000/dns/ips",
                "POST /loadbalancers/0d1f2a3c-0000-4000-8000-000000000000/dns/ips/batch-enable",
                "GET /recycle-bin",
                "PUT /recycle-bin/policy",
                "GET /recycle-bin/loadbalancers"
            })
    void whatHasNoMeaningHereIsNoApi(String operation) {
        var parts = operation.split(" ", 2);

        var answer = api.send(parts[0], api.elb(parts[1]), Map.of(), Map.of());

        assertThat(answer.expect(404).path("error_code").asString()).isEqualTo("APIGW.0101");
    }

    @Test
    void tellsWhatALoadBalancerCanDo() {
        var loadBalancer = estate.loadBalancer(Map.of("ip_target_enable", true));

        var features = api.get(api.elb("/loadbalancers/" + loadBalancer + "/features"))
                .expect(200)
                .path("features");
        assertThat(features.valueStream()
                        .map(feature -> feature.path("feature").asString() + " "
                                + feature.path("type").asString() + " "
                                + feature.path("value").asString()))
                .containsExactly("dualstack bool false", "ip_target bool true", "l4 bool true", "l7 bool true");
        var configs = api.get(api.elb("/feature/configs?feature=qos")).expect(200);
        assertThat(configs.path("configs")).isEmpty();
        assertThat(configs.path("page_info").path("current_count").asInt()).isZero();
        assertThat(api.get(api.elb("/preoccupy-ip-num?ip_version=4&availability_zone_id=az-1"))
                        .expect(200)
                        .path("preoccupy_ip")
                        .path("total")
                        .asInt())
                .isZero();
        api.get(api.elb("/feature/configs?other=1")).expect(400);
        api.get(api.elb("/preoccupy-ip-num?other=1")).expect(400);
    }
}
