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
import tools.jackson.databind.node.ObjectNode;

/** Pools of a master and a standby, every field that the SDK has of them. */
@EvenkeelTest
@Import(Tenants.class)
class SdkStandbyPoolTests {

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";
    private static final String ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private final SdkEstate estate;
    private final Sdk sdk;

    @Autowired
    SdkStandbyPoolTests(Api api, Tenants tenants) {
        estate = SdkEstate.create(api, tenants, SdkEstate.account(tenants));
        sdk = estate.sdk();
    }

    private ObjectNode shown(String name) {
        return (ObjectNode) sdk.call("ShowMasterSlavePool", Map.of("pool_id", estate.value(name)))
                .path("pool");
    }

    /** The fields that the server makes, checked by their form; what is left can be compared. */
    private static JsonNode withoutMade(JsonNode holder, String... names) {
        var rest = (ObjectNode) holder;
        for (var name : names) {
            assertThat(rest.path(name).asString()).as(name).matches(name.endsWith("_at") ? TIME : ID);
            rest.remove(name);
        }
        return rest;
    }

    @Test
    void isShownWithEveryField() {
        var pool = shown("pair1");
        var members = pool.remove("members");
        var monitor = withoutMade(pool.remove("healthmonitor"), "id");

        assertThat(withoutMade(pool, "id", "created_at", "updated_at")).isEqualTo(estate.request("""
                {"name": "pair", "description": "first", "project_id": "$project", "enterprise_project_id": "0",
                 "protocol": "TCP", "lb_algorithm": "ROUND_ROBIN", "ip_version": "v4", "vpc_id": "$vpc",
                 "type": "instance", "any_port_enable": false, "listeners": [{"id": "$tcp"}],
                 "loadbalancers": [{"id": "$lb1"}], "connection_drain": {"enable": true, "timeout": 40},
                 "session_persistence": {"type": "SOURCE_IP", "persistence_timeout": 3}}"""));
        assertThat(monitor).isEqualTo(estate.request("""
                {"name": "watch", "admin_state_up": true, "type": "HTTP", "delay": 5, "timeout": 3, "max_retries": 2,
                 "max_retries_down": 4, "monitor_port": 8099, "domain_name": "p.example.org", "url_path": "/p",
                 "http_method": "GET", "expected_codes": "200"}"""));
        assertThat(members).hasSize(2);
        assertThat(withoutSeen(withoutMade(members.get(0), "id"))).isEqualTo(member("first", 1, 81, "master"));
        assertThat(withoutSeen(withoutMade(members.get(1), "id"))).isEqualTo(member("second", 2, 82, "slave"));
    }

    /** What the worker's checks found, which may still change: the same for the one listener as for all. */
    private JsonNode withoutSeen(JsonNode member) {
        var rest = (ObjectNode) member;
        var status = rest.remove("operating_status");
        var perListener = rest.remove("status");
        rest.remove("reason");
        assertThat(status.asString()).isIn("ONLINE", "OFFLINE");
        assertThat(perListener).hasSize(1);
        assertThat(perListener.get(0).path("listener_id").asString()).isEqualTo(estate.value("tcp"));
        assertThat(perListener.get(0).path("operating_status")).isEqualTo(status);
        return rest;
    }

    private JsonNode member(String name, int server, int port, String role) {
        return estate.request("""
                {"name": "%1$s", "admin_state_up": true, "subnet_cidr_id": "$servers", "protocol_port": %3$d,
                 "address": "$address%2$d", "ip_version": "v4", "device_owner": "compute:az-%2$d",
                 "device_id": "$server%2$d", "member_type": "instance", "instance_id": "$server%2$d",
                 "role": "%4$s"}
                """.formatted(name, server, port, role));
    }

    @Test
    void optionsOfItsProtocolComeBack() {
        assertThat(shown("pair2").path("protocol").asString()).isEqualTo("UDP");
        assertThat(shown("pair2").path("listeners")).isEmpty();
        assertThat(shown("pair2").has("session_persistence")).isFalse();
        assertThat(shown("pair3").path("quic_cid_hash_strategy"))
                .isEqualTo(estate.request("{\"len\": 5, \"offset\": 2}"));
    }

    @Test
    void listsShowWhatIsShownAlone() {
        var listed = sdk.call("ListMasterSlavePools", Map.of("id", List.of(estate.value("pair1"))));

        assertThat(listed.path("pools")).hasSize(1);
        assertThat(listed.path("pools").get(0)).isEqualTo(shown("pair1"));
        assertThat(listed.at("/page_info/current_count").asInt()).isEqualTo(1);
        assertThat(sdk.call("ListPools", Map.of("id", List.of(estate.value("pair1"))))
                        .path("pools"))
                .isEmpty();
    }

    @Test
    void isDeletedWithItsMembers() {
        var id = Map.of("pool_id", estate.value("pair2"));

        sdk.call("DeleteMasterSlavePool", id);

        assertThatThrownBy(() -> sdk.call("ShowMasterSlavePool", id))
                .isInstanceOfSatisfying(ServiceResponseException.class, refusal -> {
                    assertThat(refusal.getHttpStatusCode()).isEqualTo(404);
                    assertThat(refusal.getErrorCode()).isEqualTo("ELB.8904");
                });
        assertThat(sdk.call("ListAllMembers", Map.of("pool_id", List.of(estate.value("pair2"))))
                        .path("members"))
                .isEmpty();
    }
}
