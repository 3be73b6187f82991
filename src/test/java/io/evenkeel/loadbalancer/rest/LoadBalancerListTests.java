package io.evenkeel.loadbalancer.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Statements;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@EvenkeelTest
class LoadBalancerListTests {

    @Autowired
    Api api;

    @Autowired
    JdbcClient jdbc;

    private Cloud cloud;

    @BeforeEach
    void makeCloud() {
        cloud = Cloud.create(api);
    }

    private String create(Map<String, ?> more) {
        var body = new HashMap<String, Object>();
        body.put("vip_subnet_cidr_id", cloud.vipSubnetId());
        body.put("availability_zone_list", List.of("az-1"));
        body.putAll(more);
        return api.post(api.elb("/loadbalancers"), Map.of("loadbalancer", body))
                .expect(201)
                .get("loadbalancer")
                .get("id")
                .asString();
    }

    /** A group bound to the load balancer, with the servers as members; of the rows that the lookup reads. */
    private void backends(String loadBalancer, int... servers) {
        var pool = api.post(
                        api.elb("/pools"),
                        Map.of(
                                "pool",
                                Map.of(
                                        "protocol",
                                        "HTTP",
                                        "lb_algorithm",
                                        "ROUND_ROBIN",
                                        "loadbalancer_id",
                                        loadBalancer)))
                .expect(201)
                .get("pool")
                .get("id")
                .asString();
        for (int server : servers) {
            cloud.server(server);
            jdbc.sql("""
                            insert into member (id, project_id, pool_id, vpc_id, server_id, address, created_at, updated_at,
                                                name, protocol_port, weight)
                            values (:id, :project, :pool, :vpc, :server, cast(:address as inet), now(), now(), '', 80, 1)""")
                    .param("id", UUID.randomUUID())
                    .param("project", api.projectId())
                    .param("pool", UUID.fromString(pool))
                    .param("vpc", cloud.vpcId())
                    .param("server", cloud.serverId(server))
                    .param("address", cloud.address(server))
                    .update();
        }
    }

    private List<String> found(String query) {
        return api.get(api.elb("/loadbalancers?" + query))
                .expect(200)
                .get("loadbalancers")
                .valueStream()
                .map(one -> one.get("id").asString())
                .toList();
    }

    @Test
    void findsByEveryFilter() {
        var one = create(Map.of("name", "one", "publicip_ids", List.of("eip-" + cloud.vpcId())));
        var two = create(Map.of("name", "two", "availability_zone_list", List.of("az-2")));
        var shown = api.get(api.elb("/loadbalancers/" + one)).expect(200).get("loadbalancer");
        var inVpc = "vpc_id=" + cloud.vpcId() + "&";

        assertThat(found(inVpc)).containsExactly(one, two);
        assertThat(found("id=" + one + "&id=" + two)).containsExactly(one, two);
        for (var query : List.of(
                "name=one",
                "availability_zone_list=az-1",
                "vip_address=" + shown.get("vip_address").asString(),
                "vip_port_id=" + shown.get("vip_port_id").asString(),
                "publicips=publicip_id%3Deip-" + cloud.vpcId(),
                "eips=eip_id=eip-" + cloud.vpcId())) {
            assertThat(found(inVpc + query)).as(query).containsExactly(one);
        }
        for (var query : List.of(
                "admin_state_up=true",
                "provisioning_status=ACTIVE",
                "operating_status=ONLINE",
                "guaranteed=true",
                "vip_subnet_cidr_id=" + cloud.vipSubnetId(),
                "ip_version=4&ip_version=6",
                "elb_virsubnet_type=ipv4",
                "autoscaling=enable%3Dfalse",
                "deletion_protection_enable=false",
                "protection_status=nonProtection",
                "enterprise_project_id=0",
                "enterprise_project_id=all_granted_eps",
                "include_recycle_bin=false",
                "l4_flavor_id=" + shown.get("l4_flavor_id").asString(),
                "l7_flavor_id=" + shown.get("l7_flavor_id").asString())) {
            assertThat(found(inVpc + query)).as(query).containsExactly(one, two);
        }
        for (var query : List.of(
                "ip_version=6",
                "billing_info=x",
                "description=x",
                "ipv6_vip_address=fd00::1",
                "ipv6_vip_port_id=x",
                "ipv6_vip_virsubnet_id=x",
                "l4_scale_flavor_id=x",
                "l7_scale_flavor_id=x",
                "global_eips=ip_version%3D4",
                "log_group_id=x",
                "log_topic_id=x",
                "guaranteed=false")) {
            assertThat(found(inVpc + query)).as(query).isEmpty();
        }
        assertThat(api.get(api.elb("/loadbalancers?flavor=big")).status()).isEqualTo(400);
    }

    @Test
    void findsThemByBackendServer() {
        jdbc.sql("insert into project (id, name, created_at) values ('another-project', 'another', now())"
                        + " on conflict do nothing")
                .update();
        var first = create(Map.of());
        var second = create(Map.of());
        backends(first, 1, 2);
        backends(second, 2, 3);
        var address = "member_address=";
        var device = "member_device_id=";

        assertThat(found(address + cloud.address(1))).containsExactly(first);
        assertThat(found(address + cloud.address(2))).containsExactly(first, second);
        assertThat(found(device + cloud.serverId(3))).containsExactly(second);
        assertThat(found(address + cloud.address(1) + "&" + address + cloud.address(3)))
                .containsExactly(first, second);
        assertThat(found(address + cloud.address(2) + "&" + device + cloud.serverId(2)))
                .containsExactly(first, second);
        assertThat(found(address + cloud.address(1) + "&" + device + cloud.serverId(2)))
                .as("one member must satisfy both")
                .isEmpty();
        assertThat(found(address + cloud.address(9))).isEmpty();
        assertThat(found(device + URLEncoder.encode("no such", StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(api.get("/v3/another-project/elb/loadbalancers?" + address + cloud.address(1))
                        .expect(200)
                        .get("loadbalancers"))
                .isEmpty();
    }

    @Test
    void answersAnyNumberWithTheSameStatements() {
        backends(create(Map.of()), 1);
        var lookup = api.elb("/loadbalancers?member_address=" + cloud.address(1));
        int few = Statements.during(() ->
                assertThat(api.get(lookup).expect(200).get("loadbalancers")).hasSize(1));
        for (int i = 0; i < 12; i++) {
            backends(create(Map.of()), 1);
        }

        int many =
                Statements.during(() -> assertThat(api.get(lookup).expect(200).get("loadbalancers"))
                        .hasSize(13)
                        .allSatisfy(one -> assertThat(one.get("pools")).hasSize(1)));

        // The sign-in, and the four of the list: page, rows, references, status.
        assertThat(many).isEqualTo(few).isEqualTo(5);
    }
}
