package io.evenkeel.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Filters of the lists that come whole (wire contract, filters.md and operations.md). */
@EvenkeelTest
class UnpagedListTests {

    private final Api api;
    private final Fixture fixture;

    @Autowired
    UnpagedListTests(Api api) {
        this.api = api;
        this.fixture = new Fixture(api);
    }

    private JsonNode rows(String path) {
        return api.get(api.elb(path))
                .expect(200)
                .valueStream()
                .filter(JsonNode::isArray)
                .findFirst()
                .orElseThrow();
    }

    private String refusal(String path) {
        return api.get(api.elb(path)).expect(400).path("error_msg").asString();
    }

    @Test
    void zonesAreThoseOfTheLoadBalancerAndTheGroup() {
        var all = rows("/availability-zones");
        assertThat(all).hasSize(1);
        assertThat(all.get(0)).isNotEmpty();
        for (var query : List.of(
                "loadbalancer_id=" + fixture.loadBalancerId,
                "public_border_group=center",
                "public_border_group=center&loadbalancer_id=" + fixture.loadBalancerId)) {
            assertThat(rows("/availability-zones?" + query)).as(query).isEqualTo(all);
        }
        for (var query : List.of(
                "loadbalancer_id=" + UUID.randomUUID(),
                "loadbalancer_id=nobody",
                "loadbalancer_id=",
                "public_border_group=edge",
                "public_border_group=",
                "public_border_group=edge&loadbalancer_id=" + fixture.loadBalancerId)) {
            assertThat(rows("/availability-zones?" + query)).as(query).isEmpty();
        }
        assertThat(refusal("/availability-zones?public_border_group=center&public_border_group=center"))
                .contains("'public_border_group'");
        assertThat(refusal("/availability-zones?limit=1")).contains("'limit'");
    }

    @Test
    void jobsAreFoundByEachOfTheirAttributes() {
        var job = api.get(api.elb("/jobs/" + fixture.jobId)).expect(200).path("job");
        var mine = "&job_id=" + fixture.jobId;
        var begun = job.path("begin_time").asString();
        for (var query : List.of(
                "job_id=" + fixture.jobId,
                "job_id=" + UUID.randomUUID() + mine,
                "job_type=" + job.path("job_type").asString() + mine,
                "status=" + job.path("status").asString() + mine,
                "status=FAIL&status=SUCCESS" + mine,
                "resource_id=" + job.path("resource_id").asString() + mine,
                "error_code=" + mine,
                "begin_time=" + begun + mine,
                "begin_time=" + begun.replace("Z", "") + mine,
                "begin_time=2020-01-01T00:00:00Z" + mine)) {
            assertThat(rows("/jobs?" + query).valueStream())
                    .as(query)
                    .singleElement()
                    .isEqualTo(job);
        }
        for (var query : List.of(
                "job_id=" + UUID.randomUUID(),
                "job_id=nobody",
                "job_type=CLONE_LISTENER" + mine,
                "job_type=batch_create_loadbalancer" + mine,
                "status=RUNNING" + mine,
                "resource_id=" + UUID.randomUUID() + mine,
                "error_code=ELB.8907" + mine,
                "begin_time=2999-01-01T00:00:00" + mine)) {
            assertThat(rows("/jobs?" + query)).as(query).isEmpty();
        }
        for (var begin :
                List.of("", "yesterday", "2026-13-01T00:00:00Z", "2026-01-01T00:00:00%2B01:00", "1767225600")) {
            assertThat(refusal("/jobs?begin_time=" + begin)).contains("'begin_time'");
        }
    }

    @Test
    void quotaDetailsAreThoseOfTheKeys() {
        assertThat(rows("/quotas/details")).hasSize(18);
        assertThat(rows("/quotas/details?quota_key=pool&quota_key=member&quota_key=nothing")
                        .findValuesAsString("quota_key"))
                .containsExactlyInAnyOrder("pool", "member");
        assertThat(rows("/quotas/details?quota_key=")).isEmpty();
        assertThat(refusal("/quotas/details?limit=1")).contains("'limit'");
    }

    @Test
    void featureConfigsAreNoneButTheQueryIsChecked() {
        for (var query : List.of("", "?feature=l7", "?limit=5&page_reverse=true")) {
            assertThat(rows("/feature/configs" + query)).as(query).isEmpty();
        }
        assertThat(refusal("/feature/configs?limit=2001")).contains("'limit'");
        assertThat(refusal("/feature/configs?marker=x")).contains("'marker'");
        assertThat(refusal("/feature/configs?feature=a&feature=b")).contains("'feature'");
    }

    @Test
    void preoccupiedAddressesAreNoneButTheQueryIsChecked() {
        var count = "/preoccupy-ip-num?l7_flavor_id=x&ip_target_enable=true&ip_version=4&loadbalancer_id="
                + fixture.loadBalancerId
                + "&availability_zone_id=az-1&availability_zone_id=az-2&scene=create&nat64_enable=false";
        assertThat(api.get(api.elb(count)).expect(200).at("/preoccupy_ip/total").asInt())
                .isZero();
        assertThat(refusal("/preoccupy-ip-num?ip_version=four")).contains("'ip_version'");
        assertThat(refusal("/preoccupy-ip-num?nat64_enable=maybe")).contains("'nat64_enable'");
    }
}
