package io.evenkeel.pool;

import static io.evenkeel.pool.PoolGround.id;
import static io.evenkeel.pool.PoolGround.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.EvenkeelTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Pools in a VPC, with the members in them. */
@EvenkeelTest
class PoolMemberTests {

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
    void takesOnlyVpcsOfTheInventory() {
        assertThat(ground.create(Map.of("type", "instance", "vpc_id", "vpc-unknown"))
                        .expect(404)
                        .path("error_msg")
                        .stringValue())
                .isEqualTo("vpc vpc-unknown could not be found.");
        var pool = ground.create(Map.of("type", "instance", "vpc_id", ground.cloud.vpcId()))
                .expect(201)
                .path("pool");
        assertThat(pool.path("vpc_id").stringValue()).isEqualTo(ground.cloud.vpcId());
        assertThat(ground.found("vpc_id=" + ground.cloud.vpcId())).containsExactly(id(pool));
        assertThat(api.delete(api.inventory("/vpcs/" + ground.cloud.vpcId())).status())
                .isEqualTo(409);
    }

    @Test
    void isFoundByItsMembersAndKeptByThem() {
        var pool = ground.create(Map.of("type", "instance", "vpc_id", ground.cloud.vpcId()))
                .expect(201)
                .path("pool");
        ground.cloud.server(1);
        ground.cloud.server(2);
        var first = ground.member(pool, 1, null);
        var second = ground.member(pool, 2, ground.cloud.serverSubnetId());

        assertThat(ids(api.get(ground.path(pool)).expect(200).at("/pool/members")))
                .containsExactlyInAnyOrder(first, second);
        assertThat(ground.found("member_address=" + ground.cloud.address(1))).containsExactly(id(pool));
        assertThat(ground.found("member_device_id=" + ground.cloud.serverId(2))).containsExactly(id(pool));
        assertThat(ground.found("member_instance_id=" + ground.cloud.serverId(2) + "&member_instance_id=x"))
                .containsExactly(id(pool));
        assertThat(ground.found(
                        "member_address=" + ground.cloud.address(1) + "&member_device_id=" + ground.cloud.serverId(1)))
                .containsExactly(id(pool));
        assertThat(ground.found(
                        "member_address=" + ground.cloud.address(1) + "&member_device_id=" + ground.cloud.serverId(2)))
                .as("no single member has both")
                .isEmpty();
        assertThat(ground.found("member_address=" + ground.cloud.address(3))).isEmpty();
        assertThat(api.delete(ground.path(pool)).expect(409).path("error_msg").stringValue())
                .containsAnyOf(first, second)
                .contains(id(pool));
    }
}
