package io.evenkeel.relations;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Statements;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Which load balancers, listeners and pools use a server, by its address and by its id. */
@EvenkeelTest
class LookupTests {

    @Autowired
    private Api api;

    private Estate estate;
    private String[] loadBalancers;
    private String[] listeners;
    private String[] pools;

    /** Two ways: server 1 and 2 behind the first, 2 and 3 behind the second; 3 has weight 0 and nobody is checked. */
    @BeforeEach
    void createTwoWays() {
        estate = Estate.create(api);
        estate.servers(4);
        loadBalancers = new String[] {estate.loadBalancer(), estate.loadBalancer()};
        pools = new String[] {estate.poolOf(loadBalancers[0]), estate.sharedPool()};
        listeners = new String[] {
            estate.listener(loadBalancers[0], 8000, pools[0]), estate.listener(loadBalancers[1], 8000, pools[1])
        };
        estate.member(pools[0], 1);
        estate.member(pools[0], 2);
        estate.member(pools[1], 2, Map.of("protocol_port", 81));
        estate.member(pools[1], 3, Map.of("weight", 0));
    }

    private String[] of(String kind) {
        return switch (kind) {
            case "loadbalancers" -> loadBalancers;
            case "listeners" -> listeners;
            default -> pools;
        };
    }

    private List<String> found(String kind, String query) {
        return estate.ids("/" + kind + "?" + query);
    }

    private String address(int server) {
        return "member_address=" + estate.cloud().address(server);
    }

    private String device(int server) {
        return "member_device_id=" + estate.cloud().serverId(server);
    }

    @ParameterizedTest
    @ValueSource(strings = {"loadbalancers", "listeners", "pools"})
    void findsByAddressAndById(String kind) {
        var both = of(kind);
        for (var by : List.<IntFunction<String>>of(this::address, this::device)) {
            assertThat(found(kind, by.apply(1))).containsExactly(both[0]);
            assertThat(found(kind, by.apply(2))).containsExactlyInAnyOrder(both);
            assertThat(found(kind, by.apply(3))).as("weight 0 counts").containsExactly(both[1]);
            assertThat(found(kind, by.apply(4))).isEmpty();
            assertThat(found(kind, by.apply(1) + "&" + by.apply(3)))
                    .as("any of those repeated")
                    .containsExactlyInAnyOrder(both);
            assertThat(found(kind, by.apply(4) + "&" + by.apply(3))).containsExactly(both[1]);
        }
        assertThat(found(kind, address(2) + "&" + device(2))).containsExactlyInAnyOrder(both);
        assertThat(found(kind, address(1) + "&" + device(2)))
                .as("no single member has both")
                .isEmpty();
        assertThat(found(kind, address(1) + "&" + address(2) + "&" + device(2) + "&" + device(3)))
                .containsExactlyInAnyOrder(both);
        assertThat(found(kind, address(2) + "&id=" + both[1])).containsExactly(both[1]);
        assertThat(found(kind, address(2) + "&name=nobody")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"loadbalancers", "listeners", "pools"})
    void findsMembersOfServersThatAreStopped(String kind) {
        estate.cloud().server(1, "linux", "ubuntu", "STOPPED");

        assertThat(found(kind, address(1))).containsExactly(of(kind)[0]);
        assertThat(found(kind, device(1))).containsExactly(of(kind)[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"loadbalancers", "listeners", "pools"})
    void findsNothingByWhatIsNoAddressOrServer(String kind) {
        for (var odd : List.of("", "10.0.0", "x", "10.0.0.1/32", "::1")) {
            assertThat(found(kind, "member_address=" + odd)).as(odd).isEmpty();
        }
        assertThat(found(kind, "member_device_id=nobody")).isEmpty();
        assertThat(found(kind, "member_device_id=")).isEmpty();
    }

    @Test
    void followsABindingFromOneLoadBalancerToAnother() {
        estate.bind(listeners[1], "null").expect(200);
        assertThat(found("loadbalancers", address(3))).isEmpty();
        assertThat(found("listeners", device(3))).isEmpty();
        assertThat(found("pools", address(3))).containsExactly(pools[1]);

        var second = estate.listener(loadBalancers[0], 8001, pools[1]);
        assertThat(found("loadbalancers", device(3))).containsExactly(loadBalancers[0]);
        assertThat(found("listeners", address(3))).containsExactly(second);
        assertThat(estate.ids("/members?address=" + estate.cloud().address(3) + "&loadbalancer_id=" + loadBalancers[0]))
                .hasSize(1);
    }

    @Test
    void findsIpMembersByTheirAddressAndTheirServer() {
        var loadBalancer = estate.loadBalancer(Map.of("ip_target_enable", true));
        var pool = estate.poolOf(loadBalancer);
        api.post(
                        api.elb("/pools/" + pool + "/members"),
                        Map.of("member", Map.of("address", estate.cloud().address(4), "protocol_port", 80)))
                .expect(201);

        assertThat(found("loadbalancers", address(4))).containsExactly(loadBalancer);
        assertThat(found("pools", device(4))).containsExactly(pool);
    }

    @ParameterizedTest
    @ValueSource(strings = {"loadbalancers", "listeners", "pools"})
    void makesAsManyStatementsForOneAsForTwelve(String kind) {
        var few = statements(kind, address(1), 1);
        var ways = new ArrayList<String>();
        for (int n = 0; n < 11; n++) {
            var loadBalancer = estate.loadBalancer();
            var pool = estate.poolOf(loadBalancer);
            estate.member(pool, 1);
            estate.member(pool, 2);
            ways.add(estate.listener(loadBalancer, 8000, pool));
        }

        assertThat(ways).hasSize(11);
        assertThat(statements(kind, address(1), 12)).isEqualTo(few).isPositive();
        assertThat(statements(kind, address(1) + "&" + device(1), 12)).isEqualTo(few);
        assertThat(statements(kind, device(2), 13)).isEqualTo(few);
    }

    private int statements(String kind, String query, int expected) {
        return Statements.during(() -> assertThat(found(kind, query)).hasSize(expected));
    }
}
