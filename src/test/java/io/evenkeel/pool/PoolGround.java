package io.evenkeel.pool;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A cloud of a test's own, and calls about pools in it. */
final class PoolGround {

    final Cloud cloud;
    private final Api api;
    private final JdbcClient jdbc;

    PoolGround(Api api, JdbcClient jdbc) {
        this.api = api;
        this.jdbc = jdbc;
        cloud = Cloud.create(api);
    }

    Api.Answer create(Map<String, ?> fields) {
        var pool = new HashMap<String, Object>(Map.of("protocol", "HTTP", "lb_algorithm", "ROUND_ROBIN"));
        pool.putAll(fields);
        return api.post(api.elb("/pools"), Map.of("pool", pool));
    }

    /** A member's row as the member side writes it; null for the subnet makes it an IP member. */
    String member(JsonNode pool, int server, @Nullable String subnetId) {
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

    List<String> found(String query) {
        return ids(api.get(api.elb("/pools?" + query)).expect(200).path("pools"));
    }

    static List<String> ids(JsonNode refs) {
        return refs.valueStream().map(ref -> ref.path("id").stringValue()).toList();
    }

    static String id(JsonNode pool) {
        return pool.path("id").stringValue();
    }

    String path(JsonNode pool) {
        return api.elb("/pools/" + id(pool));
    }
}
