package io.evenkeel.demo;

import io.evenkeel.identity.BootstrapCredentials;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

/** Makes the demo through the REST API, one call after another, as the README shows. */
final class DemoLoader {

    private final RestClient api;
    private final String projectId;

    DemoLoader(String root, BootstrapCredentials credentials) {
        this.projectId = credentials.projectId();
        this.api = RestClient.builder()
                .baseUrl(root)
                .defaultHeader("X-Auth-Token", credentials.token().value())
                .build();
    }

    /** True when the project has neither VPCs nor load balancers: the demo mixes with nothing of the user's. */
    boolean isEmpty() {
        return get(inventory("/vpcs")).path("vpcs").isEmpty()
                && get(elb("/loadbalancers")).path("loadbalancers").isEmpty();
    }

    void load() {
        loadInventory();
        var loadBalancerId = create(
                "loadbalancer",
                "/loadbalancers",
                Map.of(
                        "name", "demo",
                        "vip_subnet_cidr_id", DemoCloud.VIP_SUBNET_ID,
                        "vip_address", DemoCloud.VIP,
                        "availability_zone_list", DemoCloud.AVAILABILITY_ZONES));
        serve(loadBalancerId, "HTTP", DemoCloud.HTTP_PORT, Map.of("type", "HTTP", "url_path", "/"));
        serve(loadBalancerId, "TCP", DemoCloud.TCP_PORT, Map.of("type", "TCP"));
    }

    private void loadInventory() {
        DemoCloud.AVAILABILITY_ZONES.forEach(zone -> put("/inventory/v1/availability-zones/" + zone, Map.of()));
        put(inventory("/vpcs/" + DemoCloud.VPC_ID), Map.of("name", "demo", "cidr", DemoCloud.VPC_CIDR));
        putSubnet(DemoCloud.VIP_SUBNET_ID, DemoCloud.VIP_SUBNET_CIDR);
        putSubnet(DemoCloud.SERVER_SUBNET_ID, DemoCloud.SERVER_SUBNET_CIDR);
        DemoCloud.SERVERS.forEach(server -> put(
                inventory("/servers/" + server.name()),
                Map.of(
                        "name", server.name(),
                        "availability_zone", server.availabilityZone(),
                        "os", Map.of("type", "linux", "distribution", "debian", "version", "12"),
                        "status", "ACTIVE",
                        "addresses",
                                List.of(Map.of(
                                        "subnet_id", DemoCloud.SERVER_SUBNET_ID, "address", server.address())))));
    }

    private void putSubnet(String id, String cidr) {
        put(inventory("/subnets/" + id), Map.of("name", id, "vpc_id", DemoCloud.VPC_ID, "cidr", cidr));
    }

    private void serve(String loadBalancerId, String protocol, int port, Map<String, Object> check) {
        var poolId = create(
                "pool",
                "/pools",
                Map.of(
                        "name",
                        "demo-" + protocol,
                        "protocol",
                        protocol,
                        "lb_algorithm",
                        "ROUND_ROBIN",
                        "loadbalancer_id",
                        loadBalancerId));
        var monitor = new HashMap<String, Object>(check);
        monitor.putAll(Map.of("pool_id", poolId, "delay", 2, "timeout", 1, "max_retries", 2, "max_retries_down", 2));
        create("healthmonitor", "/healthmonitors", monitor);
        DemoCloud.SERVERS.forEach(server -> create(
                "member",
                "/pools/" + poolId + "/members",
                Map.of(
                        "name", server.name(),
                        "address", server.address(),
                        "subnet_cidr_id", DemoCloud.SERVER_SUBNET_ID,
                        "protocol_port", DemoCloud.SERVER_PORT,
                        "weight", server.weight())));
        create(
                "listener",
                "/listeners",
                Map.of(
                        "name", "demo-" + protocol,
                        "protocol", protocol,
                        "protocol_port", port,
                        "loadbalancer_id", loadBalancerId,
                        "default_pool_id", poolId));
    }

    private String inventory(String path) {
        return "/inventory/v1/" + projectId + path;
    }

    private String elb(String path) {
        return "/v3/" + projectId + "/elb" + path;
    }

    private JsonNode get(String path) {
        return body(api.get().uri(path).retrieve());
    }

    private void put(String path, Map<String, Object> body) {
        api.put()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .retrieve()
                .toBodilessEntity();
    }

    private String create(String wrapper, String path, Map<String, Object> body) {
        var answer = body(api.post()
                .uri(elb(path))
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of(wrapper, body))
                .retrieve());
        return answer.path(wrapper).path("id").asString();
    }

    private static JsonNode body(RestClient.ResponseSpec answer) {
        return Objects.requireNonNull(answer.body(JsonNode.class));
    }
}
