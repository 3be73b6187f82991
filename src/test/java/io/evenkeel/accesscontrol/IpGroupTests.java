package io.evenkeel.accesscontrol;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Statements;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@EvenkeelTest
class IpGroupTests {

    @Autowired
    Api api;

    @Autowired
    JdbcClient jdbc;

    private JsonNode create(Map<String, ?> group) {
        return api.post(api.elb("/ipgroups"), Map.of("ipgroup", group))
                .expect(201)
                .get("ipgroup");
    }

    private JsonNode create(String... ips) {
        return create(Map.of("ip_list", entries(ips)));
    }

    private static List<Map<String, String>> entries(String... ips) {
        return List.of(ips).stream().map(ip -> Map.of("ip", ip)).toList();
    }

    private String path(JsonNode group) {
        return api.elb("/ipgroups/" + group.get("id").asString());
    }

    private JsonNode show(JsonNode group) {
        return api.get(path(group)).expect(200).get("ipgroup");
    }

    private static List<String> ips(JsonNode group) {
        return group.get("ip_list")
                .valueStream()
                .map(entry -> entry.get("ip").asString())
                .toList();
    }

    private JsonNode list(JsonNode group, String operation, String... ips) {
        return api.post(path(group) + "/iplist/" + operation, Map.of("ipgroup", Map.of("ip_list", entries(ips))))
                .expect(200)
                .get("ipgroup");
    }

    private List<String> find(String query) {
        return api.get(api.elb("/ipgroups?" + query))
                .expect(200)
                .get("ipgroups")
                .valueStream()
                .map(group -> group.get("id").asString())
                .toList();
    }

    private String listener(Cloud cloud, int port, Map<String, ?> ipGroup) {
        var loadBalancer = api.post(
                        api.elb("/loadbalancers"),
                        Map.of(
                                "loadbalancer",
                                Map.of(
                                        "vip_subnet_cidr_id",
                                        cloud.vipSubnetId(),
                                        "availability_zone_list",
                                        List.of("az-1"))))
                .expect(201)
                .get("loadbalancer")
                .get("id")
                .asString();
        return api.post(
                        api.elb("/listeners"),
                        Map.of(
                                "listener",
                                Map.of(
                                        "loadbalancer_id",
                                        loadBalancer,
                                        "protocol",
                                        "TCP",
                                        "protocol_port",
                                        port,
                                        "ipgroup",
                                        ipGroup)))
                .expect(201)
                .get("listener")
                .get("id")
                .asString();
    }

    private long generationOf(String listener) {
        return jdbc.sql("select b.generation from load_balancer b join listener l on l.load_balancer_id = b.id"
                        + " where l.id = :id")
                .param("id", UUID.fromString(listener))
                .query(Long.class)
                .single();
    }

    @Test
    void keepsEveryField() {
        var group = create(Map.of(
                "name",
                "office",
                "description",
                "who may",
                "enterprise_project_id",
                "ep-1",
                "project_id",
                api.projectId(),
                "ip_list",
                List.of(
                        Map.of("ip", "10.0.0.1", "description", "door"),
                        Map.of("ip", "2001:0DB8::0/32"),
                        Map.of("ip", "192.168.1.2-192.168.2.253"))));

        assertThat(group.get("name").asString()).isEqualTo("office");
        assertThat(group.get("description").asString()).isEqualTo("who may");
        assertThat(group.get("project_id").asString()).isEqualTo(api.projectId());
        assertThat(group.get("enterprise_project_id").asString()).isEqualTo("ep-1");
        assertThat(group.get("listeners")).isEmpty();
        assertThat(group.get("created_at").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(group.get("updated_at")).isEqualTo(group.get("created_at"));
        assertThat(ips(group)).containsExactly("10.0.0.1", "2001:db8::/32", "192.168.1.2-192.168.2.253");
        assertThat(group.get("ip_list").get(0).get("description").asString()).isEqualTo("door");
        assertThat(group.get("ip_list").get(1).get("description").asString()).isEmpty();
        assertThat(show(group)).isEqualTo(group);

        api.delete(path(group)).expect(204);
        assertThat(api.get(path(group)).status()).isEqualTo(404);
    }

    @Test
    void mayBeEmptyAndNameless() {
        var group = create();

        assertThat(group.get("name").asString()).isEmpty();
        assertThat(group.get("enterprise_project_id").asString()).isEqualTo("0");
        assertThat(group.get("ip_list").isArray()).isTrue();
        assertThat(group.get("ip_list")).isEmpty();
    }

    @Test
    void holdsTheSameAddressesOnce() {
        var group = create("0.0.0.0", "::1", "10.0.0.0/24", "0.0.0.0/32", "::1/128", "10.0.0.0-10.0.0.255");

        assertThat(ips(group)).containsExactly("0.0.0.0/32", "::1/128", "10.0.0.0-10.0.0.255");
    }

    @Test
    void replacesTheListOnlyWhereOneIsGiven() {
        var group = create(Map.of("name", "n", "description", "d", "ip_list", entries("10.0.0.1")));

        var renamed = api.put(path(group), "{\"ipgroup\": {\"name\": null, \"description\": \"e\"}}")
                .expect(200)
                .get("ipgroup");
        assertThat(renamed.get("name").asString()).isEmpty();
        assertThat(renamed.get("description").asString()).isEqualTo("e");
        assertThat(ips(renamed)).containsExactly("10.0.0.1");

        var replaced = api.put(path(group), Map.of("ipgroup", Map.of("ip_list", entries("10.0.0.2", "10.0.0.3"))))
                .expect(200)
                .get("ipgroup");
        assertThat(ips(replaced)).containsExactly("10.0.0.2", "10.0.0.3");
        assertThat(api.put(path(group), "{\"ipgroup\": {\"ip_list\": null}}").status())
                .isEqualTo(400);
        assertThat(ips(api.put(path(group), Map.of("ipgroup", Map.of("ip_list", List.of())))
                        .expect(200)
                        .get("ipgroup")))
                .isEmpty();
    }

    @Test
    void addsChangesAndRemovesEntries() {
        var group = create("10.0.0.1", "10.0.0.2");

        var more = api.post(
                        path(group) + "/iplist/create-or-update",
                        Map.of(
                                "ipgroup",
                                Map.of(
                                        "name",
                                        "grown",
                                        "ip_list",
                                        List.of(
                                                Map.of("ip", "10.0.0.1/32", "description", "first"),
                                                Map.of("ip", "10.0.0.3")))))
                .expect(200)
                .get("ipgroup");
        assertThat(ips(more)).containsExactly("10.0.0.1/32", "10.0.0.2", "10.0.0.3");
        assertThat(more.get("name").asString()).isEqualTo("grown");
        assertThat(more.get("ip_list").get(0).get("description").asString()).isEqualTo("first");

        assertThat(ips(list(group, "batch-delete", "10.0.0.2/32", "10.9.9.9")))
                .containsExactly("10.0.0.1/32", "10.0.0.3");
        assertThat(ips(list(group, "batch-delete"))).hasSize(2);
    }

    @Test
    void holdsThreeHundredEntriesUnlessAnAdministratorAllowsMore() {
        var ips = addresses(300);
        var group = create(ips);

        assertThat(ips(show(group))).containsExactly(ips);
        assertThat(ips(list(group, "create-or-update", "10.1.0.0"))).hasSize(300);
        assertThat(api.post(
                                path(group) + "/iplist/create-or-update",
                                Map.of("ipgroup", Map.of("ip_list", entries("10.2.0.0"))))
                        .expect(409)
                        .get("error_code")
                        .asString())
                .isEqualTo("ELB.8905");
        api.post(api.elb("/ipgroups"), Map.of("ipgroup", Map.of("ip_list", entries(addresses(301)))))
                .expect(409);

        api.put(api.elb("/quotas"), Map.of("quota", Map.of("ipgroup_max_length", -1)))
                .expect(200);
        try {
            assertThat(ips(create(addresses(10_000)))).hasSize(10_000);
            assertThat(api.post(api.elb("/ipgroups"), Map.of("ipgroup", Map.of("ip_list", entries(addresses(10_001)))))
                            .expect(400)
                            .get("error_msg")
                            .asString())
                    .isEqualTo("Invalid input for 'ipgroup.ip_list': must hold at most 10000 entries.");
        } finally {
            api.put(api.elb("/quotas"), "{\"quota\": {\"ipgroup_max_length\": null}}")
                    .expect(200);
        }
    }

    private static String[] addresses(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> "10.1." + n / 250 + "." + n % 250)
                .toArray(String[]::new);
    }

    @Test
    void isFoundByItsFieldsAndByAnyOfItsEntries() {
        var mark = UUID.randomUUID().toString();
        var one = create(Map.of("name", mark, "description", "one " + mark, "ip_list", entries("10.7.0.0/24")));
        var two = create(Map.of("name", mark, "ip_list", entries("10.7.1.1", "fd07::1")));
        var three = create(Map.of("name", mark, "enterprise_project_id", "ep-" + mark, "ip_list", List.of()));
        var first = one.get("id").asString();
        var second = two.get("id").asString();
        var third = three.get("id").asString();

        assertThat(find("name=" + mark)).containsExactly(first, second, third);
        assertThat(find("description=one%20" + mark)).containsExactly(first);
        assertThat(find("id=" + first + "&id=" + third)).containsExactly(first, third);
        assertThat(find("enterprise_project_id=ep-" + mark)).containsExactly(third);
        var ours = "name=" + mark + "&ip_list=";
        assertThat(find(ours + "10.7.0.0-10.7.0.255")).containsExactly(first);
        assertThat(find(ours + "10.7.1.1/32,10.7.0.0/24")).containsExactly(first, second);
        assertThat(find(ours + "fd07:0::1&ip_list=10.7.0.0/24")).containsExactly(first, second);
        assertThat(find(ours + "10.7.0.1")).isEmpty();
        assertThat(find(ours + "nonsense")).isEmpty();
        assertThat(find("name=" + mark + "&limit=1&marker=" + first)).containsExactly(second);
        assertThat(api.get(api.elb("/ipgroups?color=red")).status()).isEqualTo(400);
    }

    @Test
    void listsAnyNumberWithTheSameStatements() {
        var mark = UUID.randomUUID().toString();
        create(Map.of("name", mark, "ip_list", entries("10.0.0.1")));
        int few = Statements.during(() -> assertThat(find("name=" + mark)).hasSize(1));
        for (int n = 0; n < 9; n++) {
            create(Map.of("name", mark, "ip_list", entries("10.0.0.1")));
        }

        int many = Statements.during(() -> assertThat(find("name=" + mark)).hasSize(10));

        assertThat(many).isEqualTo(few).isPositive();
    }

    @Test
    void isHeldByTheListenersThatUseIt() {
        var group = create("10.0.0.1");
        var id = group.get("id").asString();
        var listener = listener(Cloud.create(api), 5000, Map.of("ipgroup_id", id));

        var shown = api.get(api.elb("/listeners/" + listener))
                .expect(200)
                .get("listener")
                .get("ipgroup");
        assertThat(shown.get("ipgroup_id").asString()).isEqualTo(id);
        assertThat(shown.get("enable_ipgroup").asBoolean()).isTrue();
        assertThat(shown.get("type").asString()).isEqualTo("white");
        assertThat(show(group).get("listeners").get(0).get("id").asString()).isEqualTo(listener);
        assertThat(api.get(path(group) + "/related-listeners")
                        .expect(200)
                        .get("listeners")
                        .get(0)
                        .get("id")
                        .asString())
                .isEqualTo(listener);
        var refused = api.delete(path(group));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().get("error_msg").asString())
                .isEqualTo("listener %s is using this ipgroup.".formatted(listener));

        for (var none : List.of("null", "{}")) {
            api.put(
                            api.elb("/listeners/" + listener),
                            "{\"listener\": {\"ipgroup\": {\"ipgroup_id\": \"%s\", \"type\": \"black\"}}}"
                                    .formatted(id))
                    .expect(200);
            assertThat(api.put(api.elb("/listeners/" + listener), "{\"listener\": {\"ipgroup\": " + none + "}}")
                            .expect(200)
                            .get("listener")
                            .get("ipgroup")
                            .isNull())
                    .isTrue();
        }
        api.delete(path(group)).expect(204);
    }

    @Test
    void advancesTheLoadBalancersOfItsListenersWhenAddressesChange() {
        var group = create("10.0.0.1");
        var cloud = Cloud.create(api);
        var use = Map.of("ipgroup_id", group.get("id").asString());
        var users = List.of(listener(cloud, 5000, use), listener(cloud, 5000, use));
        var before = users.stream().map(this::generationOf).toList();

        list(group, "create-or-update", "10.0.0.2");
        assertThat(users.stream().map(this::generationOf))
                .containsExactlyElementsOf(before.stream().map(n -> n + 1).toList());

        list(group, "create-or-update", "10.0.0.2/32");
        api.put(path(group), Map.of("ipgroup", Map.of("name", "renamed"))).expect(200);
        list(group, "batch-delete", "10.9.9.9");
        assertThat(users.stream().map(this::generationOf))
                .containsExactlyElementsOf(before.stream().map(n -> n + 1).toList());

        list(group, "batch-delete", "10.0.0.2");
        assertThat(users.stream().map(this::generationOf))
                .containsExactlyElementsOf(before.stream().map(n -> n + 2).toList());
    }

    @Test
    void isUnknownToOtherProjects() {
        jdbc.sql("insert into project (id, name, created_at) values ('another-project', 'another', now())"
                        + " on conflict do nothing")
                .update();
        var group = create("10.0.0.1");
        var foreign = "/v3/another-project/elb/ipgroups/" + group.get("id").asString();
        var change = Map.of("ipgroup", Map.of("ip_list", entries("10.0.0.2")));

        assertThat(api.get(foreign).status()).isEqualTo(404);
        assertThat(api.put(foreign, change).status()).isEqualTo(404);
        assertThat(api.post(foreign + "/iplist/create-or-update", change).status())
                .isEqualTo(404);
        assertThat(api.post(foreign + "/iplist/batch-delete", change).status()).isEqualTo(404);
        assertThat(api.get(foreign + "/related-listeners").status()).isEqualTo(404);
        assertThat(api.delete(foreign).status()).isEqualTo(404);
        assertThat(show(group)).isEqualTo(group);
    }
}
