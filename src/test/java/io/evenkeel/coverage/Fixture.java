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
    final String advancedListenerId;
    final String httpsListenerId;
    final String policyId;
    final String redirectingPolicyId;
    final String ruleId;
    final String standbyPoolId;
    final String jobId;
    final String copiedLoadBalancerId;
    final String checkJobId;

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
        var advanced = listener(82);
        advanced.putAll(fields("enhance_l7policy_enable", true, "default_pool_id", poolId));
        advancedListenerId = create("listener", "/listeners", advanced);
        httpsListenerId = create("listener", "/listeners", httpsListener(443));
        policyId = create("l7policy", "/l7policies", policy());
        var redirecting = policy();
        redirecting.remove("redirect_pool_id");
        redirecting.putAll(fields("action", "REDIRECT_TO_LISTENER", "redirect_listener_id", httpsListenerId));
        redirecting.put("listener_id", listenerId);
        redirectingPolicyId = create("l7policy", "/l7policies", redirecting);
        ruleId = create("rule", "/l7policies/" + policyId + "/rules", rule());
        standbyPoolId = create("pool", "/master-slave-pools", standbyPool());
        var batch = api.post(api.elb("/loadbalancers/batch-create"), Map.of("loadbalancer", loadBalancer()))
                .expect(201);
        jobId = batch.path("job_id").asString();
        copiedLoadBalancerId = batch.path("loadbalancer_ids").get(0).asString();
        checkJobId = api.post(
                        api.elb("/members/" + memberId + "/health-check"),
                        Map.of("member_check", fields("listener_id", advancedListenerId, "subject", "all")))
                .expect(201)
                .path("member_check")
                .path("job_id")
                .asString();
    }

    private String create(String wrapper, String path, Map<String, Object> body) {
        return api.post(api.elb(path), Map.of(wrapper, body))
                .expect(201)
                .path(wrapper)
                .path("id")
                .asString();
    }

    Map<String, Object> loadBalancer() {
        return fields("vip_subnet_cidr_id", cloud.vipSubnetId(), "availability_zone_list", List.of("az-1"));
    }

    Map<String, Object> pool() {
        return fields("protocol", "HTTP", "lb_algorithm", "ROUND_ROBIN", "loadbalancer_id", loadBalancerId);
    }

    Map<String, Object> member(int server) {
        return fields(
                "address", cloud.address(server), "subnet_cidr_id", cloud.serverSubnetId(), "protocol_port", 8080);
    }

    Map<String, Object> monitor(String pool) {
        return fields("pool_id", pool, "type", "HTTP", "delay", 5, "timeout", 3, "max_retries", 2);
    }

    Map<String, Object> ipGroup() {
        return fields("ip_list", List.of(Map.of("ip", "10.0.0.0/8")));
    }

    Map<String, Object> logtank() {
        return fields("loadbalancer_id", loadBalancerId, "log_group_id", "group", "log_topic_id", "topic");
    }

    Map<String, Object> listener(int port) {
        return fields("loadbalancer_id", loadBalancerId, "protocol", "HTTP", "protocol_port", port);
    }

    Map<String, Object> certificate() {
        var issued = Pki.selfSigned("fixture.example");
        return fields("certificate", issued.pem(), "private_key", issued.key());
    }

    Map<String, Object> securityPolicy() {
        return fields("protocols", List.of("TLSv1.2"), "ciphers", List.of("AES128-SHA"));
    }

    Map<String, Object> httpsListener(int port) {
        return fields(
                "loadbalancer_id",
                loadBalancerId,
                "protocol",
                "HTTPS",
                "protocol_port",
                port,
                "default_tls_container_ref",
                certificateId);
    }

    Map<String, Object> policy() {
        return fields("action", "REDIRECT_TO_POOL", "listener_id", advancedListenerId, "redirect_pool_id", freePoolId);
    }

    Map<String, Object> rule() {
        return fields("type", "PATH", "compare_type", "STARTS_WITH", "value", "/x");
    }

    Map<String, Object> standbyPool() {
        return fields(
                "protocol",
                "TCP",
                "lb_algorithm",
                "ROUND_ROBIN",
                "loadbalancer_id",
                loadBalancerId,
                "members",
                List.of(standbyMember(1, "master"), standbyMember(2, "slave")),
                "healthmonitor",
                fields("type", "TCP", "delay", 5, "timeout", 3, "max_retries", 2));
    }

    private Map<String, Object> standbyMember(int server, String role) {
        var member = member(server);
        member.put("role", role);
        return member;
    }

    static Map<String, Object> fields(Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
