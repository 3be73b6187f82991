package io.evenkeel.topology.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Deletes that take along what belongs to the deleted: load balancers by force or cascade, pools by cascade. */
@EvenkeelTest
class CascadeTests {

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    private Estate estate;
    private String loadBalancer = "";
    private String pool = "";
    private String listener = "";
    private String member = "";
    private String monitor = "";

    @BeforeEach
    void createEstate() {
        estate = Estate.create(api);
        estate.servers(2);
        loadBalancer = estate.loadBalancer(Map.of("vip_address", estate.cloud().vip(9)));
        pool = estate.poolOf(loadBalancer);
        listener = estate.listener(loadBalancer, 80, pool);
        member = estate.member(pool, 1);
        monitor = estate.monitor(pool);
    }

    private Api.Answer force(String id) {
        return estate.delete("/loadbalancers/" + id + "/force-elb");
    }

    private Api.Answer cascade(String id, Map<String, ?> options) {
        return api.post(api.elb("/loadbalancers/" + id + "/delete-cascade"), Map.of("loadbalancer", options));
    }

    private Api.Answer deletePool(String id) {
        return estate.delete("/pools/" + id + "/delete-cascade");
    }

    private int status(String path) {
        return api.get(api.elb(path)).status();
    }

    private void assertAllThere() {
        assertThat(List.of(
                        status("/loadbalancers/" + loadBalancer),
                        status("/listeners/" + listener),
                        status("/pools/" + pool),
                        status("/pools/" + pool + "/members/" + member),
                        status("/healthmonitors/" + monitor)))
                .containsOnly(200);
    }

    private void assertTombstone(String kind, String id) {
        assertThat(jdbc.sql("select count(*) from tombstone where resource_kind = :kind and resource_id = :id")
                        .param("kind", kind)
                        .param("id", UUID.fromString(id))
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void forceTakesEverythingAlongAndGivesTheAddressBack() {
        var ownedByNone = estate.sharedPool();
        estate.listener(loadBalancer, 81, ownedByNone);

        assertThat(force(loadBalancer).status()).isEqualTo(204);

        assertThat(List.of(
                        status("/loadbalancers/" + loadBalancer),
                        status("/listeners/" + listener),
                        status("/pools/" + pool),
                        status("/pools/" + ownedByNone),
                        status("/healthmonitors/" + monitor)))
                .containsOnly(404);
        assertTombstone("LOAD_BALANCER", loadBalancer);
        assertTombstone("POOL", pool);
        estate.loadBalancer(Map.of("vip_address", estate.cloud().vip(9)));
    }

    @Test
    void cascadeTakesPoolsAlongUnlessToldOtherwise() {
        assertThat(cascade(loadBalancer, Map.of()).status()).isEqualTo(204);
        assertThat(status("/pools/" + pool)).isEqualTo(404);

        var other = estate.loadBalancer();
        var kept = estate.poolOf(other);
        estate.listener(other, 80, kept);
        estate.member(kept, 1);

        assertThat(cascade(other, Map.of("unbounded_pool", false, "public_ip", true))
                        .status())
                .isEqualTo(204);

        var left = estate.show("/pools/" + kept);
        assertThat(left.path("loadbalancers")).isEmpty();
        assertThat(left.path("listeners")).isEmpty();
        assertThat(left.path("members")).hasSize(1);
        assertThat(status("/loadbalancers/" + other)).isEqualTo(404);
    }

    @Test
    void policiesGoWithTheirListenersAndAreGivenBack() {
        var behind = estate.sharedPool();
        var policy = estate.policy(listener, "/a", behind);
        var other = estate.loadBalancer();
        var kept = estate.sharedPool();
        var second = estate.policy(estate.listener(other, "HTTP", 80, Map.of()), "/b", kept);
        int used = policiesUsed();

        assertThat(force(loadBalancer).status()).isEqualTo(204);
        assertThat(cascade(other, Map.of("unbounded_pool", false)).status()).isEqualTo(204);

        assertThat(List.of(status("/l7policies/" + policy), status("/l7policies/" + second)))
                .containsOnly(404);
        assertThat(status("/pools/" + behind)).isEqualTo(404);
        assertThat(estate.show("/pools/" + kept).path("listeners")).isEmpty();
        assertThat(policiesUsed()).isEqualTo(used - 2);
    }

    @Test
    void aPoolThatAPolicyLeadsToIsCascadedOnlyWhenNobodyNamesIt() {
        var behind = estate.sharedPool();
        var policy = estate.policy(listener, "/a", behind);

        assertThat(deletePool(behind).expect(409).path("error_msg").asString()).contains(behind);
        assertThat(status("/l7policies/" + policy)).isEqualTo(200);
        estate.delete("/l7policies/" + policy).expect(204);
        assertThat(deletePool(behind).status()).isEqualTo(204);
    }

    private int policiesUsed() {
        return api.get(api.elb("/quotas/details?quota_key=l7policy"))
                .expect(200)
                .at("/quotas/0/used")
                .asInt();
    }

    @Test
    void aDetachedPoolServesAnotherLoadBalancer() {
        cascade(loadBalancer, Map.of("unbounded_pool", false)).raw();
        var other = estate.loadBalancer();

        var taken = estate.listener(other, 80, pool);

        assertThat(estate.show("/pools/" + pool)
                        .path("listeners")
                        .get(0)
                        .path("id")
                        .asString())
                .isEqualTo(taken);
    }

    @Test
    void poolsSharedWithOtherLoadBalancersAreOnlyDetached() {
        var shared = estate.pool(
                Map.of("type", "instance", "vpc_id", estate.cloud().vpcId(), "loadbalancer_id", loadBalancer));
        estate.member(shared, 2);
        var other = estate.loadBalancer();
        var elsewhere = estate.listener(other, 80, shared);

        assertThat(force(loadBalancer).status()).isEqualTo(204);

        assertThat(estate.show("/pools/" + shared)
                        .path("loadbalancers")
                        .get(0)
                        .path("id")
                        .asString())
                .isEqualTo(other);
        assertThat(estate.show("/listeners/" + elsewhere)
                        .path("default_pool_id")
                        .asString())
                .isEqualTo(shared);
        assertThat(estate.ids("/pools/" + shared + "/members")).hasSize(1);
    }

    @Test
    void deletionProtectionStopsForceAndCascade() {
        estate.change("/loadbalancers/" + loadBalancer, "loadbalancer", Map.of("deletion_protection_enable", true))
                .expect(200);

        for (var answer : List.of(force(loadBalancer), cascade(loadBalancer, Map.of("unbounded_pool", false)))) {
            assertThat(answer.expect(409).path("error_msg").asString())
                    .contains(loadBalancer)
                    .contains("deletion_protection_enable");
        }
        assertAllThere();
    }

    @Test
    void memberProtectionStopsForceAndPoolCascadeButNotDetaching() {
        estate.change("/pools/" + pool, "pool", Map.of("member_deletion_protection_enable", true))
                .expect(200);

        for (var answer : List.of(force(loadBalancer), cascade(loadBalancer, Map.of()), deletePool(pool))) {
            assertThat(answer.expect(409).path("error_msg").asString())
                    .contains(pool)
                    .contains("member_deletion_protection_enable");
        }
        assertAllThere();
        assertThat(cascade(loadBalancer, Map.of("unbounded_pool", false)).status())
                .isEqualTo(204);
        assertThat(status("/pools/" + pool + "/members/" + member)).isEqualTo(200);
    }

    @Test
    void poolCascadeTakesMembersAndMonitorAndLeavesTheListenerWithoutPool() {
        assertThat(deletePool(pool).status()).isEqualTo(204);

        assertThat(status("/pools/" + pool)).isEqualTo(404);
        assertThat(status("/healthmonitors/" + monitor)).isEqualTo(404);
        assertThat(estate.show("/listeners/" + listener).path("default_pool_id").isNull())
                .isTrue();
        assertTombstone("POOL", pool);
        assertThat(deletePool(pool).expect(404).path("error_msg").asString())
                .isEqualTo("pool " + pool + " could not be found.");
    }

    @Test
    void aBatchDeletesThePoolsThatAreThereAndNamesTheOthers() {
        var another = estate.poolOf(loadBalancer);
        var unknown = UUID.randomUUID().toString();

        var answer = api.post(
                        api.elb("/pools/batch-delete"), Map.of("pools", List.of(pool, unknown, another, "nothing")))
                .expect(200);

        assertThat(answer.path("pools").toString())
                .isEqualTo(("[{'id':'%s','ret_status':'successful'},{'id':'%s','ret_status':'not found'},"
                                + "{'id':'%s','ret_status':'successful'},{'id':'nothing','ret_status':'not found'}]")
                        .formatted(pool, unknown, another)
                        .replace('\'', '"'));
        assertThat(status("/pools/" + pool)).isEqualTo(404);
        assertThat(status("/pools/" + another)).isEqualTo(404);
    }

    @Test
    void aBatchWithAProtectedPoolDeletesNothing() {
        var guarded = estate.pool(Map.of("loadbalancer_id", loadBalancer, "member_deletion_protection_enable", true));

        api.post(api.elb("/pools/batch-delete"), Map.of("pools", List.of(pool, guarded)))
                .expect(409);

        assertAllThere();
        for (var bad : List.of(List.of(), List.of(""))) {
            assertThat(api.post(api.elb("/pools/batch-delete"), Map.of("pools", bad))
                            .expect(400)
                            .path("error_msg")
                            .asString())
                    .contains("pools");
        }
    }
}
