package io.evenkeel.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.inventory.VipAddresses;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Which servers may be in a group: one VPC, one OS, known addresses, whatever the interleaving. */
@EvenkeelTest
class PlacementTests {

    private static final int CALLERS = 64;
    private static final int ROUNDS = 20;

    @Autowired
    Api api;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    VipAddresses vips;

    @Autowired
    TransactionTemplate transactions;

    private static String message(Api.Answer answer, int status) {
        return answer.expect(status).at("/error_msg").asString();
    }

    @Test
    void refusesOtherSystemsNamingBoth() {
        var cloud = Cloud.create(api);
        cloud.server(1);
        cloud.server(2, "windows", "server", "ACTIVE");
        cloud.server(3, "linux", "debian", "ACTIVE");
        var group = Group.create(api, cloud);
        var first = group.added(1).at("/id").asString();
        assertThat(message(group.add(group.item(2)), 400)).contains("windows/server", "linux/ubuntu", group.id());
        assertThat(message(group.add(group.item(3)), 400)).contains("linux/debian", "linux/ubuntu");
        api.delete(group.path("/" + first)).expect(204);
        group.added(2);
        assertThat(message(group.add(group.item(1)), 400)).contains("linux/ubuntu", "windows/server");
    }

    @Test
    void refusesOtherVpcsUnknownAddressesAndVips() {
        var cloud = Cloud.create(api);
        var other = Cloud.create(api);
        cloud.server(1);
        other.server(1);
        var group = Group.create(api, cloud);
        var foreign = group.item(1);
        foreign.put("address", other.address(1));
        assertThat(message(group.add(foreign), 400))
                .contains("the address " + other.address(1) + " belongs to no server of vpc " + cloud.vpcId());
        foreign.put("subnet_cidr_id", other.serverSubnetId());
        assertThat(message(group.add(foreign), 400)).contains(other.vpcId(), cloud.vpcId(), "mismatch");
        foreign.put("subnet_cidr_id", "none");
        assertThat(message(group.add(foreign), 404)).contains("subnet none could not be found");
        var elsewhere = group.item(1);
        elsewhere.put("subnet_cidr_id", cloud.vipSubnetId());
        assertThat(message(group.add(elsewhere), 400)).contains(cloud.serverSubnetId(), cloud.vipSubnetId());
        var zoned = group.item(1);
        zoned.put("availability_zone", "az-2");
        assertThat(message(group.add(zoned), 400)).contains("az-1", "az-2");
        var ip = group.item(1);
        ip.remove("subnet_cidr_id");
        assertThat(message(group.add(ip), 400)).contains("type instance takes no IP member");
        assertThat(api.get(group.path("")).expect(200).at("/members")).isEmpty();
    }

    @Test
    void takesIpv6AddressesOnlyInDualStackPools() {
        var cloud = Cloud.create(api);
        var network = "fd00:%s"
                .formatted(UUID.randomUUID().toString().substring(9, 18).replace('-', ':'));
        var vpc = "v6-" + cloud.vpcId();
        var subnet = "v6-" + cloud.serverSubnetId();
        api.put(api.inventory("/vpcs/" + vpc), Map.of("name", "v6", "cidr", network + "::/64"))
                .expect(201);
        api.put(api.inventory("/subnets/" + subnet), Map.of("name", "v6", "vpc_id", vpc, "cidr", network + "::/64"))
                .expect(201);
        cloud.server(1, "linux", "ubuntu", "ACTIVE", Map.of("subnet_id", subnet, "address", network + "::5"));
        var item = Map.<String, Object>of("address", network + "::5", "subnet_cidr_id", subnet, "protocol_port", 80);

        var refused = Group.create(api, cloud, Map.of("vpc_id", vpc)).add(item).expect(400);
        assertThat(refused.at("/error_code").asString()).isEqualTo("ELB.8933");
        assertThat(refused.at("/error_msg").asString()).contains("member.address");
        assertThat(Group.create(api, cloud, Map.of("vpc_id", vpc, "ip_version", "dualstack"))
                        .add(item)
                        .expect(201)
                        .at("/member/ip_version")
                        .asString())
                .isEqualTo("v6");
    }

    @Test
    void takesIpMembersOnlyWhereTheLoadBalancerDoes() {
        var cloud = Cloud.create(api);
        cloud.server(1);
        var closed = Group.createBound(api, cloud, false);
        var item = closed.item(1);
        item.remove("subnet_cidr_id");
        var refused = closed.add(item).expect(400);
        assertThat(refused.at("/error_code").asString()).isEqualTo("ELB.8939");
        var open = Group.createBound(api, cloud, true);
        var member = open.add(item).expect(201).path("member");
        assertThat(member.at("/member_type").asString()).isEqualTo("ip");
        assertThat(member.at("/instance_id").asString()).isEmpty();
        assertThat(member.at("/subnet_cidr_id").isNull()).isTrue();
        var holder = UUID.randomUUID();
        var vip = transactions.execute(
                status -> vips.claim(api.projectId(), cloud.vipSubnetId(), Optional.empty(), holder));
        item.put("address", vip);
        assertThat(message(open.add(item), 400)).contains(vip, "is a VIP of load balancer " + holder);
    }

    static Stream<Arguments> badValues() {
        return Stream.of(
                bad("member.address", m -> m.remove("address")),
                bad("member.address", m -> m.put("address", "")),
                bad("member.address", m -> m.put("address", "localhost")),
                bad("member.address", m -> m.put("address", "010.0.0.1")),
                bad("member.address", m -> m.put("address", "1".repeat(65))),
                bad("member.address", m -> m.put("address", "\u0000")),
                bad("member.address", m -> m.put("address", 5)),
                bad("member.protocol_port", m -> m.remove("protocol_port")),
                bad("member.protocol_port", m -> m.put("protocol_port", null)),
                bad("member.protocol_port", m -> m.put("protocol_port", 0)),
                bad("member.protocol_port", m -> m.put("protocol_port", 65536)),
                bad("member.protocol_port", m -> m.put("protocol_port", -1)),
                bad("member.protocol_port", m -> m.put("protocol_port", "80")),
                bad("member.protocol_port", m -> m.put("protocol_port", 80.5)),
                bad("member.weight", m -> m.put("weight", 101)),
                bad("member.weight", m -> m.put("weight", -1)),
                bad("member.weight", m -> m.put("weight", "1")),
                bad("member.name", m -> m.put("name", "x".repeat(256))),
                bad("member.name", m -> m.put("name", "\u0000")),
                bad("member.name", m -> m.put("name", List.of())),
                bad("member.subnet_cidr_id", m -> m.put("subnet_cidr_id", "")),
                bad("member.subnet_cidr_id", m -> m.put("subnet_cidr_id", "\u0000")),
                bad("member.subnet_cidr_id", m -> m.put("subnet_cidr_id", "x".repeat(65))),
                bad("member.admin_state_up", m -> m.put("admin_state_up", "yes")),
                bad("member.project_id", m -> m.put("project_id", "another")),
                bad("colour", m -> m.put("colour", "red")));
    }

    private static Arguments bad(String field, Consumer<Map<String, Object>> spoil) {
        return Arguments.of(field, spoil);
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void refusesBadValuesNamingTheField(String field, Consumer<Map<String, Object>> spoil) {
        var cloud = Cloud.create(api);
        cloud.server(1);
        var group = Group.create(api, cloud);
        var item = new HashMap<>(group.item(1));
        spoil.accept(item);
        assertThat(message(group.add(item), 400)).contains(field);
        assertThat(api.get(group.path("")).expect(200).at("/members")).isEmpty();
    }

    @Test
    void keepsOneSystemAndOneVpcWhoeverComesFirst() throws Exception {
        var cloud = Cloud.create(api);
        var other = Cloud.create(api);
        for (int n = 1; n <= CALLERS / 4; n++) {
            cloud.server(n);
            cloud.server(100 + n, "windows", "server", "ACTIVE");
            other.server(n);
            other.server(100 + n, "windows", "server", "ACTIVE");
        }
        long deadlocks = deadlocks();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < ROUNDS; round++) {
                var group = Group.createBound(api, cloud, false);
                var answers = threads.invokeAll(callers(group, other, new Random(round))).stream()
                        .map(answer -> answer.resultNow())
                        .toList();
                check(group, cloud, answers);
            }
        }
        assertThat(deadlocks()).as("deadlocks").isEqualTo(deadlocks);
    }

    private List<Callable<Api.Answer>> callers(Group group, Cloud other, Random random) {
        var together = new CyclicBarrier(CALLERS);
        var items = new ArrayList<Map<String, Object>>();
        for (int n = 1; n <= CALLERS / 4; n++) {
            for (int server : List.of(n, 100 + n)) {
                items.add(group.item(server));
                var foreign = group.item(server);
                foreign.put("address", other.address(server));
                foreign.put("subnet_cidr_id", other.serverSubnetId());
                items.add(foreign);
            }
        }
        Collections.shuffle(items, random);
        return items.stream()
                .<Callable<Api.Answer>>map(item -> () -> {
                    together.await();
                    return group.add(item);
                })
                .toList();
    }

    private void check(Group group, Cloud cloud, List<Api.Answer> answers) {
        var placed = jdbc.sql("""
                        select count(*) as members, count(distinct m.vpc_id) as vpcs, count(distinct s.os) as systems,
                               min(m.vpc_id) as vpc, min(p.member_count) as counted
                          from member m join pool p on p.id = m.pool_id
                          join server s on s.project_id = m.project_id and s.id = m.server_id
                         where m.pool_id = cast(:pool as uuid)""").param("pool", group.id()).query().singleRow();
        assertThat(placed)
                .containsEntry("members", CALLERS / 4L)
                .containsEntry("counted", CALLERS / 4)
                .containsEntry("vpcs", 1L)
                .containsEntry("systems", 1L)
                .containsEntry("vpc", cloud.vpcId());
        var byStatus = new HashMap<Integer, Integer>();
        for (var answer : answers) {
            byStatus.merge(answer.status(), 1, Integer::sum);
            if (answer.status() == 400) {
                var text = answer.body().at("/error_msg").asString();
                assertThat(text)
                        .satisfiesAnyOf(
                                vpc -> assertThat(vpc).contains("Vpc", "mismatch", cloud.vpcId()),
                                os -> assertThat(os).contains("linux/ubuntu", "windows/server", group.id()));
            }
        }
        assertThat(byStatus).isEqualTo(Map.of(201, CALLERS / 4, 400, CALLERS * 3 / 4));
    }

    private long deadlocks() {
        return jdbc.sql("select deadlocks from pg_stat_database where datname = current_database()")
                .query(Long.class)
                .single();
    }
}
