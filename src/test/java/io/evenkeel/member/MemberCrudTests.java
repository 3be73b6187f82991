package io.evenkeel.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@EvenkeelTest
class MemberCrudTests {

    @Autowired
    Api api;

    @Autowired
    JdbcClient jdbc;

    private Cloud cloud;
    private Group group;

    @BeforeEach
    void makeAGroup() {
        cloud = Cloud.create(api);
        for (int n = 1; n <= 4; n++) {
            cloud.server(n);
        }
        group = Group.create(api, cloud);
    }

    private Map<String, @Nullable Object> pool() {
        return jdbc.sql("select generation, member_count, os from pool where id = cast(:id as uuid)")
                .param("id", group.id())
                .query()
                .singleRow();
    }

    private long generation() {
        return jdbc.sql("select generation from pool where id = cast(:id as uuid)")
                .param("id", group.id())
                .query(Long.class)
                .single();
    }

    @Test
    void addsShowsAndRemovesWithEveryField() {
        var member = group.added(1);
        assertThat(member.at("/name").asString()).isEmpty();
        assertThat(member.at("/project_id").asString()).isEqualTo(api.projectId());
        assertThat(member.at("/admin_state_up").asBoolean()).isTrue();
        assertThat(member.at("/subnet_cidr_id").asString()).isEqualTo(cloud.serverSubnetId());
        assertThat(member.at("/protocol_port").asInt()).isEqualTo(80);
        assertThat(member.at("/weight").asInt()).isEqualTo(1);
        assertThat(member.at("/address").asString()).isEqualTo(cloud.address(1));
        assertThat(member.at("/ip_version").asString()).isEqualTo("v4");
        assertThat(member.at("/operating_status").asString()).isEqualTo("NO_MONITOR");
        assertThat(member.at("/status").isArray()).isTrue();
        assertThat(member.at("/reason").isNull()).isTrue();
        assertThat(member.at("/member_type").asString()).isEqualTo("instance");
        assertThat(member.at("/instance_id").asString()).isEqualTo(cloud.serverId(1));
        assertThat(member.at("/availability_zone").asString()).isEqualTo("az-1");
        assertThat(member.at("/created_at").asString()).endsWith("Z");
        assertThat(member.at("/updated_at").asString()).endsWith("Z");
        assertThat(member.at("/evenkeel/operating_status").asString()).isEqualTo("NO_MONITOR");
        var path = group.path("/" + member.at("/id").asString());
        assertThat(api.get(path).expect(200).at("/member")).isEqualTo(member);
        assertThat(pool()).containsEntry("member_count", 1).containsEntry("os", "linux/ubuntu");

        api.delete(path).expect(204);
        assertThat(api.get(path).expect(404).at("/error_msg").asString())
                .isEqualTo("member " + member.at("/id").asString() + " could not be found.");
        api.delete(path).expect(404);
        assertThat(pool()).containsEntry("member_count", 0).containsEntry("os", null);
    }

    @Test
    void tellsAbsentFromNullInUpdates() {
        var item = group.item(1);
        item.putAll(Map.of("name", "one", "weight", 7));
        var id = group.add(item).expect(201).at("/member/id").asString();
        long before = generation();
        assertThat(update(id, Map.of()).at("/weight").asInt()).isEqualTo(7);
        assertThat(update(id, Map.of("weight", 7, "name", "one", "admin_state_up", false))
                        .at("/admin_state_up")
                        .asBoolean())
                .isTrue();
        assertThat(generation()).as("nothing changed").isEqualTo(before);

        var changed = update(id, Map.of("weight", 0, "protocol_port", 81));
        assertThat(changed.at("/weight").asInt()).isZero();
        assertThat(changed.at("/protocol_port").asInt()).isEqualTo(81);
        assertThat(changed.at("/name").asString()).isEqualTo("one");
        var nulls = new HashMap<String, Object>();
        nulls.put("name", null);
        nulls.put("weight", null);
        var cleared = update(id, nulls);
        assertThat(cleared.at("/name").asString()).isEmpty();
        assertThat(cleared.at("/weight").asInt()).isEqualTo(1);
        assertThat(generation()).isEqualTo(before + 2);
        var noPort = new HashMap<String, Object>();
        noPort.put("protocol_port", null);
        assertThat(api.put(group.path("/" + id), Map.of("member", noPort))
                        .expect(400)
                        .at("/error_msg")
                        .asString())
                .contains("member.protocol_port");
    }

    private JsonNode update(String id, Map<String, Object> change) {
        return api.put(group.path("/" + id), Map.of("member", change))
                .expect(200)
                .path("member");
    }

    @Test
    void holdsEachAddressAndPortOnce() {
        group.added(1);
        assertThat(group.add(group.item(1)).expect(409).at("/error_msg").asString())
                .isEqualTo("Member with address %s and protocol_port 80 already present in pool %s."
                        .formatted(cloud.address(1), group.id()));
        var other = group.item(1);
        other.put("protocol_port", 81);
        var id = group.add(other).expect(201).at("/member/id").asString();
        api.put(group.path("/" + id), Map.of("member", Map.of("protocol_port", 80)))
                .expect(409);
        assertThat(pool()).containsEntry("member_count", 2);
    }

    @Test
    void usesTheListenersPortInAnyPortPools() {
        group = Group.create(api, cloud, Map.of("any_port_enable", true));
        var item = group.item(1);
        item.remove("protocol_port");
        var member = group.add(item).expect(201).path("member");
        assertThat(member.at("/protocol_port").asInt()).isZero();
        assertThat(update(member.at("/id").asString(), Map.of("protocol_port", 99))
                        .at("/protocol_port")
                        .asInt())
                .isZero();
        group.add(group.item(1)).expect(409);
    }

    @Test
    void keepsMembersOfAProtectedPool() {
        group = Group.create(api, cloud, Map.of("member_deletion_protection_enable", true));
        var id = group.added(1).at("/id").asString();
        assertThat(api.delete(group.path("/" + id)).expect(409).at("/error_msg").asString())
                .contains(group.id(), "member_deletion_protection_enable");
        group.batch("delete", List.of(Map.of("id", id))).expect(409);
        api.get(group.path("/" + id)).expect(200);
    }

    @Test
    void listsByEveryFilter() {
        var first = group.item(1);
        first.putAll(Map.of("name", "first", "weight", 5));
        var id = group.add(first).expect(201).at("/member/id").asString();
        var second = group.item(2);
        second.put("protocol_port", 8080);
        group.add(second).expect(201);
        for (var filter : List.of(
                "id=" + id,
                "name=first",
                "weight=5",
                "protocol_port=80",
                "address=" + cloud.address(1),
                "instance_id=" + cloud.serverId(1),
                "availability_zone=az-1",
                "member_type=instance&name=first",
                "ip_version=v4&weight=5",
                "operating_status=NO_MONITOR&weight=5",
                "subnet_cidr_id=" + cloud.serverSubnetId() + "&weight=5",
                "enterprise_project_id=0&weight=5",
                "admin_state_up=true&weight=5")) {
            assertThat(ids(group.path("?" + filter))).as(filter).containsExactly(id);
        }
        assertThat(ids(group.path("?admin_state_up=false"))).isEmpty();
        assertThat(ids(group.path("?operating_status=ONLINE"))).isEmpty();
        assertThat(ids(group.path("?limit=1"))).containsExactly(id);
        assertThat(ids(group.path("?limit=1&marker=" + id))).hasSize(1).doesNotContain(id);
        assertThat(api.get(group.path("?weight=x")).expect(400).at("/error_msg").asString())
                .contains("weight");
        api.get(group.path("?colour=x")).expect(400);
        assertThat(ids(api.elb("/members?address=" + cloud.address(1)))).containsExactly(id);
        var info = api.get(api.elb("/members?pool_id=" + group.id() + "&weight=5"))
                .expect(200)
                .at("/members/0");
        assertThat(info.at("/pool_id").asString()).isEqualTo(group.id());
        assertThat(info.at("/id").asString()).isEqualTo(id);
        assertThat(info.at("/loadbalancers").isArray()).isTrue();
        assertThat(ids(api.elb("/members?loadbalancer_id=" + id))).isEmpty();
    }

    private List<String> ids(String path) {
        return api.get(path).expect(200).at("/members").findValuesAsString("id");
    }

    @Test
    void followsItsServer() {
        group.added(1);
        long before = generation();
        cloud.server(1, "linux", "ubuntu", "STOPPED");
        assertThat(generation()).isEqualTo(before + 1);
        var stopped = api.get(group.path("")).expect(200).at("/members/0");
        assertThat(stopped.at("/operating_status").asString()).isEqualTo("OFFLINE");
        assertThat(stopped.at("/evenkeel/reason").asString()).isEqualTo("SERVER_STOPPED");
        cloud.server(1, "linux", "ubuntu", "STOPPED");
        assertThat(generation()).as("nothing changed").isEqualTo(before + 1);

        var server = api.inventory("/servers/" + cloud.serverId(1));
        assertThat(api.delete(server).expect(409).at("/error_msg").asString())
                .isEqualTo("pool " + group.id() + " is using this server.");
        var elsewhere = new HashMap<String, Object>(Map.of(
                "availability_zone", "az-1",
                "os", Map.of("type", "linux", "distribution", "ubuntu"),
                "addresses", List.of(Map.of("subnet_id", cloud.serverSubnetId(), "address", cloud.address(9)))));
        assertThat(api.put(server, elsewhere).expect(409).at("/error_msg").asString())
                .contains(group.id(), cloud.address(1));
        var other = Cloud.create(api);
        elsewhere.put("addresses", List.of(Map.of("subnet_id", other.serverSubnetId(), "address", other.address(1))));
        assertThat(api.put(server, elsewhere).expect(409).at("/error_msg").asString())
                .contains(group.id(), "cannot leave vpc " + cloud.vpcId());
    }

    @Test
    void hidesMembersOfOtherPoolsAndProjects() {
        var id = group.added(1).at("/id").asString();
        var other = Group.create(api, cloud);
        api.get(other.path("/" + id)).expect(404);
        api.put(other.path("/" + id), Map.of("member", Map.of("weight", 3))).expect(404);
        api.delete(other.path("/" + id)).expect(404);
        api.get(group.path("/nonsense")).expect(404);
        assertThat(api.get(api.elb("/pools/" + id + "/members"))
                        .expect(404)
                        .at("/error_msg")
                        .asString())
                .isEqualTo("pool " + id + " could not be found.");
        api.post(api.elb("/pools/" + id + "/members"), Map.of("member", group.item(1)))
                .expect(404);
    }
}
