package io.evenkeel.relations;

import static io.evenkeel.testing.Race.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Race;
import io.evenkeel.testing.Race.Finish;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Many callers after the same address or port. */
@EvenkeelTest
class AddressRaceTests {

    private static final int CALLERS = 24;
    private static final int ROUNDS = 4;

    /** Of a /27: all but the network, the first and the broadcast address. */
    private static final int ROOM = 29;

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
    void givesAVipThatManyAskForToOne() {
        for (int round = 0; round < ROUNDS; round++) {
            var vip = estate.cloud().vip(20 + round);
            var race = new Race(jdbc);
            for (int n = 0; n < CALLERS; n++) {
                race.with(call(
                        () -> estate.postLoadBalancer(Map.of("vip_address", vip)),
                        "201",
                        "409 The address " + vip + " is taken by load balancer "));
            }
            assertThat(race.run(round)).filteredOn(finish -> finish.is(201)).hasSize(1);
        }
    }

    @Test
    void givesEachAutomaticVipOnceUntilTheSubnetIsFull() {
        var small = smallSubnet();
        for (int round = 0; round < ROUNDS; round++) {
            var race = new Race(jdbc);
            for (int n = 0; n < ROOM + 3; n++) {
                race.with(call(
                        () -> estate.postLoadBalancer(Map.of("vip_subnet_cidr_id", small)),
                        "201",
                        "400 The subnet " + small + " has too few free IP addresses."));
            }
            var made = race.run(round).stream()
                    .filter(finish -> finish.is(201))
                    .map(finish -> finish.answer().body().path("loadbalancer"))
                    .toList();
            assertThat(made).hasSize(ROOM);
            assertThat(made)
                    .extracting(one -> one.path("vip_address").asString())
                    .doesNotHaveDuplicates();
            var leaving = new Race(jdbc);
            made.forEach(one -> leaving.with(
                    call(() -> estate.delete("/loadbalancers/" + one.path("id").asString()), "204")));
            leaving.run(round);
        }
    }

    private String smallSubnet() {
        var parts = estate.cloud().vip(0).split("\\.", 4);
        var cidr = "%s.%s.%d.0/27".formatted(parts[0], parts[1], Integer.parseInt(parts[2]) + 7);
        var id = "small-" + estate.cloud().vpcId();
        var body = Map.of("name", "small", "vpc_id", estate.cloud().vpcId(), "cidr", cidr);
        assertThat(api.put(api.inventory("/subnets/" + id), body).status()).isLessThan(300);
        return id;
    }

    @Test
    void movesAVipThatManyWantToOneOfThem() {
        var loadBalancers =
                List.of(estate.loadBalancer(), estate.loadBalancer(), estate.loadBalancer(), estate.loadBalancer());
        for (int round = 0; round < ROUNDS; round++) {
            var vip = estate.cloud().vip(60 + round);
            var race = new Race(jdbc);
            for (int n = 0; n < CALLERS; n++) {
                var id = loadBalancers.get(n % loadBalancers.size());
                race.with(call(
                        () -> estate.change("/loadbalancers/" + id, "loadbalancer", Map.of("vip_address", vip)),
                        "200",
                        "409 The address " + vip + " is taken by load balancer ",
                        "409 was changed at this moment"));
            }
            race.run(round);
            assertThat(estate.ids("/loadbalancers?vip_address=" + vip)).hasSize(1);
            assertThat(jdbc.sql("select count(*) from address_claim where vpc_id = :vpc")
                            .param("vpc", estate.cloud().vpcId())
                            .query(Integer.class)
                            .single())
                    .as("nothing is held that no load balancer shows")
                    .isEqualTo(loadBalancers.size());
        }
    }

    @Test
    void opensAPortThatManyAskForOnce() {
        var loadBalancer = estate.loadBalancer();
        for (int round = 0; round < ROUNDS; round++) {
            int port = 8000 + round;
            var race = new Race(jdbc);
            for (int n = 0; n < CALLERS; n++) {
                var protocol = n % 2 == 0 ? "HTTP" : "TCP";
                race.with(call(
                        () -> estate.postListener(loadBalancer, protocol, port, Map.of()),
                        "201",
                        "409 already has a listener with protocol_port of " + port));
            }
            assertThat(race.run(round)).filteredOn(finish -> finish.is(201)).hasSize(1);
        }
    }

    @Test
    void givesAPoolOneMonitorWhoeverAsks() {
        for (int round = 0; round < ROUNDS; round++) {
            var pool = estate.sharedPool();
            var race = new Race(jdbc);
            for (int n = 0; n < CALLERS; n++) {
                race.with(call(() -> estate.postMonitor(pool), "201", "409 " + pool));
            }
            List<Finish> finished = race.run(round);
            assertThat(finished).filteredOn(finish -> finish.is(201)).hasSize(1);
        }
    }
}
