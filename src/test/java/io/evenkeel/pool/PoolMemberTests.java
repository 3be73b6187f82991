package io.evenkeel.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Pools in a VPC, with the members in them. */
@EvenkeelTest
class PoolMemberTests {

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient jdbc;

    private Cloud cloud;

    @BeforeEach
    void createCloud() {
        cloud = Cloud.create(api);
    }

    @Test
    void takesOnlyVpcsOfTheInventory() {
        assertThat(create(Map.of("type", "instance", "vpc_id", "vpc-unknown"))
                        .expect(404)
                        .path("error_msg")
                        .stringValue())
                .isEqualTo("vpc vpc-unknown could not be found.");
        var pool = create(Map.of("type", "instance", "vpc_id", cloud.vpcId()))
                .expect(201)
                .path("pool");
        assertThat(pool.path("vpc_id").stringValue()).isEqualTo(cloud.vpcId());
        assertThat(found("vpc_id=" + cloud.vpcId())).containsExactly(id(pool));
        assertThat(api.delete(api.inventory("/vpcs/" + cloud.vpcId())).status()).isEqualTo(409);
    }

    @Test
    void isFoundByItsMembersAndKeptByThem() {
        var pool = create(Map.of("type", "instance", "vpc_id", cloud.vpcId()))
                .expect(201)
                .path("pool");
        cloud.server(1);
        cloud.server(2);
        var first = member(pool, 1, null);
        var second = member(pool, 2, cloud.serverSubnetId());

        assertThat(ids(api.get(path(pool)).expect(200).at("/pool/members"))).containsExactlyInAnyOrder(first, second);
        assertThat(found("member_address=" + cloud.address(1))).containsExactly(id(pool));
        assertThat(found("member_device_id=" + cloud.serverId(2))).containsExactly(id(pool));
        assertThat(found("member_instance_id=" + cloud.serverId(2) + "&member_instance_id=x"))
                .containsExactly(id(pool));
        assertThat(found("member_address=" + cloud.address(1) + "&member_device_id=" + cloud.serverId(1)))
                .containsExactly(id(pool));
        assertThat(found("member_address=" + cloud.address(1) + "&member_device_id=" + cloud.serverId(2)))
                .as("no single member has both")
                .isEmpty();
        assertThat(found("member_address=" + cloud.address(3))).isEmpty();
        assertThat(api.delete(path(pool)).expect(409).path("error_msg").stringValue())
                .containsAnyOf(first, second)
                .contains(id(pool));
    }

    private Api.Answer create(Map<String, ?> fields) {
        var pool = new HashMap<String, Object>(Map.of("protocol", "HTTP", "lb_algorithm", "ROUND_ROBIN"));
        pool.putAll(fields);
        return api.post(api.elb("/pools"), Map.of("pool", pool));
    }

    /** A member's row as the member side writes it; null for the subnet makes it an IP member. */
    private String member(JsonNode pool, int server, @Nullable String subnetId) {
        var id = UUID.randomUUID();
        jdbc.sql("""
                        with joined as (update pool set member_count = member_count + 1 where id = :pool)
                        insert into member (id, project_id, pool_id, vpc_id, server_id, address, subnet_id, created_at,
                                            updated_at, name, protocol_port, weight)
                        values (:id, :project, :pool, :vpc, :server, cast(:address as inet), :subnet, now(), now(), '', 80, 1)
                        """)
                .param("id", id)
                .param("project", api.projectId())
                .param("pool", UUID.fromString(id(pool)))
                .param("vpc", cloud.vpcId())
                .param("server", cloud.serverId(server))
                .param("address", cloud.address(server))
                .param("subnet", subnetId)
                .update();
        return id.toString();
    }

    private List<String> found(String query) {
        return ids(api.get(api.elb("/pools?" + query)).expect(200).path("pools"));
    }

    private static List<String> ids(JsonNode refs) {
        return refs.valueStream().map(ref -> ref.path("id").stringValue()).toList();
    }

    private static String id(JsonNode pool) {
        return pool.path("id").stringValue();
    }

    private String path(JsonNode pool) {
        return api.elb("/pools/" + id(pool));
    }
}
