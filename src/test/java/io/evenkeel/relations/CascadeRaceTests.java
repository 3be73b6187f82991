package io.evenkeel.relations;

import static io.evenkeel.testing.Race.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Race;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Cascading deletes beside writes of everything they take along: wholly or not at all, and never a deadlock. */
@EvenkeelTest
class CascadeRaceTests {

    private static final int CALLERS = 6;
    private static final int ROUNDS = 4;

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    private Estate estate;

    @BeforeEach
    void createEstate() {
        estate = Estate.create(api);
        estate.servers(CALLERS);
    }

    @Test
    void forcesALoadBalancerAwayWhileListenersPoolsAndMembersAreMade() {
        for (int round = 0; round < ROUNDS; round++) {
            var loadBalancer = estate.loadBalancer();
            var other = estate.loadBalancer();
            var pool = estate.poolOf(loadBalancer);
            var shared = estate.sharedPool();
            estate.listener(loadBalancer, 80, shared);
            var elsewhere = estate.listener(other, "HTTP", 80, Map.of());
            var gone = "404 could not be found.";
            var race = new Race(jdbc);
            for (int n = 0; n < CALLERS; n++) {
                int port = 9000 + n;
                int server = n + 1;
                race.with(call(
                        () -> estate.postListener(loadBalancer, "HTTP", port, Map.of("default_pool_id", pool)),
                        "201",
                        gone));
                race.with(call(
                        () -> estate.postPool(Map.of("loadbalancer_id", loadBalancer)),
                        "201",
                        gone,
                        "400 The load balancer does not exist"));
                race.with(call(() -> estate.postMember(pool, server, Map.of()), "201", gone));
                race.with(call(() -> estate.postMonitor(pool), "201", "409 already has healthmonitor", gone));
            }
            race.with(call(() -> estate.bind(elsewhere, shared), "200", gone));
            race.with(call(() -> estate.delete("/loadbalancers/" + loadBalancer + "/force-elb"), "204"));
            race.run(round);

            assertThat(estate.ids("/listeners?loadbalancer_id=" + loadBalancer)).isEmpty();
            assertThat(estate.ids("/pools?loadbalancer_id=" + loadBalancer)).isEmpty();
            assertThat(api.get(api.elb("/pools/" + pool)).status()).isEqualTo(404);
            var kept = estate.show("/listeners/" + elsewhere).path("default_pool_id");
            assertThat(api.get(api.elb("/pools/" + shared)).status()).isEqualTo(kept.isNull() ? 404 : 200);
        }
    }

    @Test
    void deletesPoolsByCascadeWhileMembersAndListenersTakeThem() {
        var loadBalancer = estate.loadBalancer();
        var first = estate.listener(loadBalancer, "HTTP", 9200, Map.of());
        var second = estate.listener(estate.loadBalancer(), "HTTP", 9200, Map.of());
        for (int round = 0; round < ROUNDS; round++) {
            var one = estate.sharedPool();
            var two = estate.sharedPool();
            var gone = "404 could not be found.";
            var race = new Race(jdbc);
            for (int n = 0; n < CALLERS; n++) {
                int server = n + 1;
                var taker = n % 2 == 0 ? first : second;
                var taken = n % 3 == 0 ? one : two;
                race.with(call(() -> estate.postMember(taken, server, Map.of()), "201", gone));
                race.with(call(() -> estate.bind(taker, taken), "200", gone));
            }
            race.with(call(
                    () -> estate.delete("/pools/" + one + "/delete-cascade"),
                    "204",
                    "409 The pool is used by a listener",
                    gone));
            race.with(call(
                    () -> api.post(api.elb("/pools/batch-delete"), Map.of("pools", List.of(two, one))),
                    "200",
                    "409 The pool is used by a listener"));
            race.run(round);
            estate.delete("/pools/" + one + "/delete-cascade").raw();
            estate.delete("/pools/" + two + "/delete-cascade").raw();
            assertThat(estate.show("/listeners/" + first)
                            .path("default_pool_id")
                            .isNull())
                    .isTrue();
        }
    }
}
