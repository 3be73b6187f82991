package io.evenkeel.pool;

import static io.evenkeel.pool.PoolGround.id;
import static io.evenkeel.pool.PoolGround.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Statements;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Pools with the load balancers, listeners, VPCs and members around them. */
@EvenkeelTest
class PoolRelationTests {

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    private PoolGround ground;

    @BeforeEach
    void createGround() {
        ground = new PoolGround(api, jdbc);
    }

    @Test
    void belongsToTheLoadBalancerItWasCreatedFor() {
        var loadBalancer = loadBalancer(ground.cloud);
        var pool = ground.create(Map.of("loadbalancer_id", loadBalancer))
                .expect(201)
                .path("pool");

        assertThat(ids(pool.path("loadbalancers"))).containsExactly(loadBalancer);
        assertThat(effectiveVpc(pool)).isEqualTo(ground.cloud.vpcId());
        assertThat(ground.found("loadbalancer_id=" + loadBalancer)).containsExactly(id(pool));
    }

    @Test
    void becomesTheDefaultPoolOfItsListener() {
        var loadBalancer = loadBalancer(ground.cloud);
        var listener = listener(loadBalancer, "HTTP", 8080);
        var pool = ground.create(Map.of("listener_id", listener)).expect(201).path("pool");

        assertThat(ids(pool.path("listeners"))).containsExactly(listener);
        assertThat(ids(pool.path("loadbalancers"))).containsExactly(loadBalancer);
        assertThat(defaultPool(listener).stringValue()).isEqualTo(id(pool));
        assertThat(ground.found("listener_id=" + listener)).containsExactly(id(pool));
        assertThat(ground.found("loadbalancer_id=" + loadBalancer)).containsExactly(id(pool));
        assertThat(ground.create(Map.of("listener_id", listener))
                        .expect(409)
                        .path("error_msg")
                        .stringValue())
                .contains(listener, id(pool));
    }

    @Test
    void freesItsListenersWhenItIsDeleted() {
        var listener = listener(loadBalancer(ground.cloud), "HTTP", 8081);
        var pool = ground.create(Map.of("listener_id", listener)).expect(201).path("pool");

        api.delete(ground.path(pool)).expect(204);

        assertThat(defaultPool(listener).isNull()).isTrue();
    }

    @Test
    void refusesAListenerOfAnotherProtocolOrLoadBalancer() {
        var loadBalancer = loadBalancer(ground.cloud);
        var listener = listener(loadBalancer, "TCP", 8082);

        var mismatch = ground.create(Map.of("listener_id", listener)).expect(400);
        assertThat(mismatch.path("error_code").stringValue()).isEqualTo("ELB.9899");
        assertThat(mismatch.path("error_msg").stringValue()).contains("HTTP", "TCP");
        assertThat(ground.found("listener_id=" + listener)).isEmpty();

        var other = loadBalancer(ground.cloud);
        assertThat(ground.create(Map.of("protocol", "TCP", "listener_id", listener, "loadbalancer_id", other))
                        .expect(400)
                        .path("error_msg")
                        .stringValue())
                .contains(listener, loadBalancer, other);
    }

    @Test
    void staysInOneVpc() {
        var elsewhere = Cloud.create(api);
        var loadBalancer = loadBalancer(ground.cloud);

        assertThat(ground.create(Map.of("loadbalancer_id", loadBalancer, "vpc_id", elsewhere.vpcId()))
                        .expect(400)
                        .path("error_msg")
                        .stringValue())
                .contains(ground.cloud.vpcId(), elsewhere.vpcId(), loadBalancer);
        var pool = ground.create(Map.of("loadbalancer_id", loadBalancer))
                .expect(201)
                .path("pool");
        assertThat(pool.path("vpc_id").stringValue()).isEmpty();
        assertThat(put(pool, "{\"vpc_id\": \"" + elsewhere.vpcId() + "\"}").status())
                .isEqualTo(400);
        assertThat(put(pool, "{\"vpc_id\": \"" + ground.cloud.vpcId() + "\"}")
                        .expect(200)
                        .at("/pool/vpc_id")
                        .stringValue())
                .isEqualTo(ground.cloud.vpcId());
        assertThat(put(pool, "{\"vpc_id\": null}").status()).isEqualTo(400);
        assertThat(put(pool, "{\"type\": \"instance\"}")
                        .expect(200)
                        .at("/pool/type")
                        .stringValue())
                .isEqualTo("instance");
    }

    @Test
    void takesTheVpcOfTheListenerItIsPutBehind() {
        var ip = ground.create(Map.of("type", "ip")).expect(201).path("pool");
        var here = listener(loadBalancer(ground.cloud), "HTTP", 8083);
        var elsewhere = listener(loadBalancer(Cloud.create(api)), "HTTP", 8083);
        assertThat(effectiveVpc(ip)).isNull();

        bind(here, ip).expect(200);
        assertThat(effectiveVpc(ip)).isEqualTo(ground.cloud.vpcId());
        assertThat(bind(elsewhere, ip).expect(400).path("error_code").stringValue())
                .isEqualTo("ELB.9899");
    }

    @Test
    void cannotTakeATypeThatItsMembersAreNotOf() {
        var pool = ground.create(Map.of("loadbalancer_id", loadBalancer(ground.cloud)))
                .expect(201)
                .path("pool");
        ground.cloud.server(1);
        var member = ground.member(pool, 1, ground.cloud.serverSubnetId());

        assertThat(put(pool, "{\"type\": \"ip\"}").expect(400).path("error_msg").stringValue())
                .contains(member, "ip");
    }

    @Test
    void listsHoweverManyWithTheSameStatements() {
        var loadBalancer = loadBalancer(ground.cloud);
        var one = ground.create(Map.of("loadbalancer_id", loadBalancer))
                .expect(201)
                .path("pool");
        int few = Statements.during(
                () -> assertThat(ground.found("id=" + id(one))).hasSize(1));
        for (int i = 0; i < 9; i++) {
            var listener = listener(loadBalancer, "HTTP", 9000 + i);
            var pool =
                    ground.create(Map.of("listener_id", listener)).expect(201).path("pool");
            ground.cloud.server(i + 1);
            ground.member(pool, i + 1, ground.cloud.serverSubnetId());
        }

        int many = Statements.during(() ->
                assertThat(ground.found("loadbalancer_id=" + loadBalancer)).hasSize(10));

        assertThat(many).isEqualTo(few).isLessThanOrEqualTo(6);
    }

    private Api.Answer put(JsonNode pool, String fields) {
        return api.put(ground.path(pool), "{\"pool\": " + fields + "}");
    }

    private String loadBalancer(Cloud in) {
        return api.post(
                        api.elb("/loadbalancers"),
                        Map.of(
                                "loadbalancer",
                                Map.of(
                                        "vpc_id",
                                        in.vpcId(),
                                        "vip_subnet_cidr_id",
                                        in.vipSubnetId(),
                                        "availability_zone_list",
                                        List.of("az-1"))))
                .expect(201)
                .at("/loadbalancer/id")
                .stringValue();
    }

    private String listener(String loadBalancer, String protocol, int port) {
        return api.post(
                        api.elb("/listeners"),
                        Map.of(
                                "listener",
                                Map.of("loadbalancer_id", loadBalancer, "protocol", protocol, "protocol_port", port)))
                .expect(201)
                .at("/listener/id")
                .stringValue();
    }

    private Api.Answer bind(String listener, JsonNode pool) {
        return api.put(api.elb("/listeners/" + listener), Map.of("listener", Map.of("default_pool_id", id(pool))));
    }

    private JsonNode defaultPool(String listener) {
        return api.get(api.elb("/listeners/" + listener)).expect(200).at("/listener/default_pool_id");
    }

    private @Nullable String effectiveVpc(JsonNode pool) {
        return jdbc.sql("select effective_vpc_id from pool where id = :id")
                .param("id", UUID.fromString(id(pool)))
                .query((row, n) -> row.getString(1))
                .list()
                .getFirst();
    }
}
