package io.evenkeel.relations;

import static io.evenkeel.testing.Race.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Race;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Members that come and go while what they hang on changes. */
@EvenkeelTest
class MemberRaceTests {

    private static final int SERVERS = 8;
    private static final int ROUNDS = 4;

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    private Estate estate;

    @BeforeEach
    void createEstate() {
        estate = Estate.create(api);
        estate.servers(SERVERS);
    }

    /** Somebody who adds a server, changes its weight and removes it again. */
    private Race comeAndGo(Race race, String pool, int server) {
        var member = new String[] {UUID.randomUUID().toString()};
        return race.with(
                call(
                        () -> {
                            var joined = estate.postMember(pool, server, Map.of());
                            if (joined.status() == 201) {
                                member[0] = joined.body().at("/member/id").asString();
                            }
                            return joined;
                        },
                        "201",
                        "409 already present in pool " + pool),
                call(
                        () -> estate.change(
                                "/pools/" + pool + "/members/" + member[0], "member", Map.of("weight", server)),
                        "200",
                        "404 member "),
                call(() -> estate.delete("/pools/" + pool + "/members/" + member[0]), "204", "404 member "));
    }

    @Test
    void changesMembersOfTwoPoolsWhileTheirListenerIsRebound() {
        var loadBalancer = estate.loadBalancer();
        var pools = List.of(estate.poolOf(loadBalancer), estate.poolOf(loadBalancer));
        var listener = estate.listener(loadBalancer, 8080, pools.getFirst());
        for (int round = 0; round < ROUNDS; round++) {
            var race = new Race(jdbc);
            for (int server = 1; server <= SERVERS; server++) {
                comeAndGo(race, pools.get(0), server);
                comeAndGo(race, pools.get(1), server);
            }
            for (int n = 0; n < 4; n++) {
                race.with(
                        call(() -> estate.bind(listener, pools.get(1)), "200"),
                        call(() -> estate.bind(listener, "null"), "200"),
                        call(() -> estate.bind(listener, pools.get(0)), "200"));
            }
            race.run(round);
            pools.forEach(pool -> assertThat(counted(pool)).isEqualTo(0));
        }
    }

    @Test
    void stopsAndStartsServersWhileTheyJoinAndLeave() {
        var pools = List.of(estate.sharedPool(), estate.sharedPool());
        for (int round = 0; round < ROUNDS; round++) {
            var race = new Race(jdbc);
            for (int n = 1; n <= SERVERS; n++) {
                int server = n;
                comeAndGo(race, pools.get(0), server);
                comeAndGo(race, pools.get(1), server);
                race.with(
                        call(() -> put(server, "STOPPED"), "200"),
                        call(() -> put(server, "ACTIVE"), "200"),
                        call(() -> put(server, "REBOOT"), "200"),
                        call(() -> put(server, "ACTIVE"), "200"));
            }
            race.run(round);
            pools.forEach(pool -> assertThat(counted(pool)).isEqualTo(0));
        }
    }

    private Api.Answer put(int server, String status) {
        var cloud = estate.cloud();
        return api.put(
                api.inventory("/servers/" + cloud.serverId(server)),
                Map.of(
                        "name",
                        "server " + server,
                        "availability_zone",
                        server % 2 == 1 ? "az-1" : "az-2",
                        "os",
                        Map.of("type", "linux", "distribution", "ubuntu", "version", "24.04"),
                        "status",
                        status,
                        "addresses",
                        List.of(Map.of("subnet_id", cloud.serverSubnetId(), "address", cloud.address(server)))));
    }

    @Test
    void deletesAPoolWhollyOrNotAtAllWhileMembersJoin() {
        for (int round = 0; round < ROUNDS; round++) {
            var pool = estate.sharedPool();
            var race = new Race(jdbc);
            for (int n = 1; n <= SERVERS; n++) {
                int server = n;
                race.with(call(
                        () -> estate.postMember(pool, server, Map.of()),
                        "201",
                        "404 pool " + pool + " could not be found."));
                race.with(call(
                        () -> estate.delete("/pools/" + pool),
                        "204",
                        "409 is using pool " + pool,
                        "404 pool " + pool + " could not be found."));
            }
            var finished = race.run(round);
            boolean isGone = finished.stream().anyMatch(finish -> finish.is(204));
            long joined = finished.stream().filter(finish -> finish.is(201)).count();
            assertThat(joined).isEqualTo(members(pool));
            assertThat(joined == 0).isEqualTo(isGone);
            assertThat(api.get(api.elb("/pools/" + pool)).status()).isEqualTo(isGone ? 404 : 200);
        }
    }

    @Test
    void deletesAServerOrLetsItJoin() {
        for (int round = 0; round < ROUNDS; round++) {
            var cloud = estate.cloud();
            var pool = estate.sharedPool();
            var race = new Race(jdbc);
            for (int n = 1; n <= SERVERS; n++) {
                int server = n;
                race.with(call(
                        () -> estate.postMember(pool, server, Map.of()),
                        "201",
                        "400 the address " + cloud.address(server) + " belongs to no server of vpc " + cloud.vpcId()));
                race.with(call(
                        () -> api.delete(api.inventory("/servers/" + cloud.serverId(server))),
                        "204",
                        "409 pool " + pool + " is using this server"));
            }
            race.run(round);
            var onServers = jdbc.sql("""
                            select count(*) from member m join server s on s.project_id = m.project_id and s.id = m.server_id
                             where m.pool_id = :pool""")
                    .param("pool", UUID.fromString(pool))
                    .query(Long.class)
                    .single();
            assertThat(onServers).isEqualTo(members(pool)).isEqualTo(counted(pool));
            for (int n = 1; n <= SERVERS; n++) {
                boolean isMember = !estate.ids("/pools/" + pool + "/members?instance_id=" + cloud.serverId(n))
                        .isEmpty();
                assertThat(api.get(api.inventory("/servers/" + cloud.serverId(n)))
                                .status())
                        .isEqualTo(isMember ? 200 : 404);
            }
            estate.ids("/pools/" + pool + "/members")
                    .forEach(member -> estate.delete("/pools/" + pool + "/members/" + member));
            estate.servers(SERVERS);
        }
    }

    private long members(String pool) {
        return jdbc.sql("select count(*) from member where pool_id = :pool")
                .param("pool", UUID.fromString(pool))
                .query(Long.class)
                .single();
    }

    private long counted(String pool) {
        return jdbc.sql("select member_count from pool where id = :pool")
                .param("pool", UUID.fromString(pool))
                .query(Long.class)
                .single();
    }
}
