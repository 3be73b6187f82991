package io.evenkeel.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A cloud of a test's own and the resources made in it, in as few words as a test needs. */
public final class Estate {

    private final Api api;
    private final Cloud cloud;

    private Estate(Api api, Cloud cloud) {
        this.api = api;
        this.cloud = cloud;
    }

    public static Estate create(Api api) {
        return new Estate(api, Cloud.create(api));
    }

    /** In a cloud whose servers and VIPs can really be bound. */
    public static Estate createOnLoopback(Api api) {
        return new Estate(api, Cloud.createOnLoopback(api));
    }

    public Cloud cloud() {
        return cloud;
    }

    private Api.Answer post(String path, String kind, Map<String, ?> defaults, Map<String, ?> more) {
        var body = new HashMap<String, Object>(defaults);
        body.putAll(more);
        return api.post(api.elb(path), Map.of(kind, body));
    }

    public Api.Answer postLoadBalancer(Map<String, ?> more) {
        var defaults =
                Map.of("vip_subnet_cidr_id", cloud.vipSubnetId(), "availability_zone_list", List.of("az-1", "az-2"));
        return post("/loadbalancers", "loadbalancer", defaults, more);
    }

    public String loadBalancer(Map<String, ?> more) {
        return id(postLoadBalancer(more), "loadbalancer");
    }

    public String loadBalancer() {
        return loadBalancer(Map.of());
    }

    public Api.Answer postListener(String loadBalancer, String protocol, int port, Map<String, ?> more) {
        var defaults = Map.of("loadbalancer_id", loadBalancer, "protocol", protocol, "protocol_port", port);
        return post("/listeners", "listener", defaults, more);
    }

    public String listener(String loadBalancer, String protocol, int port, Map<String, ?> more) {
        return id(postListener(loadBalancer, protocol, port, more), "listener");
    }

    /** A certificate of type server. */
    public String certificate(Pki.Issued issued) {
        var body = Map.of("type", "server", "certificate", issued.pem(), "private_key", issued.key());
        return id(post("/certificates", "certificate", Map.of(), body), "certificate");
    }

    public String listener(String loadBalancer, int port, String pool) {
        return listener(loadBalancer, "HTTP", port, Map.of("default_pool_id", pool));
    }

    /** Takes the pool as default, or none for {@code null} as text. */
    public Api.Answer bind(String listener, String pool) {
        var value = pool.equals("null") ? "null" : "\"" + pool + "\"";
        return api.put(api.elb("/listeners/" + listener), "{\"listener\": {\"default_pool_id\": " + value + "}}");
    }

    public Api.Answer postPool(Map<String, ?> more) {
        return post("/pools", "pool", Map.of("protocol", "HTTP", "lb_algorithm", "ROUND_ROBIN"), more);
    }

    public String pool(Map<String, ?> more) {
        return id(postPool(more), "pool");
    }

    public String poolOf(String loadBalancer) {
        return pool(Map.of("loadbalancer_id", loadBalancer));
    }

    /** A pool of servers of the cloud's VPC that any of its load balancers may use. */
    public String sharedPool() {
        return pool(Map.of("type", "instance", "vpc_id", cloud.vpcId()));
    }

    public Api.Answer postMonitor(String pool) {
        var defaults = Map.of("type", "TCP", "delay", 5, "timeout", 3, "max_retries", 3);
        return post("/healthmonitors", "healthmonitor", defaults, Map.of("pool_id", pool));
    }

    public String monitor(String pool) {
        return id(postMonitor(pool), "healthmonitor");
    }

    /** Makes the cloud's n-th server a member; it must be in the inventory. */
    public Api.Answer postMember(String pool, int server, Map<String, ?> more) {
        var defaults =
                Map.of("address", cloud.address(server), "subnet_cidr_id", cloud.serverSubnetId(), "protocol_port", 80);
        return post("/pools/" + pool + "/members", "member", defaults, more);
    }

    public String member(String pool, int server, Map<String, ?> more) {
        return id(postMember(pool, server, more), "member");
    }

    public String member(String pool, int server) {
        return member(pool, server, Map.of());
    }

    /** Puts servers 1 to {@code count} into the inventory. */
    public void servers(int count) {
        for (int n = 1; n <= count; n++) {
            cloud.server(n);
        }
    }

    /** An HTTP listener whose policies have priorities and all actions. */
    public String advancedListener(String loadBalancer, int port) {
        return listener(loadBalancer, "HTTP", port, Map.of("enhance_l7policy_enable", true));
    }

    public Api.Answer postPolicy(String listener, Map<String, ?> more) {
        return post("/l7policies", "l7policy", Map.of("listener_id", listener), more);
    }

    /** A policy that leads requests of this path to the pool. */
    public String policy(String listener, String path, String pool) {
        var rule = Map.of("type", "PATH", "compare_type", "EQUAL_TO", "value", path);
        var body = Map.of("action", "REDIRECT_TO_POOL", "redirect_pool_id", pool, "name", path, "rules", List.of(rule));
        return id(postPolicy(listener, body), "l7policy");
    }

    /** The policies of a listener with whole rules, in the order in which they were made. */
    public List<JsonNode> policies(String listener) {
        return rows(api.get(api.elb("/l7policies?display_all_rules=true&listener_id=" + listener))
                .expect(200));
    }

    /** Makes anything of these fields alone. */
    public String create(String path, String kind, Map<String, ?> fields) {
        return id(post(path, kind, Map.of(), fields), kind);
    }

    public Api.Answer change(String path, String kind, Map<String, ?> fields) {
        return api.put(api.elb(path), Map.of(kind, fields));
    }

    public Api.Answer delete(String path) {
        return api.delete(api.elb(path));
    }

    public JsonNode show(String path) {
        return first(api.get(api.elb(path)).expect(200));
    }

    private static JsonNode first(JsonNode answer) {
        return answer.valueStream().filter(JsonNode::isObject).findFirst().orElseThrow();
    }

    /** The ids of a list's answer, in its order. */
    public List<String> ids(String pathAndQuery) {
        return rows(api.get(api.elb(pathAndQuery)).expect(200)).stream()
                .map(row -> row.path("id").asString())
                .toList();
    }

    public static List<JsonNode> rows(JsonNode list) {
        return list.valueStream()
                .filter(JsonNode::isArray)
                .findFirst()
                .orElseThrow()
                .valueStream()
                .toList();
    }

    private static String id(Api.Answer answer, String kind) {
        return answer.expect(201).path(kind).path("id").asString();
    }
}
