package io.evenkeel.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@EvenkeelTest
class MemberBatchTests {

    @Autowired
    Api api;

    private Cloud cloud;
    private Group group;

    @BeforeEach
    void makeAGroup() {
        cloud = Cloud.create(api);
        group = Group.create(api, cloud);
    }

    private void servers(int count) {
        IntStream.rangeClosed(1, count).forEach(cloud::server);
    }

    private int count() {
        return api.get(group.path("")).expect(200).at("/members").size();
    }

    private static String message(Api.Answer answer, int status) {
        return answer.expect(status).at("/error_msg").asString();
    }

    @Test
    void addsWhatIsNewAndTellsWhatExisted() {
        servers(3);
        group.added(1);
        var answer = group.batch("add", List.of(group.item(1), group.item(2), group.item(2), group.item(3)))
                .expect(200);
        assertThat(answer.at("/members").findValuesAsString("ret_status"))
                .containsExactly("existed", "successful", "existed", "successful");
        assertThat(answer.at("/members").findValuesAsString("address"))
                .containsExactly(cloud.address(1), cloud.address(2), cloud.address(2), cloud.address(3));
        assertThat(count()).isEqualTo(3);
        var again = group.batch("add", List.of(group.item(3))).expect(200);
        assertThat(again.at("/members/0/ret_status").asString()).isEqualTo("existed");
    }

    @Test
    void refusesTheWholeBatchNamingTheItem() {
        servers(2);
        cloud.server(3, "windows", "server", "ACTIVE");
        var unknown = group.item(9);
        assertThat(message(group.batch("add", List.of(group.item(1), unknown)), 400))
                .contains("members[1].address", cloud.address(9), cloud.vpcId());
        assertThat(message(group.batch("add", List.of(group.item(1), group.item(3))), 400))
                .contains("members[1]", "linux/ubuntu", "windows/server");
        var portless = group.item(2);
        portless.remove("protocol_port");
        assertThat(message(group.batch("add", List.of(group.item(1), portless)), 400))
                .contains("members[1].protocol_port");
        var heavy = group.item(2);
        heavy.put("weight", 101);
        assertThat(message(group.batch("add", List.of(group.item(1), heavy)), 400))
                .contains("members[1].weight");
        assertThat(message(group.batch("add", List.of()), 400)).contains("members");
        assertThat(count()).isZero();
    }

    @Test
    void takesTwoHundredAtOnceAndNoMore() {
        var servers = new ArrayList<Map<String, Object>>();
        IntStream.rangeClosed(1, 201)
                .forEach(n -> servers.add(Map.of(
                        "id", cloud.serverId(n),
                        "availability_zone", "az-1",
                        "os", Map.of("type", "linux", "distribution", "ubuntu"),
                        "addresses",
                                List.of(Map.of("subnet_id", cloud.serverSubnetId(), "address", cloud.address(n))))));
        api.post(api.inventory("/servers/batch"), Map.of("servers", servers)).expect(200);
        var items = new ArrayList<>(
                IntStream.rangeClosed(1, 201).mapToObj(group::item).toList());
        assertThat(message(group.batch("add", items), 400)).contains("members");
        items.removeLast();
        assertThat(group.batch("add", items).expect(200).at("/members").findValuesAsString("ret_status"))
                .hasSize(200)
                .containsOnly("successful");
        assertThat(count()).isEqualTo(200);
    }

    @Test
    void changesAllOrNone() {
        servers(2);
        var one = group.added(1).at("/id").asString();
        var two = group.added(2).at("/id").asString();
        var answer = group.batch(
                        "update",
                        List.of(Map.of("id", one, "weight", 9, "name", "one"), Map.of("id", two, "protocol_port", 81)))
                .expect(200);
        assertThat(answer.at("/members/0/weight").asInt()).isEqualTo(9);
        assertThat(answer.at("/members/0/name").asString()).isEqualTo("one");
        assertThat(answer.at("/members/1/protocol_port").asInt()).isEqualTo(81);
        var unknown = UUID.randomUUID().toString();
        assertThat(message(group.batch("update", List.of(Map.of("id", one, "weight", 3), Map.of("id", unknown))), 404))
                .contains("members[1].id", unknown);
        assertThat(message(group.batch("update", List.of(Map.of("weight", 3))), 400))
                .contains("members[0].id");
        assertThat(api.get(group.path("/" + one))
                        .expect(200)
                        .at("/member/weight")
                        .asInt())
                .isEqualTo(9);
    }

    @Test
    void removesByIdOrByAddressAndPort() {
        servers(3);
        var one = group.added(1).at("/id").asString();
        group.added(2);
        group.added(3);
        var byId = group.batch("delete", List.of(Map.of("id", one), Map.of("id", one), Map.of("id", "nonsense")))
                .expect(200);
        assertThat(byId.at("/members").findValuesAsString("ret_status"))
                .containsExactly("successful", "not found", "not found");
        assertThat(byId.at("/members").findValuesAsString("id")).containsExactly(one, one, "nonsense");
        var byAddress = group.batch(
                        "delete",
                        List.of(
                                Map.of("address", cloud.address(2), "protocol_port", 80),
                                Map.of("address", cloud.address(3), "protocol_port", 81)))
                .expect(200);
        assertThat(byAddress.at("/members").findValuesAsString("ret_status"))
                .containsExactly("successful", "not found");
        assertThat(count()).isEqualTo(1);
        assertThat(message(group.batch("delete", List.of(Map.of("id", one, "address", cloud.address(3)))), 400))
                .contains("members[0].id");
        assertThat(message(group.batch("delete", List.of(Map.of("address", cloud.address(3)))), 400))
                .contains("members[0].protocol_port");
        assertThat(message(group.batch("delete", List.of(Map.of("protocol_port", 80))), 400))
                .contains("members[0].id");
    }
}
