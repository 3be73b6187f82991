package io.evenkeel.relations;

import static io.evenkeel.testing.Race.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Race;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Pools that several load balancers take at one moment. */
@EvenkeelTest
class BindingRaceTests {

    private static final int LISTENERS = 8;
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
    void bindsAPoolToTheVpcOfWhoeverComesFirst() {
        var elsewhere = Estate.create(api);
        var listeners = new ArrayList<String>();
        for (var place : List.of(estate, elsewhere)) {
            var loadBalancer = place.loadBalancer();
            for (int n = 0; n < LISTENERS; n++) {
                listeners.add(place.listener(loadBalancer, "HTTP", 8000 + n, Map.of()));
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            var pool = estate.pool(Map.of("type", "ip"));
            var race = new Race(jdbc);
            listeners.forEach(listener ->
                    race.with(call(() -> estate.bind(listener, pool), "200", "400 of pool " + pool + " and vpc ")));
            assertThat(race.run(round)).filteredOn(finish -> finish.is(200)).hasSize(LISTENERS);
            assertThat(jdbc.sql("""
                            select count(distinct b.vpc_id) from listener l join load_balancer b on b.id = l.load_balancer_id
                            join pool p on p.id = l.default_pool_id and p.effective_vpc_id = b.vpc_id
                            where l.default_pool_id = :pool""")
                            .param("pool", UUID.fromString(pool))
                            .query(Integer.class)
                            .single())
                    .isEqualTo(1);
        }
    }

    @Test
    void movesSharedPoolsBetweenLoadBalancersWithoutADeadlock() {
        estate.servers(LISTENERS);
        var pools = List.of(estate.sharedPool(), estate.sharedPool());
        var listeners = new ArrayList<String>();
        for (int n = 0; n < LISTENERS; n++) {
            listeners.add(estate.listener(estate.loadBalancer(), 8000, pools.get(n % 2)));
        }
        for (int round = 0; round < ROUNDS; round++) {
            var dropped = estate.sharedPool();
            var race = new Race(jdbc);
            for (int n = 0; n < LISTENERS; n++) {
                var listener = listeners.get(n);
                var first = pools.get((n + 1) % 2);
                var second = pools.get(n % 2);
                var name = Map.of("name", "round " + round + " " + n);
                race.with(
                        call(() -> estate.bind(listener, first), "200"),
                        call(() -> estate.bind(listener, dropped), "200", "404 pool " + dropped),
                        call(() -> estate.bind(listener, second), "200"));
                race.with(
                        call(() -> estate.change("/pools/" + first, "pool", name), "200"),
                        call(() -> estate.change("/listeners/" + listener, "listener", name), "200"),
                        call(() -> estate.delete("/pools/" + dropped), "204", "409 is used by a listener", "404 pool"));
            }
            race.run(round);
            estate.delete("/pools/" + dropped);
            for (int n = 0; n < LISTENERS; n++) {
                assertThat(estate.show("/listeners/" + listeners.get(n))
                                .path("default_pool_id")
                                .asString())
                        .isEqualTo(pools.get(n % 2));
            }
        }
    }
}
