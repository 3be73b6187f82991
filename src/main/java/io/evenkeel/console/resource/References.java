package io.evenkeel.console.resource;

import io.evenkeel.console.api.Tree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where attributes that name other resources lead. */
final class References {

    /** The kind's path by the attribute's name. */
    private static final Map<String, String> BY_ATTRIBUTE = Map.ofEntries(
            Map.entry("loadbalancers", "load-balancers"),
            Map.entry("loadbalancer_id", "load-balancers"),
            Map.entry("listeners", "listeners"),
            Map.entry("listener_id", "listeners"),
            Map.entry("redirect_listener_id", "listeners"),
            Map.entry("pools", "groups"),
            Map.entry("pool_id", "groups"),
            Map.entry("default_pool_id", "groups"),
            Map.entry("redirect_pool_id", "groups"),
            Map.entry("healthmonitor_id", "health-monitors"),
            Map.entry("l7policy_id", "policies"),
            Map.entry("default_tls_container_ref", "certificates"),
            Map.entry("client_ca_tls_container_ref", "certificates"),
            Map.entry("sni_container_refs", "certificates"),
            Map.entry("security_policy_id", "security-policies"),
            Map.entry("ipgroup_id", "ip-groups"),
            Map.entry("vpc_id", "vpcs"),
            Map.entry("subnet_id", "subnets"),
            Map.entry("subnet_cidr_id", "subnets"),
            Map.entry("vip_subnet_cidr_id", "subnets"),
            Map.entry("ipv6_vip_virsubnet_id", "subnets"),
            Map.entry("elb_virsubnet_ids", "subnets"),
            Map.entry("instance_id", "servers"),
            Map.entry("server_id", "servers"));

    /** By the kind as events and audit records call it. */
    private static final Map<String, String> BY_KIND = Map.ofEntries(
            Map.entry("loadbalancer", "load-balancers"),
            Map.entry("listener", "listeners"),
            Map.entry("pool", "groups"),
            Map.entry("healthmonitor", "health-monitors"),
            Map.entry("l7policy", "policies"),
            Map.entry("certificate", "certificates"),
            Map.entry("security_policy", "security-policies"),
            Map.entry("ipgroup", "ip-groups"),
            Map.entry("server", "servers"),
            Map.entry("subnet", "subnets"),
            Map.entry("vpc", "vpcs"));

    private References() {}

    static @Nullable String kindOf(String attribute) {
        return BY_ATTRIBUTE.get(attribute);
    }

    static @Nullable String kindNamed(String resourceKind) {
        return BY_KIND.get(resourceKind);
    }

    /** The ids that an attribute holds: a text, texts, or objects with an id. */
    static List<String> ids(Tree value) {
        var values = value.node().isArray() ? value.items() : List.of(value);
        return values.stream()
                .map(one -> one.node().isObject() ? one.raw("id") : one.raw())
                .filter(id -> !id.isEmpty())
                .toList();
    }
}
