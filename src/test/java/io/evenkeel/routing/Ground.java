package io.evenkeel.routing;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A load balancer of a test's own, and policies in as few words as a test needs. */
final class Ground {

    final Api api;
    final Cloud cloud;
    final String loadBalancerId;
    private int port = 8000;

    Ground(Api api) {
        this.api = api;
        cloud = Cloud.create(api);
        loadBalancerId = loadBalancer();
    }

    String loadBalancer() {
        return create(
                "loadbalancer",
                "/loadbalancers",
                Map.of("vip_subnet_cidr_id", cloud.vipSubnetId(), "availability_zone_list", List.of("az-1")));
    }

    String create(String kind, String path, Map<String, ?> body) {
        return api.post(api.elb(path), Map.of(kind, body))
                .expect(201)
                .path(kind)
                .path("id")
                .asString();
    }

    /** An HTTP listener, with advanced policies. */
    String advanced() {
        return listener(Map.of("enhance_l7policy_enable", true));
    }

    /** An HTTP listener without them. */
    String plain() {
        return listener(Map.of());
    }

    String listener(Map<String, ?> more) {
        var body = new HashMap<String, Object>(
                Map.of("loadbalancer_id", loadBalancerId, "protocol", "HTTP", "protocol_port", port++));
        body.putAll(more);
        return create("listener", "/listeners", body);
    }

    /** An HTTPS listener, whose certificate nobody needs to see. */
    String https(JdbcClient jdbc) {
        var id = listener(Map.of("protocol", "HTTP"));
        jdbc.sql(
                        "update listener set protocol = 'HTTPS', default_tls_container_ref = 'none', tls_ciphers_policy = 'tls-1-2' where id = :id")
                .param("id", UUID.fromString(id))
                .update();
        return id;
    }

    String pool() {
        return pool(Map.of());
    }

    String pool(Map<String, ?> more) {
        var body = new HashMap<String, Object>(
                Map.of("protocol", "HTTP", "lb_algorithm", "ROUND_ROBIN", "loadbalancer_id", loadBalancerId));
        body.putAll(more);
        return create("pool", "/pools", body);
    }

    Api.Answer post(String listener, Map<String, ?> body) {
        var all = new HashMap<String, Object>(Map.of("listener_id", listener));
        all.putAll(body);
        return api.post(api.elb("/l7policies"), Map.of("l7policy", all));
    }

    JsonNode make(String listener, Map<String, ?> body) {
        return post(listener, body).expect(201).path("l7policy");
    }

    /** A policy to a new pool. */
    String policy(String listener, Map<String, ?> more) {
        var body = new HashMap<String, Object>(Map.of("action", "REDIRECT_TO_POOL", "redirect_pool_id", pool()));
        body.putAll(more);
        return make(listener, body).path("id").asString();
    }

    Api.Answer put(String policy, Map<String, ?> fields) {
        return api.put(api.elb("/l7policies/" + policy), Map.of("l7policy", fields));
    }

    JsonNode show(String policy) {
        return api.get(api.elb("/l7policies/" + policy)).expect(200).path("l7policy");
    }

    List<String> ids(String path) {
        var answer = api.get(api.elb(path)).expect(200);
        return answer.valueStream()
                .filter(JsonNode::isArray)
                .findFirst()
                .orElseThrow()
                .valueStream()
                .map(row -> row.path("id").asString())
                .toList();
    }

    static Map<String, Object> path(String compareType, String value) {
        return Map.of("type", "PATH", "compare_type", compareType, "value", value);
    }

    static Map<String, Object> host(String value) {
        return Map.of("type", "HOST_NAME", "compare_type", "EQUAL_TO", "value", value);
    }
}
