package io.evenkeel.member;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A pool of a test's own, and calls about its members. */
final class Group {

    private final Api api;
    private final Cloud cloud;
    private final String id;

    private Group(Api api, Cloud cloud, String id) {
        this.api = api;
        this.cloud = cloud;
        this.id = id;
    }

    /** A pool of the cloud's VPC that no load balancer uses. */
    static Group create(Api api, Cloud cloud, Map<String, Object> more) {
        var pool = new HashMap<String, Object>(
                Map.of("protocol", "TCP", "lb_algorithm", "ROUND_ROBIN", "type", "instance", "vpc_id", cloud.vpcId()));
        pool.putAll(more);
        pool.values().remove("");
        var created = api.post(api.elb("/pools"), Map.of("pool", pool)).expect(201);
        return new Group(api, cloud, created.at("/pool/id").asString());
    }

    static Group create(Api api, Cloud cloud) {
        return create(api, cloud, Map.of());
    }

    /** A pool created for a new load balancer of the cloud, whose row is written here without its VIP. */
    static Group createBound(Api api, JdbcClient jdbc, Cloud cloud, boolean takesIpTargets) {
        var loadBalancerId = UUID.randomUUID();
        jdbc.sql("""
                        insert into load_balancer (id, project_id, generation, created_at, updated_at, name, description,
                            admin_state_up, vpc_id, availability_zones, backend_subnet_ids, ip_target_enable,
                            deletion_protection_enable, public_ips, waf_failure_action, protection_status,
                            protection_reason, enterprise_project_id, tags)
                        values (:id, :project, 1, now(), now(), '', '', true, :vpc, '{az-1}', '{}', :ipTargets, false,
                            '[]', 'forward', 'nonProtection', '', '0', '[]')""")
                .param("id", loadBalancerId)
                .param("project", api.projectId())
                .param("vpc", cloud.vpcId())
                .param("ipTargets", takesIpTargets)
                .update();
        var pool =
                Map.of("protocol", "TCP", "lb_algorithm", "ROUND_ROBIN", "loadbalancer_id", loadBalancerId.toString());
        var created = api.post(api.elb("/pools"), Map.of("pool", pool)).expect(201);
        return new Group(api, cloud, created.at("/pool/id").asString());
    }

    String id() {
        return id;
    }

    String path(String rest) {
        return api.elb("/pools/" + id + "/members" + rest);
    }

    /** What adds the cloud's n-th server on port 80. */
    Map<String, Object> item(int n) {
        var item = new HashMap<String, Object>();
        item.put("address", cloud.address(n));
        item.put("subnet_cidr_id", cloud.serverSubnetId());
        item.put("protocol_port", 80);
        return item;
    }

    Api.Answer add(Map<String, Object> item) {
        return api.post(path(""), Map.of("member", item));
    }

    JsonNode added(int n) {
        return add(item(n)).expect(201).path("member");
    }

    Api.Answer batch(String operation, List<?> items) {
        return api.post(path("/batch-" + operation), Map.of("members", items));
    }
}
