package io.evenkeel.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.testing.Api;
import io.evenkeel.testing.Cloud;
import io.evenkeel.testing.EvenkeelTest;
import io.evenkeel.testing.Pki;
import io.evenkeel.testing.TestInstance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls that Schemathesis makes of {@code openapi/elb-v3.yaml}, right and wrong ones: none is answered with 500, or
 * otherwise than the file says. Opt-in ({@code ./mvnw -Pschemathesis verify}): needs Python 3.
 */
@Tag("schemathesis")
@EvenkeelTest
class SchemathesisTests {

    private static final String CHECKS =
            "not_a_server_error,status_code_conformance,content_type_conformance," + "response_schema_conformance";
    private static final int OF_EACH = 5;
    /** The same calls in each run, as far as answers do not lead them elsewhere. */
    private static final String SEED = "3";

    @Autowired
    private Api api;

    private final Map<String, List<String>> known = new HashMap<>();

    @Test
    void everyAnswerIsAsTheFileSays() {
        createResources();
        var python = Tool.of("schemathesis", environment());
        if (!python.has("venv/bin/pip")) {
            python.run("python3", "-m", "venv", "venv");
        }
        python.run("venv/bin/pip", "install", "--quiet", "-r", "requirements.txt");

        // Deletions come last: what they leave is of no use to the others.
        assertThat(call(python, "--exclude-operation-id-regex", "Delete")).contains("Test cases:");
        assertThat(call(python, "--include-operation-id-regex", "Delete")).contains("Test cases:");
    }

    private String call(Tool python, String selection, String operations) {
        return python.run(
                "venv/bin/schemathesis",
                "run",
                Path.of("openapi", "elb-v3.yaml").toAbsolutePath().toString(),
                "--url",
                api.root(),
                "--header",
                "X-Auth-Token: " + TestInstance.TOKEN,
                "--checks",
                CHECKS,
                "--phases",
                "examples,fuzzing",
                "--mode",
                "all",
                "--max-examples",
                System.getProperty("schemathesis.examples", "20"),
                "--seed",
                SEED,
                "--continue-on-failure",
                "--suppress-health-check",
                "all",
                "--no-shrink",
                "--warnings",
                "off",
                selection,
                operations);
    }

    private Map<String, String> environment() {
        return Map.of(
                "ELB_KNOWN",
                JsonMapper.shared().writeValueAsString(known),
                "SCHEMATHESIS_HOOKS",
                "hooks",
                "PYTHONPATH",
                ".");
    }

    /** Some of each kind, below one another. */
    private void createResources() {
        var cloud = Cloud.create(api);
        Stream.iterate(1, n -> n + 1).limit(OF_EACH).forEach(cloud::server);
        know("project_id", api.projectId());
        know("vip_subnet_cidr_id", cloud.vipSubnetId());
        know("subnet_cidr_id", cloud.serverSubnetId());
        know("vpc_id", cloud.vpcId());
        for (int n = 1; n <= OF_EACH; n++) {
            know("address", cloud.address(n));
            createLoadBalancer(cloud, n);
            create("ipgroup", "/ipgroups", Map.of("ip_list", List.of(Map.of("ip", "10.0.0.0/8"))));
            create(
                    "security_policy",
                    "/security-policies",
                    Map.of("protocols", List.of("TLSv1.2"), "ciphers", List.of("ECDHE-RSA-AES128-GCM-SHA256")));
            createCertificate();
            createStandbyPool(cloud, n);
        }
    }

    private void createCertificate() {
        var issued = Pki.selfSigned("schemathesis.example");
        var certificate = create(
                "certificate", "/certificates", Map.of("certificate", issued.pem(), "private_key", issued.key()));
        know("default_tls_container_ref", certificate);
    }

    /** Its id is known as that of a pool, like those of others: the calls find some of each. */
    private void createStandbyPool(Cloud cloud, int n) {
        create(
                "pool",
                "/master-slave-pools",
                Map.of(
                        "protocol",
                        "TCP",
                        "lb_algorithm",
                        "ROUND_ROBIN",
                        "vpc_id",
                        cloud.vpcId(),
                        "type",
                        "instance",
                        "members",
                        List.of(standby(cloud, n, "master"), standby(cloud, n % OF_EACH + 1, "slave")),
                        "healthmonitor",
                        Map.of("type", "TCP", "delay", 5, "timeout", 3, "max_retries", 2)));
    }

    private static Map<String, Object> standby(Cloud cloud, int server, String role) {
        return Map.of(
                "address",
                cloud.address(server),
                "subnet_cidr_id",
                cloud.serverSubnetId(),
                "protocol_port",
                8080,
                "role",
                role);
    }

    private void createLoadBalancer(Cloud cloud, int n) {
        var balancer = create(
                "loadbalancer",
                "/loadbalancers",
                Map.of("vip_subnet_cidr_id", cloud.vipSubnetId(), "availability_zone_list", List.of("az-1", "az-2")));
        var pool = create(
                "pool",
                "/pools",
                Map.of("protocol", "HTTP", "lb_algorithm", "ROUND_ROBIN", "loadbalancer_id", balancer));
        know("default_pool_id", pool);
        know("redirect_pool_id", pool);
        create(
                "member",
                "/pools/" + pool + "/members",
                Map.of("address", cloud.address(n), "subnet_cidr_id", cloud.serverSubnetId(), "protocol_port", 8080));
        create(
                "healthmonitor",
                "/healthmonitors",
                Map.of("pool_id", pool, "type", "HTTP", "delay", 5, "timeout", 3, "max_retries", 2));
        var listener = create(
                "listener",
                "/listeners",
                Map.of("loadbalancer_id", balancer, "protocol", "HTTP", "protocol_port", 80, "default_pool_id", pool));
        var policy = create(
                "l7policy",
                "/l7policies",
                Map.of("listener_id", listener, "action", "REDIRECT_TO_POOL", "redirect_pool_id", pool));
        know(
                "l7rule_id",
                create(
                        "rule",
                        "/l7policies/" + policy + "/rules",
                        Map.of("type", "PATH", "compare_type", "EQUAL_TO", "value", "/a")));
        create(
                "logtank",
                "/logtanks",
                Map.of("loadbalancer_id", balancer, "log_group_id", "group", "log_topic_id", "topic"));
    }

    private String create(String kind, String path, Map<String, Object> body) {
        var id = api.post(api.elb(path), Map.of(kind, body))
                .expect(201)
                .path(kind)
                .path("id")
                .asString();
        know(kind + "_id", id);
        return id;
    }

    private void know(String name, String value) {
        known.computeIfAbsent(name, none -> new ArrayList<>()).add(value);
    }
}
