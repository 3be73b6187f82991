package io.evenkeel.outage.load;

import io.evenkeel.livechanges.load.Backend;
import io.evenkeel.livechanges.scene.Scene;
import io.evenkeel.testing.Api;
import io.evenkeel.testing.Estate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is configured: for each zone a load balancer of its own, which the worker of that zone alone serves, with an
 * answer that says its revision; where wanted, listeners for HTTP and TCP before servers that are checked.
 */
public final class Layout implements AutoCloseable {

    private static final int SERVERS = 2;

    private final Estate estate;
    private final List<Door> doors = new ArrayList<>();
    private final Map<Door, String> policies = new HashMap<>();
    private final List<Backend> backends = new ArrayList<>();

    public Layout(Api api, List<String> zones, boolean hasServers) throws IOException {
        estate = Estate.createOnLoopback(api);
        if (hasServers) {
            for (int server = 1; server <= SERVERS; server++) {
                estate.cloud().server(server);
                backends.add(new Backend(estate.cloud().address(server), server));
            }
        }
        for (var zone : zones) {
            api.put("/inventory/v1/availability-zones/" + zone, Map.of());
            addDoor(zone, hasServers);
        }
    }

    private void addDoor(String zone, boolean hasServers) throws IOException {
        var vip = estate.cloud().vip(10 + doors.size());
        var door = new Door("worker of " + zone, vip, Ports.free(vip), Ports.free(vip));
        var loadBalancer = estate.loadBalancer(Map.of("vip_address", vip, "availability_zone_list", List.of(zone)));
        var web = estate.advancedListener(loadBalancer, door.webPort());
        var rule = Map.of("type", "PATH", "compare_type", "EQUAL_TO", "value", Door.REVISION);
        policies.put(
                door,
                estate.create(
                        "/l7policies",
                        "l7policy",
                        Map.of(
                                "listener_id",
                                web,
                                "action",
                                "FIXED_RESPONSE",
                                "fixed_response_config",
                                answer(0),
                                "rules",
                                List.of(rule))));
        if (hasServers) {
            var pool = pool(loadBalancer, "HTTP", Scene.HTTP_PORT);
            estate.change("/listeners/" + web, "listener", Map.of("default_pool_id", pool))
                    .expect(200);
            var stream = pool(loadBalancer, "TCP", Scene.TCP_PORT);
            estate.listener(loadBalancer, "TCP", door.streamPort(), Map.of("default_pool_id", stream));
        }
        doors.add(door);
    }

    private String pool(String loadBalancer, String protocol, int port) {
        var pool = estate.pool(Map.of("loadbalancer_id", loadBalancer, "protocol", protocol));
        for (int server = 1; server <= SERVERS; server++) {
            estate.member(pool, server, Map.of("protocol_port", port));
        }
        estate.create(
                "/healthmonitors",
                "healthmonitor",
                Map.of(
                        "pool_id",
                        pool,
                        "type",
                        "HTTP",
                        "delay",
                        1,
                        "timeout",
                        1,
                        "max_retries",
                        2,
                        "monitor_port",
                        Scene.CHECK_PORT));
        return pool;
    }

    private static Map<String, Object> answer(long revision) {
        return Map.of("status_code", "200", "content_type", "text/plain", "message_body", Long.toString(revision));
    }

    /** A VIP of the n-th zone (from 0) that nothing has yet. */
    String spareVip(int zone) {
        return estate.cloud().vip(100 + zone);
    }

    public Estate estate() {
        return estate;
    }

    public List<Door> doors() {
        return doors;
    }

    /** Changes what the door says, by a write that advances its load balancer. */
    public Api.Answer revise(Door door, long revision) {
        return estate.change(
                "/l7policies/" + policy(door), "l7policy", Map.of("fixed_response_config", answer(revision)));
    }

    /** What the database says that the door is to say. */
    public long revision(Door door) {
        var body = estate.show("/l7policies/" + policy(door)).path("fixed_response_config");
        return Long.parseLong(body.path("message_body").asString());
    }

    private String policy(Door door) {
        return Objects.requireNonNull(policies.get(door));
    }

    /** Only the servers end; what was made stays with its database. */
    @Override
    public void close() {
        backends.forEach(Backend::close);
    }
}
