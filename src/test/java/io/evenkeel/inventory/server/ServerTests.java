package io.evenkeel.inventory.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

@EvenkeelTest
class ServerTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Autowired
    Api api;

    private Cloud cloud;

    @BeforeEach
    void makeACloud() {
        cloud = Cloud.create(api);
    }

    private Map<String, Object> server(int n) {
        var server = new HashMap<String, Object>();
        server.put("name", "server " + n);
        server.put("availability_zone", "az-1");
        server.put("os", Map.of("type", "linux", "distribution", "ubuntu", "version", "24.04"));
        server.put("status", "ACTIVE");
        server.put("addresses", List.of(address(n)));
        return server;
    }

    private Map<String, Object> address(int n) {
        return Map.of("subnet_id", cloud.serverSubnetId(), "address", cloud.address(n));
    }

    private Map<String, Object> item(int n) {
        var item = server(n);
        item.put("id", cloud.serverId(n));
        return item;
    }

    private String path(int n) {
        return api.inventory("/servers/" + cloud.serverId(n));
    }

    private String message(Api.Answer answer, int status) {
        return answer.expect(status).at("/error_msg").asString();
    }

    @Test
    void createsReplacesShowsAndDeletes() {
        var created = api.put(path(1), server(1)).expect(201).at("/server");
        assertThat(created.at("/vpc_id").asString()).isEqualTo(cloud.vpcId());
        assertThat(created.at("/os"))
                .isEqualTo(JSON.valueToTree(Map.of("type", "linux", "distribution", "ubuntu", "version", "24.04")));
        assertThat(created.at("/addresses")).isEqualTo(JSON.valueToTree(List.of(address(1))));
        assertThat(created.at("/status").asString()).isEqualTo("ACTIVE");
        assertThat(api.put(path(1), server(1)).expect(200).at("/server")).isEqualTo(created);

        var changed = server(1);
        changed.put("addresses", List.of(address(1), address(2)));
        changed.put("status", "REBOOT");
        changed.put("availability_zone", "az-2");
        changed.remove("name");
        var replaced = api.put(path(1), changed).expect(200).at("/server");
        assertThat(replaced.at("/addresses")).isEqualTo(JSON.valueToTree(List.of(address(1), address(2))));
        assertThat(replaced.at("/status").asString()).isEqualTo("REBOOT");
        assertThat(replaced.at("/availability_zone").asString()).isEqualTo("az-2");
        assertThat(replaced.at("/name").asString()).isEmpty();
        assertThat(api.get(path(1)).expect(200).at("/server")).isEqualTo(replaced);

        api.delete(path(1)).expect(204);
        assertThat(message(api.get(path(1)), 404)).isEqualTo("server " + cloud.serverId(1) + " could not be found.");
        api.put(path(2), server(2)).expect(201);
    }

    static Stream<Arguments> badValues() {
        return Stream.of(
                bad("addresses[0].address", s -> s.put("addresses", List.of(Map.of("subnet_id", "s", "address", "x")))),
                bad("addresses[0].address", s -> s.put("addresses", List.of(Map.of("subnet_id", "s")))),
                bad("addresses[0].subnet_id", s -> s.put("addresses", List.of(Map.of("address", "10.0.0.1")))),
                bad(
                        "addresses[0].address",
                        s -> s.put("addresses", List.of(Map.of("subnet_id", "s", "address", "010.0.0.1")))),
                bad("addresses", s -> s.put("addresses", List.of())),
                bad("addresses", s -> s.put("addresses", null)),
                bad("addresses", s -> s.put("addresses", "10.0.0.1")),
                bad("addresses[0]", s -> s.put("addresses", Arrays.asList((Object) null))),
                bad("availability_zone", s -> s.put("availability_zone", "nowhere")),
                bad("availability_zone", s -> s.put("availability_zone", "")),
                bad("availability_zone", s -> s.remove("availability_zone")),
                bad("os", s -> s.remove("os")),
                bad("os.type", s -> s.put("os", Map.of("type", "beos", "distribution", "r5"))),
                bad("os.type", s -> s.put("os", Map.of("distribution", "ubuntu"))),
                bad("os.distribution", s -> s.put("os", Map.of("type", "linux"))),
                bad("os.distribution", s -> s.put("os", Map.of("type", "linux", "distribution", "Ubuntu"))),
                bad("os.distribution", s -> s.put("os", Map.of("type", "linux", "distribution", ""))),
                bad(
                        "os.version",
                        s -> s.put("os", Map.of("type", "linux", "distribution", "ubuntu", "version", "\u0000"))),
                bad("status", s -> s.put("status", "PAUSED")),
                bad("status", s -> s.put("status", "active")),
                bad("name", s -> s.put("name", "a\u0007")),
                bad("name", s -> s.put("name", 5)),
                bad("name", s -> s.put("name", "x".repeat(256))),
                bad("flavour", s -> s.put("flavour", "mint")),
                bad("id", s -> s.put("id", "another")));
    }

    private static Arguments bad(String field, Consumer<Map<String, Object>> spoil) {
        return Arguments.of(field, spoil);
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void refusesBadValuesNamingTheField(String field, Consumer<Map<String, Object>> spoil) {
        var server = server(1);
        spoil.accept(server);
        var answer = api.put(path(1), server);
        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.body().at("/error_msg").asString()).contains(field);
        api.get(path(1)).expect(404);
        if (field.equals("id")) {
            return;
        }
        var batched = item(1);
        spoil.accept(batched);
        var batch = api.post(api.inventory("/servers/batch"), Map.of("servers", List.of(item(3), batched)));
        assertThat(batch.status()).isIn(400, 404);
        assertThat(batch.body().at("/error_msg").asString())
                .contains(field.equals("flavour") ? field : "servers[1]." + field);
        api.get(path(3)).expect(404);
    }

    @Test
    void refusesAddressesOutsideTheirSubnetInAnotherVpcOrTaken() {
        var server = server(1);
        server.put("addresses", List.of(Map.of("subnet_id", cloud.vipSubnetId(), "address", cloud.address(1))));
        assertThat(message(api.put(path(1), server), 400)).contains("addresses[0].address", cloud.vipSubnetId());
        server.put("addresses", List.of(Map.of("subnet_id", cloud.vipSubnetId(), "address", cloud.vip(0))));
        assertThat(message(api.put(path(1), server), 400)).contains("no host address");
        server.put("addresses", List.of(Map.of("subnet_id", "none", "address", cloud.address(1))));
        assertThat(message(api.put(path(1), server), 404)).contains("subnet none could not be found");

        var other = Cloud.create(api);
        server.put(
                "addresses",
                List.of(address(1), Map.of("subnet_id", other.serverSubnetId(), "address", other.address(1))));
        assertThat(message(api.put(path(1), server), 400))
                .contains("addresses[1].subnet_id", cloud.vpcId(), other.vpcId());
        server.put("addresses", List.of(address(1), address(1)));
        assertThat(message(api.put(path(1), server), 400)).contains("addresses[1].address");

        cloud.server(9);
        assertThat(message(api.put(path(1), server(9)), 409))
                .contains("addresses[0].address", "taken by server " + cloud.serverId(9));
        api.get(path(1)).expect(404);
    }

    @Test
    void movesAServerThatIsNoBackendToAnotherVpc() {
        cloud.server(1);
        var other = Cloud.create(api);
        var moved = server(1);
        moved.put("addresses", List.of(Map.of("subnet_id", other.serverSubnetId(), "address", other.address(1))));
        assertThat(api.put(path(1), moved).expect(200).at("/server/vpc_id").asString())
                .isEqualTo(other.vpcId());
        api.put(path(2), server(1)).expect(201);
    }

    @Test
    void putsAThousandServersAtOnceOrNone() {
        var big = new BigCloud(api);
        var servers = new ArrayList<Map<String, Object>>();
        for (int n = 0; n < 1000; n++) {
            servers.add(big.server(n, n));
        }
        var spoiled = new ArrayList<>(servers);
        spoiled.set(17, big.server(17, 5000));
        var refused = api.post(api.inventory("/servers/batch"), Map.of("servers", spoiled));
        assertThat(message(refused, 400)).contains("servers[17].addresses[0].address");
        api.get(api.inventory("/servers/" + big.serverId(0))).expect(404);
        spoiled.set(17, big.server(17, 16));
        assertThat(message(api.post(api.inventory("/servers/batch"), Map.of("servers", spoiled)), 400))
                .contains("servers[17].addresses[0].address", big.serverId(16));
        spoiled.set(17, big.server(16, 17));
        assertThat(message(api.post(api.inventory("/servers/batch"), Map.of("servers", spoiled)), 400))
                .contains("servers[17].id");

        var stored = api.post(api.inventory("/servers/batch"), Map.of("servers", servers))
                .expect(200);
        assertThat(stored.at("/servers").findValuesAsString("id"))
                .containsExactlyElementsOf(
                        servers.stream().map(s -> (String) s.get("id")).toList());
        assertThat(api.post(api.inventory("/servers/batch"), Map.of("servers", servers))
                        .expect(200)
                        .at("/servers"))
                .isEqualTo(stored.at("/servers"));
        servers.add(big.server(1000, 1000));
        assertThat(message(api.post(api.inventory("/servers/batch"), Map.of("servers", servers)), 400))
                .contains("'servers'");
        assertThat(message(api.post(api.inventory("/servers/batch"), Map.of("servers", List.of())), 400))
                .contains("'servers'");
        var nameless = server(1);
        assertThat(message(api.post(api.inventory("/servers/batch"), Map.of("servers", List.of(nameless))), 400))
                .contains("servers[0].id");
    }

    @Test
    void letsTwoServersSwapTheirAddressesInOneBatch() {
        cloud.server(1);
        cloud.server(2);
        var one = item(2);
        one.put("id", cloud.serverId(1));
        var two = item(1);
        two.put("id", cloud.serverId(2));
        api.post(api.inventory("/servers/batch"), Map.of("servers", List.of(one, two)))
                .expect(200);
        assertThat(api.get(path(1))
                        .expect(200)
                        .at("/server/addresses/0/address")
                        .asString())
                .isEqualTo(cloud.address(2));
    }

    @Test
    void listsByEveryFilter() {
        cloud.server(1);
        cloud.server(2, "windows", "server", "STOPPED");
        var mine = "vpc_id=" + cloud.vpcId();
        assertThat(ids("/servers?" + mine)).containsExactly(cloud.serverId(1), cloud.serverId(2));
        for (var filter : List.of(
                "os_type=windows",
                "os_distribution=server",
                "status=STOPPED",
                "availability_zone=az-2",
                "name=server%202",
                "id=" + cloud.serverId(2),
                "address=" + cloud.address(2),
                "address=" + cloud.address(2) + "&subnet_id=" + cloud.serverSubnetId())) {
            assertThat(ids("/servers?" + mine + "&" + filter)).as(filter).containsExactly(cloud.serverId(2));
        }
        assertThat(ids("/servers?" + mine + "&subnet_id=" + cloud.vipSubnetId()))
                .isEmpty();
        assertThat(ids("/servers?" + mine + "&address=fe80::1%251")).isEmpty();
    }

    private List<String> ids(String path) {
        return api.get(api.inventory(path)).expect(200).at("/servers").findValuesAsString("id");
    }

    /** Room for more servers than a {@link Cloud} has. */
    private record BigCloud(Api api) {
        BigCloud {
            api.put(api.inventory("/vpcs/big"), Map.of("cidr", "172.24.0.0/16"));
            api.put(api.inventory("/subnets/big"), Map.of("vpc_id", "big", "cidr", "172.24.0.0/21"));
        }

        String serverId(int n) {
            return "big-" + n;
        }

        Map<String, Object> server(int n, int address) {
            int host = address + 1;
            return Map.of(
                    "id",
                    serverId(n),
                    "availability_zone",
                    "az-1",
                    "os",
                    Map.of("type", "linux", "distribution", "debian"),
                    "addresses",
                    List.of(Map.of("subnet_id", "big", "address", "172.24." + host / 256 + "." + host % 256)));
        }
    }
}
