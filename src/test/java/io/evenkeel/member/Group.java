package io.evenkeel.member;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A pool of a test's own, and calls about its members. */
public final class Group {

    private final Api api;
    private final Cloud cloud;
    private final String id;

    private Group(Api api, Cloud cloud, String id) {
        this.api = api;
        this.cloud = cloud;
        this.id = id;
    }

    /** A pool of the cloud's VPC that no load balancer uses. */
    public static Group create(Api api, Cloud cloud, Map<String, Object> more) {
        var pool = new HashMap<String, Object>(
                Map.of("protocol", "TCP", "lb_algorithm", "ROUND_ROBIN", "type", "instance", "vpc_id", cloud.vpcId()));
        pool.putAll(more);
        pool.values().remove("");
        var created = api.post(api.elb("/pools"), Map.of("pool", pool)).expect(201);
        return new Group(api, cloud, created.at("/pool/id").asString());
    }

    public static Group create(Api api, Cloud cloud) {
        return create(api, cloud, Map.of());
    }

    /** A pool of a new load balancer of the cloud that has no VIP. */
    public static Group createBound(Api api, Cloud cloud, boolean takesIpTargets) {
        var wanted = Map.of(
                "vpc_id", cloud.vpcId(), "availability_zone_list", List.of("az-1"), "ip_target_enable", takesIpTargets);
        var loadBalancerId = api.post(api.elb("/loadbalancers"), Map.of("loadbalancer", wanted))
                .expect(201)
                .at("/loadbalancer/id")
                .asString();
        var pool = Map.of("protocol", "TCP", "lb_algorithm", "ROUND_ROBIN", "loadbalancer_id", loadBalancerId);
        var created = api.post(api.elb("/pools"), Map.of("pool", pool)).expect(201);
        return new Group(api, cloud, created.at("/pool/id").asString());
    }

    public String id() {
        return id;
    }

    String path(String rest) {
        return api.elb("/pools/" + id + "/members" + rest);
    }

    /** What adds the cloud's n-th server on port 80. */
    public Map<String, Object> item(int n) {
        var item = new HashMap<String, Object>();
        item.put("address", cloud.address(n));
        item.put("subnet_cidr_id", cloud.serverSubnetId());
        item.put("protocol_port", 80);
        return item;
    }

    public Api.Answer add(Map<String, Object> item) {
        return api.post(path(""), Map.of("member", item));
    }

    JsonNode added(int n) {
        return add(item(n)).expect(201).path("member");
    }

    Api.Answer batch(String operation, List<?> items) {
        return api.post(path("/batch-" + operation), Map.of("members", items));
    }
}
