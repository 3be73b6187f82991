package io.evenkeel.relations;

import static io.evenkeel.testing.Race.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Race;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Load balancers, listeners and pools that are deleted while others begin to use them. */
@EvenkeelTest
class DeletionRaceTests {

    private static final int CALLERS = 8;
    private static final int ROUNDS = 4;

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    private Estate estate;

    @BeforeEach
    void createEstate() {
        estate = Estate.create(api);
    }

    @Test
    void deletesALoadBalancerWhollyOrNotAtAllWhileListenersAndPoolsAreMade() {
        for (int round = 0; round < ROUNDS; round++) {
            var loadBalancer = estate.loadBalancer();
            var gone = "404 loadbalancer " + loadBalancer + " could not be found.";
            var race = new Race(jdbc);
            for (int n = 0; n < CALLERS; n++) {
                int port = 9000 + n;
                race.with(call(() -> estate.postListener(loadBalancer, "HTTP", port, Map.of()), "201", gone));
                race.with(call(
                        () -> estate.postPool(Map.of("loadbalancer_id", loadBalancer)),
                        "201",
                        gone,
                        "400 The load balancer does not exist"));
                race.with(call(
                        () -> estate.delete("/loadbalancers/" + loadBalancer),
                        "204",
                        "409 is using this load balancer",
                        "409 The load balancer still has pools",
                        gone));
            }
            var finished = race.run(round);
            boolean isGone = finished.stream().anyMatch(finish -> finish.is(204));
            long made = finished.stream().filter(finish -> finish.is(201)).count();
            assertThat(made == 0).isEqualTo(isGone);
            assertThat(estate.ids("/listeners?loadbalancer_id=" + loadBalancer).size()
                            + estate.ids("/pools?loadbalancer_id=" + loadBalancer)
                                    .size())
                    .isEqualTo((int) made);
        }
    }

    @Test
    void givesAListenerOnePoolWhileItIsDeleted() {
        var loadBalancer = estate.loadBalancer();
        for (int round = 0; round < ROUNDS; round++) {
            var listener = estate.listener(loadBalancer, "HTTP", 9100 + round, Map.of());
            var gone = "404 listener " + listener + " could not be found.";
            var race = new Race(jdbc);
            for (int n = 0; n < CALLERS; n++) {
                race.with(call(
                        () -> estate.postPool(Map.of("listener_id", listener)),
                        "201",
                        "409 already has the default pool",
                        gone));
                race.with(
                        call(() -> estate.delete("/listeners/" + listener), "204", "409 is using this listener", gone));
            }
            var finished = race.run(round);
            boolean isGone = finished.stream().anyMatch(finish -> finish.is(204));
            assertThat(finished).filteredOn(finish -> finish.is(201)).hasSize(isGone ? 0 : 1);
            assertThat(estate.ids("/pools?listener_id=" + listener)).hasSize(isGone ? 0 : 1);
        }
    }

    @Test
    void deletesAPoolWhileListenersTakeIt() {
        var loadBalancer = estate.loadBalancer();
        var listener = estate.listener(loadBalancer, "HTTP", 9200, Map.of());
        var elsewhere = estate.listener(estate.loadBalancer(), "HTTP", 9200, Map.of());
        for (int round = 0; round < ROUNDS; round++) {
            var pool = estate.sharedPool();
            var gone = "404 pool " + pool + " could not be found.";
            var race = new Race(jdbc);
            for (int n = 0; n < CALLERS; n++) {
                var taker = n % 2 == 0 ? listener : elsewhere;
                race.with(call(() -> estate.bind(taker, pool), "200", gone));
                race.with(
                        call(() -> estate.delete("/pools/" + pool), "204", "409 The pool is used by a listener", gone));
            }
            race.run(round);
            api.delete(api.elb("/pools/" + pool));
            assertThat(api.get(api.elb("/pools/" + pool)).status()).isEqualTo(404);
            assertThat(estate.show("/listeners/" + listener)
                            .path("default_pool_id")
                            .isNull())
                    .isTrue();
            assertThat(estate.show("/listeners/" + elsewhere)
                            .path("default_pool_id")
                            .isNull())
                    .isTrue();
        }
    }
}
