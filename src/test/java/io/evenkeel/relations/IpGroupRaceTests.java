package io.evenkeel.relations;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Race;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** IP groups that many change at one moment, and that listeners take meanwhile. */
@EvenkeelTest
class IpGroupRaceTests {

    private static final int CLIENTS = 64;

    @Autowired
    Api api;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    private String group(String... ips) {
        return api.post(api.elb("/ipgroups"), Map.of("ipgroup", Map.of("ip_list", entries(ips))))
                .expect(201)
                .path("ipgroup")
                .path("id")
                .asString();
    }

    private static List<Map<String, String>> entries(String... ips) {
        return List.of(ips).stream().map(ip -> Map.of("ip", ip)).toList();
    }

    private List<String> ips(String group) {
        return api.get(api.elb("/ipgroups/" + group))
                .expect(200)
                .path("ipgroup")
                .path("ip_list")
                .valueStream()
                .map(entry -> entry.path("ip").asString())
                .toList();
    }

    private Api.Answer list(String group, String operation, String... ips) {
        return api.post(
                api.elb("/ipgroups/" + group + "/iplist/" + operation),
                Map.of("ipgroup", Map.of("ip_list", entries(ips))));
    }

    @Test
    void noEntryIsLostAndNoneComesBack() {
        var old = IntStream.range(0, CLIENTS).mapToObj(n -> "10.0.1." + n).toArray(String[]::new);
        var group = group(old);
        var race = new Race(jdbc);
        for (int n = 0; n < CLIENTS; n++) {
            var added = new String[] {"10.0.2." + n, "10.0.3." + n};
            var removed = "10.0.1." + n;
            race.with(
                    n % 2 == 0
                            ? Race.call(() -> list(group, "create-or-update", added), "200")
                            : Race.call(() -> list(group, "batch-delete", removed), "200"));
        }
        race.run(1);

        var expected = IntStream.range(0, CLIENTS)
                .boxed()
                .flatMap(n -> (n % 2 == 0 ? List.of("10.0.1." + n, "10.0.2." + n, "10.0.3." + n) : List.<String>of())
                        .stream())
                .toList();
        assertThat(ips(group)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void theLimitHoldsWhenMoreComeThanFit() {
        var old = IntStream.range(0, 290)
                .mapToObj(n -> "10.1." + n / 250 + "." + n % 250)
                .toArray(String[]::new);
        var group = group(old);
        var race = new Race(jdbc);
        for (int n = 0; n < CLIENTS; n++) {
            var ip = "10.2.0." + n;
            race.with(Race.call(() -> list(group, "create-or-update", ip), "200", "409 ipgroup_max_length"));
        }

        var finished = race.run(2);

        assertThat(finished).filteredOn(finish -> finish.is(200)).hasSize(10);
        assertThat(ips(group)).hasSize(300);
    }

    /** A listener that takes a group while it changes is pushed after the change, or sees it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void changesAndListenersThatTakeTheGroupMeetInOneOrder(int seed) throws Exception {
        var estate = Estate.create(api);
        var group = group("10.0.0.1");
        var use = Map.of("ipgroup", Map.of("ipgroup_id", group));
        var race = new Race(jdbc);
        var loadBalancers =
                IntStream.range(0, 4).mapToObj(n -> estate.loadBalancer()).toList();
        for (int n = 0; n < loadBalancers.size(); n++) {
            var loadBalancer = loadBalancers.get(n);
            var ip = "10.0.0.1" + n;
            race.with(Race.call(() -> estate.postListener(loadBalancer, "TCP", 5000, use), "201"));
            race.with(Race.call(() -> estate.postListener(loadBalancer, "TCP", 5001, use), "201"));
            race.with(
                    Race.call(() -> list(group, "create-or-update", ip), "200"),
                    Race.call(() -> list(group, "batch-delete", ip), "200"));
        }
        var node = new Looking(
                transactions,
                jdbc,
                new Looking.Thing(
                        UUID.fromString(group),
                        "select cast(entries as text) from ip_group where id = :id",
                        "l.ipgroup_id = :id"));
        var looking = Thread.ofVirtual().start(node);

        race.run(seed);
        node.stop();
        looking.join();

        var now = node.look();
        assertThat(node.told().keySet()).containsExactlyInAnyOrderElementsOf(loadBalancers);
        assertThat(node.told().values()).containsOnly(now);
        list(group, "create-or-update", "10.0.0.99").expect(200);
        var later = node.look();
        assertThat(later).isNotEqualTo(now);
        assertThat(node.told().values()).containsOnly(later);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void aGroupThatIsTakenIsNotDeleted(int seed) {
        var estate = Estate.create(api);
        var group = group("10.0.0.1");
        var use = Map.of("ipgroup", Map.of("ipgroup_id", group));
        var loadBalancer = estate.loadBalancer();
        var race = new Race(jdbc)
                .with(Race.call(() -> estate.delete("/ipgroups/" + group), "204", "409 is using this ipgroup"));
        for (int n = 0; n < 3; n++) {
            int port = 5000 + n;
            race.with(Race.call(
                    () -> estate.postListener(loadBalancer, "TCP", port, use), "201", "404 ipgroup " + group));
        }

        var finished = race.run(seed);

        boolean isDeleted = finished.stream().anyMatch(finish -> finish.is(204));
        assertThat(finished).filteredOn(finish -> finish.is(201)).hasSize(isDeleted ? 0 : 3);
    }
}
