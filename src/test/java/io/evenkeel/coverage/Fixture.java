package io.evenkeel.coverage;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.Pki;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One resource of each kind in one project, and the smallest body that makes another. */
final class Fixture {

    final Api api;
    final Cloud cloud;
    final String loadBalancerId;
    final String listenerId;
    final String poolId;
    final String memberId;
    final String monitorId;
    final String freePoolId;
    final String ipGroupId;
    final String logtankId;
    final String certificateId;
    final String securityPolicyId;

    Fixture(Api api) {
        this.api = api;
        cloud = Cloud.create(api);
        cloud.server(1);
        cloud.server(2);
        loadBalancerId = create("loadbalancer", "/loadbalancers", loadBalancer());
        poolId = create("pool", "/pools", pool());
        freePoolId = create("pool", "/pools", pool());
        memberId = create("member", "/pools/" + poolId + "/members", member(1));
        monitorId = create("healthmonitor", "/healthmonitors", monitor(poolId));
        listenerId = create("listener", "/listeners", listener(80));
        ipGroupId = create("ipgroup", "/ipgroups", ipGroup());
        logtankId = create("logtank", "/logtanks", logtank());
        certificateId = create("certificate", "/certificates", certificate());
        securityPolicyId = create("security_policy", "/security-policies", securityPolicy());
    }

    private String create(String wrapper, String path, Map<String, Object> body) {
        return api.post(api.elb(path), Map.of(wrapper, body))
                .expect(201)
                .path(wrapper)
                .path("id")
                .asString();
    }

    Map<String, Object> loadBalancer() {
        return of("vip_subnet_cidr_id", cloud.vipSubnetId(), "availability_zone_list", List.of("az-1"));
    }

    Map<String, Object> pool() {
        return of("protocol", "HTTP", "lb_algorithm", "ROUND_ROBIN", "loadbalancer_id", loadBalancerId);
    }

    Map<String, Object> member(int server) {
        return of("address", cloud.address(server), "subnet_cidr_id", cloud.serverSubnetId(), "protocol_port", 8080);
    }

    Map<String, Object> monitor(String pool) {
        return of("pool_id", pool, "type", "HTTP", "delay", 5, "timeout", 3, "max_retries", 2);
    }

    Map<String, Object> ipGroup() {
        return of("ip_list", List.of(Map.of("ip", "10.0.0.0/8")));
    }

    Map<String, Object> logtank() {
        return of("loadbalancer_id", loadBalancerId, "log_group_id", "group", "log_topic_id", "topic");
    }

    Map<String, Object> listener(int port) {
        return of("loadbalancer_id", loadBalancerId, "protocol", "HTTP", "protocol_port", port);
    }

    Map<String, Object> certificate() {
        var issued = Pki.selfSigned("fixture.example");
        return of("certificate", issued.pem(), "private_key", issued.key());
    }

    Map<String, Object> securityPolicy() {
        return of("protocols", List.of("TLSv1.2"), "ciphers", List.of("AES128-SHA"));
    }

    private static Map<String, Object> of(Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
