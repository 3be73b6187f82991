package io.evenkeel.coverage;

import static io.evenkeel.coverage.Fixture.fields;
import static java.util.Map.entry;

import io.evenkeel.coverage.ApiDocument.Attribute;
import io.evenkeel.coverage.ApiDocument.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.node.NullNode;

/** For each operation, a request that would be accepted, into which one value is put at a place. */
final class Samples {

    private enum Mark {
        ABSENT
    }

    /** Put at a place, it leaves the place out. */
    static final Object ABSENT = Mark.ABSENT;

    static final Object NULL = NullNode.getInstance();

    private static final Map<String, Object> HEADER = fields("key", "k", "value_type", "USER_DEFINED", "value", "v");

    /** What an object needs of which only one attribute is given; by its name, and that of what holds it if need be. */
    private static final Map<String, Map<String, Object>> SMALLEST = Map.ofEntries(
            entry("rules", fields("type", "PATH", "compare_type", "EQUAL_TO", "value", "/x")),
            entry("tags", fields("key", "k", "value", "")),
            entry("insert_headers_config.configs", HEADER),
            entry("remove_headers_config.configs", fields("key", "k")),
            entry("redirect_pools_config", fields("pool_id", UUID.randomUUID().toString())),
            entry("redirect_url_config", fields("status_code", "301", "path", "/moved")),
            entry("fixed_response_config", fields("status_code", "200")),
            entry("cors_config", fields("allow_origin", List.of("*"))),
            entry("conditions", fields("key", "", "value", "/x")),
            entry("session_persistence", fields("type", "HTTP_COOKIE")),
            entry("connection_drain", fields("enable", true, "timeout", 10)),
            entry("port_ranges", fields("start_port", 1000, "end_port", 1001)),
            entry("publicip", fields("network_type", "5_bgp", "bandwidth", fields("name", "b"))),
            entry("ip_list", fields("ip", "10.0.0.0/8")));

    private static final Set<String> OF_TLS = Set.of(
            "default_tls_container_ref",
            "client_ca_tls_container_ref",
            "sni_container_refs",
            "security_policy_id",
            "quic_listener_id");

    private static final String NOBODYS = "0198d7a0-0000-7000-8000-000000000000";

    private final Fixture fixture;

    Samples(Fixture fixture) {
        this.fixture = fixture;
    }

    /** The operation's path, its variables replaced; {@code about} names what the request will be about. */
    String path(Operation operation, String about, Map<String, String> given) {
        var path = operation.path();
        for (var variable : operation.variables()) {
            path = path.replace("{" + variable + "}", given.getOrDefault(variable, value(operation, variable, about)));
        }
        return path;
    }

    private String value(Operation operation, String variable, String about) {
        return switch (variable) {
            case "project_id" -> fixture.api.projectId();
            case "loadbalancer_id" -> fixture.loadBalancerId;
            case "listener_id" -> OF_TLS.contains(about) ? fixture.httpsListenerId : fixture.listenerId;
            case "pool_id" -> operation.path().contains("master-slave") ? fixture.standbyPoolId : fixture.poolId;
            case "member_id" -> fixture.memberId;
            case "healthmonitor_id" -> fixture.monitorId;
            case "l7policy_id" -> about.equals("redirect_listener_id") ? fixture.redirectingPolicyId : fixture.policyId;
            case "l7rule_id" -> fixture.ruleId;
            case "certificate_id" -> fixture.certificateId;
            case "security_policy_id" -> fixture.securityPolicyId;
            case "ipgroup_id" -> fixture.ipGroupId;
            case "logtank_id" -> fixture.logtankId;
            case "vpc_id" -> fixture.cloud.vpcId();
            case "subnet_id" -> fixture.cloud.serverSubnetId();
            case "server_id" -> fixture.cloud.serverId(1);
            case "job_id" -> operation.path().contains("/check/") ? fixture.checkJobId : fixture.jobId;
            case "flavor_id" -> "0c1f3c2e-5b0a-4c0e-9a51-5d6f4a4b0001";
            case "code" -> "az-1";
            // Nobody's, so that nothing is revoked.
            case "token_id" -> NOBODYS;
            case "access_key" -> NOBODYS;
            default -> throw new AssertionError("Give a value for {" + variable + "} of " + operation.name());
        };
    }

    /** A body that would be accepted, but for the value at the attribute. */
    Map<String, Object> body(Operation operation, Attribute attribute, Object value) {
        var body = body(operation, attribute.name());
        put(body, attribute.path(), value);
        if (attribute.toString().endsWith("redirect_pools_config.[].pool_id")) {
            put(body, attribute.path().subList(0, 3), fields("pool_id", value, "weight", 1));
            inner(body, "l7policy").remove("redirect_pool_id");
        }
        return body;
    }

    /** Follows the names, makes what is missing, and sets the last. */
    private static void put(Map<String, Object> body, List<String> path, Object value) {
        Object at = body;
        for (int i = 0; i < path.size(); i++) {
            boolean isLast = i == path.size() - 1;
            var fresh = isLast
                    ? value
                    : path.get(i + 1).equals("[]") ? new ArrayList<>() : smallest(path.subList(0, i + 1));
            at = at instanceof List ? inList(at, isLast, fresh) : inMap(at, path.get(i), isLast, fresh);
        }
    }

    @SuppressWarnings("unchecked") // A copy of a body is one.
    private static Map<String, Object> smallest(List<String> path) {
        var names = path.stream().filter(name -> !name.equals("[]")).toList();
        var name = names.getLast();
        var holder = names.size() > 1 ? names.get(names.size() - 2) : "";
        return (Map<String, Object>)
                mutable(SMALLEST.getOrDefault(holder + "." + name, SMALLEST.getOrDefault(name, Map.of())));
    }

    @SuppressWarnings("unchecked") // The lists of a body are of objects or of texts.
    private static Object inList(Object at, boolean isLast, Object fresh) {
        var items = (List<Object>) at;
        if (items.isEmpty()) {
            items.add(fresh);
        } else if (isLast) {
            items.set(0, fresh);
        }
        return items.getFirst();
    }

    @SuppressWarnings("unchecked") // The names of a body are texts.
    private static Object inMap(Object at, String name, boolean isLast, Object fresh) {
        var map = (Map<String, Object>) at;
        var there = map.getOrDefault(name, "");
        if (!isLast && (there instanceof Map || there instanceof List)) {
            return there;
        }
        if (fresh instanceof Mark) {
            map.remove(name);
        } else {
            map.put(name, fresh);
        }
        return fresh;
    }

    @SuppressWarnings("unchecked") // The wrapper's content is an object.
    private static Map<String, Object> inner(Map<String, Object> body, String wrapper) {
        return (Map<String, Object>) body.computeIfAbsent(wrapper, name -> new LinkedHashMap<>());
    }

    @SuppressWarnings("unchecked") // A copy of a body is one.
    Map<String, Object> body(Operation operation, String about) {
        return (Map<String, Object>) mutable(template(operation, about));
    }

    private Map<String, Object> template(Operation operation, String about) {
        return switch (operation.name()) {
            case "CreateLoadBalancer", "BatchCreateLoadBalancers" -> fields("loadbalancer", fixture.loadBalancer());
            case "CreateListener" ->
                fields("listener", OF_TLS.contains(about) ? fixture.httpsListener(81) : fixture.listener(81));
            case "CreatePool" -> fields("pool", fixture.pool());
            case "CreateMasterSlavePool" -> fields("pool", fixture.standbyPool());
            case "CreateMember" -> fields("member", fixture.member(2));
            case "BatchCreateMembers" -> fields("members", list(fixture.member(2)));
            case "BatchUpdateMembers" -> fields("members", list(fields("id", fixture.memberId, "weight", 5)));
            case "BatchDeleteMembers" -> fields("members", list(fields("id", fixture.memberId)));
            case "CreateHealthMonitor" -> fields("healthmonitor", fixture.monitor(fixture.freePoolId));
            case "CreateL7Policy" -> fields("l7policy", policy(about));
            case "CreateL7Rule" -> fields("rule", fixture.rule());
            case "BatchUpdatePoliciesPriority" ->
                fields("l7policies", list(fields("id", fixture.policyId, "priority", 3)));
            case "CreateCertificate" -> fields("certificate", fixture.certificate());
            case "CreateSecurityPolicy" -> fields("security_policy", fixture.securityPolicy());
            case "CreateIpGroup", "UpdateIpList", "BatchDeleteIpList" -> fields("ipgroup", fixture.ipGroup());
            case "CreateLogtank" -> fields("logtank", fixture.logtank());
            case "CreateMemberHealthCheckJob" ->
                fields("member_check", fields("listener_id", fixture.advancedListenerId, "subject", "all"));
            case "BatchDeletePools" -> fields("pools", List.of(fixture.poolId));
            case "BatchDeleteListeners" -> fields("listener_ids", List.of(fixture.listenerId));
            case "BatchDeleteLoadbalancers" -> fields("loadbalancer_ids", List.of(fixture.loadBalancerId));
            case "BatchDeleteCertificates" -> fields("certificates", List.of(fixture.certificateId));
            case "CreateCertificatePrivateKeyEcho" -> fields("private_key_echo", false);
            case "CloneLoadbalancer" -> fields("target_loadbalancer_param", fields("name", "copy"));
            case "CloneListener" ->
                fields(
                        "target_listener_params",
                        list(fields("loadbalancer_id", fixture.loadBalancerId, "protocol_port", 84)));
            case "ChangeLoadbalancerTags", "ChangeListenerTags" ->
                fields("action", "create", "tags", list(fields("key", "mine", "value", "")));
            case "BatchAddAvailableZones", "BatchRemoveAvailableZones" ->
                fields("availability_zone_list", List.of("az-2"));
            case "CreateToken" -> fields("token", credential());
            case "CreateAccessKey" -> fields("access_key", credential());
            case "CreateProject" -> fields("project", fields("name", "project"));
            case "UpdateQuota" -> fields("quota", fields("pool", 5000));
            case "PutInventoryVpc" -> fields("name", "vpc", "cidr", "172.31.0.0/24");
            case "PutInventorySubnet" ->
                fields("name", "vips", "vpc_id", fixture.cloud.vpcId(), "cidr", fixture.cloud.address(0) + "/23");
            case "PutInventoryServer" -> server();
            case "BatchPutInventoryServers" -> {
                var server = server();
                server.put("id", fixture.cloud.serverId(3));
                yield fields("servers", list(server));
            }
            default ->
                operation.wrapper().map(wrapper -> fields(wrapper, fields())).orElseGet(Fixture::fields);
        };
    }

    private Map<String, Object> credential() {
        return fields("project_id", fixture.api.projectId(), "role", "reader");
    }

    private Map<String, Object> policy(String about) {
        var policy = fixture.policy();
        if (about.equals("redirect_listener_id")) {
            policy.remove("redirect_pool_id");
            policy.put("action", "REDIRECT_TO_LISTENER");
            policy.put("listener_id", fixture.listenerId);
        }
        return policy;
    }

    private Map<String, Object> server() {
        var address = fields("subnet_id", fixture.cloud.serverSubnetId(), "address", fixture.cloud.address(3));
        return fields(
                "name",
                "server",
                "availability_zone",
                "az-1",
                "os",
                fields("type", "linux", "distribution", "ubuntu", "version", "24.04"),
                "status",
                "ACTIVE",
                "addresses",
                list(address));
    }

    /** A copy that can be changed at every depth. */
    private static Object mutable(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<Object, Object>();
                map.forEach((name, inner) -> copy.put(name, mutable(inner)));
                yield copy;
            }
            case List<?> list -> list.stream().map(Samples::mutable).collect(Collectors.toCollection(ArrayList::new));
            default -> value;
        };
    }

    private static List<Object> list(Map<String, Object> item) {
        return new ArrayList<>(List.of(item));
    }
}
