package io.evenkeel.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.sdk.SdkEstate.Tenants;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;

/** Quotas, every field that the SDK has of them. */
@EvenkeelTest
@Import(Tenants.class)
class SdkQuotaTests {

    private final SdkEstate estate;
    private final Sdk sdk;

    @Autowired
    SdkQuotaTests(Api api, Tenants tenants) {
        estate = SdkEstate.create(api, tenants, SdkEstate.account(tenants));
        sdk = estate.sdk();
    }

    private JsonNode details(Map<String, ?> query) {
        return sdk.call("ListQuotaDetails", query).path("quotas");
    }

    @Test
    void everyLimitIsShown() {
        assertThat(sdk.call("ShowQuota", Map.of()).path("quota")).isEqualTo(estate.request("""
                {"project_id": "$project", "loadbalancer": 100000, "listener": 1500, "pool": 5000, "member": 10000,
                 "healthmonitor": -1, "certificate": -1, "l7policy": 2000, "ipgroup": 1000, "security_policy": 50,
                 "members_per_pool": 1000, "listeners_per_loadbalancer": 100, "listeners_per_pool": 50,
                 "l7policies_per_listener": 100, "pools_per_l7policy": 5, "condition_per_policy": 10,
                 "ipgroup_bindings": 50, "ipgroup_max_length": 300, "ipgroups_per_listener": 5}"""));
    }

    @Test
    void detailsTellEachLimitWithItsKeyAndUnit() {
        var limits = sdk.call("ShowQuota", Map.of()).path("quota");
        var details = details(Map.of());

        assertThat(details).hasSize(limits.size() - 1);
        details.forEach(detail -> {
            var key = detail.path("quota_key").asString();
            assertThat(detail.path("quota_limit")).as(key).isEqualTo(limits.path(key));
            assertThat(detail.path("unit").asString()).as(key).isEqualTo("count");
            assertThat(detail.path("used").isInt()).as(key).isTrue();
            if (key.contains("_per_") || key.startsWith("ipgroup_") || key.equals("ipgroups_per_listener")) {
                assertThat(detail.path("used").asInt()).as(key).isZero();
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "loadbalancer, ListLoadBalancers",
        "listener, ListListeners",
        "pool, ListPools ListMasterSlavePools",
        "healthmonitor, ListHealthMonitors",
        "certificate, ListCertificates",
        "l7policy, ListL7Policies",
        "ipgroup, ListIpGroups",
        "security_policy, ListSecurityPolicies"
    })
    void usedIsWhatTheListsCount(String key, String lists) {
        var rows = Stream.of(lists.split(" "))
                .mapToInt(list ->
                        sdk.call(list, Map.of()).at("/page_info/current_count").asInt())
                .sum();

        var detail = details(Map.of("quota_key", List.of(key)));

        assertThat(detail).hasSize(1);
        assertThat(detail.get(0).path("quota_key").asString()).isEqualTo(key);
        assertThat(detail.get(0).path("used").asInt()).isEqualTo(rows).isPositive();
    }

    @Test
    void filtersByAnyOfTheKeys() {
        assertThat(details(Map.of("quota_key", List.of("pool", "member")))
                        .valueStream()
                        .map(detail -> detail.path("quota_key").asString()))
                .containsExactlyInAnyOrder("pool", "member");
        assertThat(details(Map.of("quota_key", List.of("nothing")))).isEmpty();
    }
}
