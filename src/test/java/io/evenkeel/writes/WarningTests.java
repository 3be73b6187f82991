package io.evenkeel.writes;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Statements;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What writes say that they leave behind. */
@EvenkeelTest
class WarningTests {

    @Autowired
    private Api api;

    private Estate estate;
    private String loadBalancer = "";
    private String pool = "";

    @BeforeEach
    void createEstate() {
        estate = Estate.create(api);
        estate.servers(6);
        loadBalancer = estate.loadBalancer();
        pool = estate.poolOf(loadBalancer);
    }

    private static List<String> warnings(Api.Answer answer) {
        assertThat(answer.status()).as(answer.raw().body()).isLessThan(300);
        return answer.body()
                .path("warnings")
                .valueStream()
                .map(warning -> warning.path("code").asString() + ": "
                        + warning.path("message").asString())
                .filter(text -> !text.startsWith("NOT_IN_EFFECT"))
                .toList();
    }

    private String uncovered(String zone) {
        return "AZ_WITHOUT_BACKEND: Load balancer " + loadBalancer + " has no working backend in availability zone "
                + zone;
    }

    private Api.Answer weight(String member, int weight) {
        return estate.change("/pools/" + pool + "/members/" + member, "member", Map.of("weight", weight));
    }

    @Test
    void aZoneWithoutBackendIsNamedUntilItHasOne() {
        assertThat(warnings(estate.postMember(pool, 1, Map.of()))).containsExactly(uncovered("az-2"));
        assertThat(warnings(estate.postMember(pool, 2, Map.of()))).isEmpty();

        var second = estate.ids("/pools/" + pool + "/members").getLast();
        assertThat(warnings(weight(second, 0))).containsExactly(uncovered("az-2"));
        assertThat(warnings(weight(second, 3))).isEmpty();
    }

    @Test
    void aLoadBalancerWithoutPoolsIsNotWarnedOf() {
        assertThat(warnings(estate.postLoadBalancer(Map.of()))).isEmpty();
    }

    @Test
    void aZoneThatIsAddedWithoutBackendIsNamed() {
        var single = estate.loadBalancer(Map.of("availability_zone_list", List.of("az-1")));
        var only = estate.poolOf(single);
        assertThat(warnings(estate.postMember(only, 1, Map.of()))).isEmpty();

        var answer = api.post(
                api.elb("/loadbalancers/" + single + "/availability-zone/batch-add"),
                Map.of("availability_zone_list", List.of("az-2")));

        assertThat(warnings(answer)).singleElement().asString().contains(single).contains("az-2");
    }

    @Test
    void aServerThatStopsLeavesItsZoneWithoutBackend() {
        estate.member(pool, 1);
        estate.member(pool, 2);
        estate.cloud().server(2, "linux", "ubuntu", "STOPPED");

        assertThat(warnings(estate.postMember(pool, 3, Map.of()))).containsExactly(uncovered("az-2"));
    }

    @Test
    void aZoneThatOnlyOtherPoolsServeIsNamed() {
        estate.member(pool, 1);
        estate.member(pool, 2);
        var other = estate.poolOf(loadBalancer);

        assertThat(warnings(estate.postMember(other, 1, Map.of())))
                .containsExactly("POOL_AZ_WITHOUT_BACKEND: Pool " + other
                        + " has no working backend in availability zone az-2 of load balancer " + loadBalancer
                        + ", which other pools serve there");
        assertThat(warnings(estate.postMember(other, 2, Map.of()))).isEmpty();
    }

    @Test
    void allWeightsZeroIsSaid() {
        var first = estate.member(pool, 1);
        var second = estate.member(pool, 2);
        weight(first, 0).expect(200);

        assertThat(warnings(weight(second, 0)))
                .contains("ALL_WEIGHTS_ZERO: All members of pool " + pool + " have weight 0: it takes no new requests");
    }

    @Test
    void stickySessionsWithFewMembersAreSaid() {
        var sticky = estate.pool(
                Map.of("loadbalancer_id", loadBalancer, "session_persistence", Map.of("type", "HTTP_COOKIE")));
        for (int n = 1; n <= 2; n++) {
            assertThat(warnings(estate.postMember(sticky, n, Map.of())))
                    .anyMatch(text -> text.startsWith("STICKY_SESSIONS_WITH_FEW_MEMBERS: Pool " + sticky));
        }
        assertThat(warnings(estate.postMember(sticky, 3, Map.of()))).isEmpty();
    }

    @Test
    void oneStatementChecksAWholeWrite() {
        estate.member(pool, 1);
        int few = Statements.during(() -> estate.member(pool, 2));
        for (int n = 0; n < 4; n++) {
            estate.listener(estate.loadBalancer(), 80, estate.sharedPool());
            estate.member(pool, 1, Map.of("protocol_port", 81 + n));
        }

        assertThat(Statements.during(() -> estate.member(pool, 3))).isEqualTo(few);
    }
}
