package io.evenkeel.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import io.evenkeel.sdk.SdkEstate.Tenants;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;

/** What the SDK asks that neither makes one resource nor lists with filters. */
@EvenkeelTest
@Import(Tenants.class)
class SdkBatchTests {

    private final SdkEstate estate;
    private final Sdk sdk;

    @Autowired
    SdkBatchTests(Api api, Tenants tenants) {
        estate = SdkEstate.create(api, tenants, SdkEstate.account(tenants));
        sdk = estate.sdk();
    }

    private JsonNode batch(String operation, Object... members) {
        var answer = sdk.call(
                operation, Map.of("pool_id", estate.value("typeless"), "body", Map.of("members", List.of(members))));
        return answer.path("members");
    }

    private Map<String, Object> member(int server) {
        return Map.of(
                "name",
                "batch " + server,
                "address",
                estate.value("address" + server),
                "subnet_cidr_id",
                estate.value("servers"),
                "protocol_port",
                9000,
                "weight",
                server);
    }

    @Test
    void addsChangesAndRemovesMembersTogether() {
        var added = batch("BatchCreateMembers", member(1), member(2));
        assertThat(added).hasSize(2);
        for (int server = 1; server <= 2; server++) {
            var member = added.get(server - 1);
            var text = member.toString();
            member(server)
                    .forEach((name, value) -> assertThat(member.path(name).asString())
                            .as(name + " of " + text)
                            .isEqualTo(String.valueOf(value)));
            assertThat(member.path("ret_status").asString()).isEqualTo("successful");
            assertThat(member.path("instance_id").asString()).isEqualTo(estate.value("server" + server));
            assertThat(member.path("member_type").asString()).isEqualTo("instance");
            assertThat(member.path("project_id").asString()).isEqualTo(estate.value("project"));
            assertThat(member.path("admin_state_up").asBoolean()).isTrue();
        }
        assertThat(batch("BatchCreateMembers", member(2))
                        .get(0)
                        .path("ret_status")
                        .asString())
                .isEqualTo("existed");

        var id = added.get(0).path("id").asString();
        var changed =
                batch("BatchUpdateMembers", Map.of("id", id, "name", "other", "weight", 9, "protocol_port", 9001));
        assertThat(changed.get(0).path("id").asString()).isEqualTo(id);
        var shown = sdk.call("ShowMember", Map.of("pool_id", estate.value("typeless"), "member_id", id))
                .path("member");
        assertThat(shown.path("name").asString()).isEqualTo("other");
        assertThat(shown.path("weight").asInt()).isEqualTo(9);
        assertThat(shown.path("protocol_port").asInt()).isEqualTo(9001);

        var removed = batch(
                "BatchDeleteMembers",
                Map.of("id", id),
                Map.of("address", estate.value("address2"), "protocol_port", 9000),
                Map.of("address", estate.value("address2"), "protocol_port", 1));
        assertThat(removed.valueStream().map(member -> member.path("ret_status").asString()))
                .containsExactly("successful", "successful", "not found");
        assertThat(sdk.call("ListMembers", Map.of("pool_id", estate.value("typeless")))
                        .path("members"))
                .hasSize(1);
    }

    @Test
    void knowsItsCatalogue() {
        var versions = sdk.call("ListApiVersions", Map.of()).path("versions");
        assertThat(versions.get(0).path("id").asString()).isEqualTo("v3");
        assertThat(versions.get(0).path("status").asString()).isEqualTo("CURRENT");
        var zones = sdk.call("ListAvailabilityZones", Map.of("loadbalancer_id", estate.value("lb1")))
                .path("availability_zones");
        assertThat(zones.valueStream()
                        .flatMap(JsonNode::valueStream)
                        .map(zone -> zone.path("code").asString()))
                .contains("az-1", "az-2");
        assertThat(zones.get(0).get(0).path("state").asString()).isEqualTo("ACTIVE");
        var flavors = sdk.call("ListFlavors", Map.of()).path("flavors");
        var flavor = flavors.get(0);
        assertThat(sdk.call("ShowFlavor", Map.of("flavor_id", flavor.path("id").asString()))
                        .path("flavor"))
                .isEqualTo(flavor);
        assertThat(flavor.path("shared").asBoolean()).isTrue();
        assertThat(flavor.path("info").isEmpty()).isFalse();
    }

    @Test
    void knowsNothingOfWhatHasNoMeaningHere() {
        var upgrade = Map.of("loadbalancer_id", estate.value("lb1"), "body", Map.of("l4_flavor_id", "x"));
        var charge = Map.of("body", Map.of("loadbalancer_ids", List.of(estate.value("lb1")), "charge_mode", "prepaid"));
        for (var call :
                List.of(Map.entry("UpgradeLoadbalancer", upgrade), Map.entry("ChangeLoadbalancerChargeMode", charge))) {
            assertThat(Sdk.OUT_OF_SCOPE).contains(call.getKey());
            assertThatThrownBy(() -> sdk.call(call.getKey(), call.getValue()))
                    .isInstanceOfSatisfying(ServiceResponseException.class, refusal -> {
                        assertThat(refusal.getHttpStatusCode()).isEqualTo(404);
                        assertThat(refusal.getErrorCode()).isEqualTo("APIGW.0101");
                        assertThat(refusal.getRequestId()).isNotEmpty();
                    });
        }
    }
}
