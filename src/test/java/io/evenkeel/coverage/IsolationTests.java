package io.evenkeel.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Another project's ids, wherever an id can stand, answer exactly as ids that nobody has. */
@EvenkeelTest
class IsolationTests {

    private static final List<String> COLLECTIONS =
            List.of("loadbalancers", "listeners", "pools", "healthmonitors", "ipgroups");
    private static final Map<String, String> WRAPPERS = Map.of(
            "loadbalancers",
            "loadbalancer",
            "listeners",
            "listener",
            "pools",
            "pool",
            "healthmonitors",
            "healthmonitor",
            "ipgroups",
            "ipgroup");

    private final Api api;
    private final Fixture owner;
    private final Fixture stranger;

    @Autowired
    IsolationTests(Api api) {
        this.api = api;
        this.owner = new Fixture(api);
        this.stranger = new Fixture(otherProject());
    }

    /** An operator of another project; the inventory below is written by the administrator, for that project. */
    private Api otherProject() {
        var project = api.post("/identity/v1/projects", Map.of("project", Map.of("name", "stranger")))
                .expect(201)
                .path("project")
                .path("id")
                .asString();
        var token = api.post(
                        "/identity/v1/tokens",
                        Map.of("token", Map.of("project_id", project, "role", "admin", "description", "test")))
                .expect(201)
                .path("token")
                .path("token")
                .asString();
        return api.as(project, token);
    }

    private Map<String, String> ownersIds() {
        return Map.of(
                "loadbalancers", owner.loadBalancerId,
                "listeners", owner.listenerId,
                "pools", owner.poolId,
                "healthmonitors", owner.monitorId,
                "ipgroups", owner.ipGroupId);
    }

    private static String like(Api.Answer answer, String id) {
        return answer.status() + " "
                + answer.body().path("error_code").asString() + " "
                + answer.body().path("error_msg").asString().replace(id, "ID");
    }

    private void assertAsUnknown(String foreign, Function<String, Api.Answer> call) {
        var unknown = UUID.randomUUID().toString();
        var answerToUnknown = like(call.apply(unknown), unknown);
        assertThat(like(call.apply(foreign), foreign)).isEqualTo(answerToUnknown);
        assertThat(answerToUnknown).startsWith("404 ELB.8904");
    }

    @Test
    void inPaths() {
        var as = stranger.api;
        ownersIds().forEach((collection, id) -> {
            var wrapper = WRAPPERS.getOrDefault(collection, "");
            assertAsUnknown(id, x -> as.get(as.elb("/" + collection + "/" + x)));
            assertAsUnknown(id, x -> as.delete(as.elb("/" + collection + "/" + x)));
            assertAsUnknown(
                    id, x -> as.put(as.elb("/" + collection + "/" + x), Map.of(wrapper, Map.of("name", "mine"))));
        });
        for (var list : List.of("create-or-update", "batch-delete")) {
            assertAsUnknown(
                    owner.ipGroupId,
                    x -> as.post(
                            as.elb("/ipgroups/" + x + "/iplist/" + list),
                            Map.of("ipgroup", Map.of("ip_list", List.of(Map.of("ip", "10.0.0.1"))))));
        }
        assertAsUnknown(owner.ipGroupId, x -> as.get(as.elb("/ipgroups/" + x + "/related-listeners")));
        var stream = Map.of("logtank", Map.of("log_group_id", "mine"));
        assertAsUnknown(owner.logtankId, x -> as.get(as.elb("/logtanks/" + x)));
        assertAsUnknown(owner.logtankId, x -> as.put(as.elb("/logtanks/" + x), stream));
        assertAsUnknown(owner.logtankId, x -> as.delete(as.elb("/logtanks/" + x)));
        assertAsUnknown(owner.listenerId, x -> as.delete(as.elb("/listeners/" + x + "/force")));
        Map.of("certificates", owner.certificateId, "security-policies", owner.securityPolicyId)
                .forEach((collection, id) -> {
                    var wrapper = collection.equals("certificates") ? "certificate" : "security_policy";
                    assertAsUnknown(id, x -> as.get(as.elb("/" + collection + "/" + x)));
                    assertAsUnknown(id, x -> as.delete(as.elb("/" + collection + "/" + x)));
                    assertAsUnknown(
                            id,
                            x -> as.put(as.elb("/" + collection + "/" + x), Map.of(wrapper, Map.of("name", "mine"))));
                });
        tagged().forEach((collection, id) -> {
            var tags = "/v3/" + as.projectId() + "/" + collection + "/";
            var change = Map.of("action", "create", "tags", List.of(Map.of("key", "mine", "value", "")));
            assertAsUnknown(id, x -> as.get(tags + x + "/tags"));
            assertAsUnknown(id, x -> as.post(tags + x + "/tags/action", change));
        });
        assertAsUnknown(owner.poolId, x -> as.get(as.elb("/pools/" + x + "/members")));
        assertAsUnknown(
                owner.poolId, x -> as.post(as.elb("/pools/" + x + "/members"), Map.of("member", stranger.member(2))));
        for (var batch : List.of("batch-add", "batch-update", "batch-delete")) {
            assertAsUnknown(
                    owner.poolId,
                    x -> as.post(as.elb("/pools/" + x + "/members/" + batch), Map.of("members", List.of(item(batch)))));
        }
        assertAsUnknown(owner.memberId, x -> as.get(as.elb("/pools/" + stranger.poolId + "/members/" + x)));
        assertAsUnknown(owner.memberId, x -> as.delete(as.elb("/pools/" + stranger.poolId + "/members/" + x)));
        assertAsUnknown(
                owner.memberId,
                x -> as.put(
                        as.elb("/pools/" + stranger.poolId + "/members/" + x), Map.of("member", Map.of("weight", 3))));
        assertOwnerIsUntouched();
    }

    private Map<String, String> tagged() {
        return Map.of("loadbalancers", owner.loadBalancerId, "listeners", owner.listenerId);
    }

    private Map<String, Object> item(String batch) {
        return switch (batch) {
            case "batch-add" -> stranger.member(2);
            case "batch-update" -> Map.of("id", stranger.memberId, "weight", 5);
            default -> Map.of("id", stranger.memberId);
        };
    }

    @Test
    void inBodies() {
        var as = stranger.api;
        assertAsUnknown(
                owner.cloud.vipSubnetId(),
                x -> as.post(
                        as.elb("/loadbalancers"),
                        Map.of("loadbalancer", with(stranger.loadBalancer(), "vip_subnet_cidr_id", x))));
        assertAsUnknown(
                owner.loadBalancerId,
                x -> as.post(
                        as.elb("/listeners"), Map.of("listener", with(stranger.listener(90), "loadbalancer_id", x))));
        assertAsUnknown(
                owner.poolId,
                x -> as.post(
                        as.elb("/listeners"), Map.of("listener", with(stranger.listener(90), "default_pool_id", x))));
        assertAsUnknown(
                owner.loadBalancerId,
                x -> as.post(as.elb("/logtanks"), Map.of("logtank", with(stranger.logtank(), "loadbalancer_id", x))));
        assertAsUnknown(
                owner.listenerId, x -> as.post(as.elb("/listeners/batch-delete"), Map.of("listener_ids", List.of(x))));
        var https = Map.<String, Object>of(
                "loadbalancer_id", stranger.loadBalancerId, "protocol", "HTTPS", "protocol_port", 443);
        assertAsUnknown(
                owner.certificateId,
                x -> as.post(as.elb("/listeners"), Map.of("listener", with(https, "default_tls_container_ref", x))));
        var secured = with(https, "default_tls_container_ref", stranger.certificateId);
        assertAsUnknown(
                owner.certificateId,
                x -> as.post(
                        as.elb("/listeners"), Map.of("listener", with(secured, "client_ca_tls_container_ref", x))));
        assertAsUnknown(
                owner.securityPolicyId,
                x -> as.post(as.elb("/listeners"), Map.of("listener", with(secured, "security_policy_id", x))));
        assertAsUnknown(
                owner.ipGroupId,
                x -> as.put(
                        as.elb("/listeners/" + stranger.listenerId),
                        Map.of("listener", Map.of("ipgroup", Map.of("ipgroup_id", x)))));
        assertAsUnknown(
                owner.loadBalancerId,
                x -> as.post(as.elb("/pools"), Map.of("pool", with(stranger.pool(), "loadbalancer_id", x))));
        assertAsUnknown(
                owner.listenerId,
                x -> as.post(as.elb("/pools"), Map.of("pool", with(stranger.pool(), "listener_id", x))));
        assertAsUnknown(
                owner.poolId, x -> as.post(as.elb("/healthmonitors"), Map.of("healthmonitor", stranger.monitor(x))));
        assertAsUnknown(
                owner.cloud.serverSubnetId(),
                x -> as.post(
                        as.elb("/pools/" + stranger.poolId + "/members"),
                        Map.of("member", with(stranger.member(2), "subnet_cidr_id", x))));
        assertAsUnknown(
                owner.poolId,
                x -> as.put(
                        as.elb("/listeners/" + stranger.listenerId), Map.of("listener", Map.of("default_pool_id", x))));
        assertOwnerIsUntouched();
    }

    private static Map<String, Object> with(Map<String, Object> body, String name, String value) {
        var changed = new LinkedHashMap<>(body);
        changed.put(name, value);
        return changed;
    }

    @Test
    void inFiltersAndMarkers() {
        var as = stranger.api;
        for (var collection : COLLECTIONS) {
            var id = ownersIds().getOrDefault(collection, "");
            assertThat(as.get(as.elb("/" + collection + "?id=" + id))
                            .expect(200)
                            .path(collection))
                    .isEmpty();
            var foreign = like(as.get(as.elb("/" + collection + "?marker=" + id)), id);
            var random = UUID.randomUUID().toString();
            assertThat(foreign).isEqualTo(like(as.get(as.elb("/" + collection + "?marker=" + random)), random));
            assertThat(foreign).startsWith("400 ELB.8902");
        }
        for (var lookup :
                List.of("member_address=" + owner.cloud.address(1), "member_device_id=" + owner.cloud.serverId(1))) {
            assertThat(as.get(as.elb("/loadbalancers?" + lookup)).expect(200).path("loadbalancers"))
                    .isEmpty();
            assertThat(api.get(api.elb("/loadbalancers?" + lookup)).expect(200).path("loadbalancers"))
                    .hasSize(1);
        }
    }

    private void assertOwnerIsUntouched() {
        ownersIds()
                .forEach((collection, id) -> assertThat(
                                api.get(api.elb("/" + collection + "/" + id)).status())
                        .isEqualTo(200));
        assertThat(api.get(api.elb("/pools/" + owner.poolId + "/members/" + owner.memberId))
                        .status())
                .isEqualTo(200);
    }
}
