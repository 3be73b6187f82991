package io.evenkeel.coverage;

import static io.evenkeel.coverage.IdKind.ANY_POOL;
import static io.evenkeel.coverage.IdKind.ANY_RESOURCE;
import static java.util.Map.entry;

import io.evenkeel.coverage.ApiDocument.Attribute;
import io.evenkeel.coverage.ApiDocument.Operation;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Which names of the API hold ids, and of what. A name that looks like an id and is not known here fails the test. */
final class IdPlaces {

    private static final Pattern LOOKS_LIKE_ID = Pattern.compile("ids?|.*_ids?|.*_refs?");

    /** By name, wherever it stands. */
    private static final Map<String, Set<IdKind>> BY_NAME = Map.ofEntries(
            entry("loadbalancer_id", Set.of(IdKind.LOAD_BALANCER)),
            entry("loadbalancer_ids", Set.of(IdKind.LOAD_BALANCER)),
            entry("listener_id", Set.of(IdKind.LISTENER)),
            entry("listener_ids", Set.of(IdKind.LISTENER)),
            entry("redirect_listener_id", Set.of(IdKind.LISTENER)),
            entry("quic_listener_id", Set.of(IdKind.LISTENER)),
            entry("pool_id", ANY_POOL),
            entry("default_pool_id", ANY_POOL),
            entry("redirect_pool_id", ANY_POOL),
            entry("member_id", Set.of(IdKind.MEMBER)),
            entry("healthmonitor_id", Set.of(IdKind.MONITOR)),
            entry("l7policy_id", Set.of(IdKind.POLICY)),
            entry("l7rule_id", Set.of(IdKind.RULE)),
            entry("certificate_id", Set.of(IdKind.CERTIFICATE)),
            entry("default_tls_container_ref", Set.of(IdKind.CERTIFICATE)),
            entry("client_ca_tls_container_ref", Set.of(IdKind.CERTIFICATE)),
            entry("sni_container_refs", Set.of(IdKind.CERTIFICATE)),
            entry("security_policy_id", Set.of(IdKind.SECURITY_POLICY)),
            entry("ipgroup_id", Set.of(IdKind.IP_GROUP)),
            entry("logtank_id", Set.of(IdKind.LOGTANK)),
            entry("vpc_id", Set.of(IdKind.VPC)),
            entry("subnet_id", Set.of(IdKind.SUBNET)),
            entry("subnet_cidr_id", Set.of(IdKind.SUBNET)),
            entry("vip_subnet_cidr_id", Set.of(IdKind.SUBNET)),
            entry("ipv6_vip_virsubnet_id", Set.of(IdKind.SUBNET)),
            entry("elb_virsubnet_ids", Set.of(IdKind.SUBNET)),
            entry("server_id", Set.of(IdKind.SERVER)),
            entry("instance_id", Set.of(IdKind.SERVER)),
            entry("member_device_id", Set.of(IdKind.SERVER)),
            entry("member_instance_id", Set.of(IdKind.SERVER)),
            entry("vip_port_id", Set.of(IdKind.PORT)),
            entry("ipv6_vip_port_id", Set.of(IdKind.PORT)),
            entry("job_id", Set.of(IdKind.JOB)),
            entry("resource_id", ANY_RESOURCE),
            entry("request_id", Set.of(IdKind.REQUEST)),
            entry("flavor_id", Set.of(IdKind.FLAVOR)),
            entry("l4_flavor_id", Set.of(IdKind.FLAVOR)),
            entry("l7_flavor_id", Set.of(IdKind.FLAVOR)),
            entry("min_l7_flavor_id", Set.of(IdKind.FLAVOR)),
            entry("project_id", Set.of(IdKind.PROJECT)),
            entry("token_id", Set.of(IdKind.TOKEN)),
            entry("access_key", Set.of(IdKind.ACCESS_KEY)));

    /** Filter {@code id} and marker of the lists. */
    private static final Map<String, Set<IdKind>> ROWS = Map.ofEntries(
            entry("ListLoadBalancers", Set.of(IdKind.LOAD_BALANCER)),
            entry("ListListeners", Set.of(IdKind.LISTENER)),
            entry("ListPools", Set.of(IdKind.POOL)),
            entry("ListMasterSlavePools", Set.of(IdKind.STANDBY_POOL)),
            entry("ListMembers", Set.of(IdKind.MEMBER)),
            entry("ListAllMembers", Set.of(IdKind.MEMBER)),
            entry("ListHealthMonitors", Set.of(IdKind.MONITOR)),
            entry("ListL7Policies", Set.of(IdKind.POLICY)),
            entry("ListL7Rules", Set.of(IdKind.RULE)),
            entry("ListAllL7Rules", Set.of(IdKind.RULE)),
            entry("ListCertificates", Set.of(IdKind.CERTIFICATE)),
            entry("ListSecurityPolicies", Set.of(IdKind.SECURITY_POLICY)),
            entry("ListIpGroups", Set.of(IdKind.IP_GROUP)),
            entry("ListLogtanks", Set.of(IdKind.LOGTANK)),
            entry("ListJobs", Set.of(IdKind.JOB)),
            entry("ListFlavors", Set.of(IdKind.FLAVOR)),
            entry("ListAuditRecords", Set.of(IdKind.AUDIT_RECORD)),
            entry("ListEvents", Set.of(IdKind.EVENT)),
            entry("ListProjects", Set.of(IdKind.PROJECT)),
            entry("ListTokens", Set.of(IdKind.TOKEN)),
            entry("ListAccessKeys", Set.of(IdKind.ACCESS_KEY)),
            entry("ListInventoryAvailabilityZones", Set.of()),
            entry("ListFeatureConfigs", Set.of()),
            entry("ListInventoryVpcs", Set.of(IdKind.VPC)),
            entry("ListInventorySubnets", Set.of(IdKind.SUBNET)),
            entry("ListInventoryServers", Set.of(IdKind.SERVER)));

    /** Where a name means something else than elsewhere, by operation and place. */
    private static final Map<String, Set<IdKind>> SPECIAL = Map.ofEntries(
            entry("ShowMasterSlavePool pool_id", Set.of(IdKind.STANDBY_POOL)),
            entry("DeleteMasterSlavePool pool_id", Set.of(IdKind.STANDBY_POOL)),
            entry("ShowMemberHealthCheckJob job_id", Set.of(IdKind.CHECK_JOB)),
            entry("BatchUpdateMembers members.[].id", Set.of(IdKind.MEMBER)),
            entry("BatchDeleteMembers members.[].id", Set.of(IdKind.MEMBER)),
            entry("BatchUpdatePoliciesPriority l7policies.[].id", Set.of(IdKind.POLICY)),
            entry("BatchDeletePools pools.[]", ANY_POOL),
            entry("BatchDeleteCertificates certificates.[]", Set.of(IdKind.CERTIFICATE)));

    /** Names that look like ids, or are lists of texts, and name nothing that we keep. */
    private static final Set<String> NAME_NOTHING_OF_OURS = Set.of(
            "enterprise_project_id",
            "log_group_id",
            "log_topic_id",
            "scm_certificate_id",
            "l4_scale_flavor_id",
            "l7_scale_flavor_id",
            "publicip_ids",
            "availability_zone_id",
            "availability_zone_list",
            "protocols",
            "ciphers",
            "allow_origin",
            "allow_methods",
            "allow_headers",
            "expose_headers",
            "addresses",
            "last_event_id");

    /** The same, where the name alone does not say so; the id of a server or project is given by who makes it,
     * and subnets are not mapped within a VPC. */
    private static final Pattern NOTHING_OF_OURS = Pattern.compile(
            "CreateProject project\\.id|[A-Za-z0-9]+ (.*bandwidth\\.id|loadbalancer\\.ids?(\\.\\[])?)|(Batch)?PutInventoryServers? .*\\bid"
                    + "|CloneListener .*subnet_mapping_list.*");

    private final Consumer<String> unknown;

    /**
     * @param unknown is told each place that should be known here
     */
    IdPlaces(Consumer<String> unknown) {
        this.unknown = unknown;
    }

    Set<IdKind> ofVariable(Operation operation, String name) {
        return ofName(operation, name, name).orElse(Set.of());
    }

    Set<IdKind> ofQuery(Operation operation, String name) {
        if (name.equals("id") || name.equals("marker")) {
            return known(operation, name, Optional.ofNullable(ROWS.get(operation.name())));
        }
        return ofName(operation, name, name).orElse(Set.of());
    }

    Set<IdKind> ofAttribute(Operation operation, Attribute attribute) {
        boolean isListed = attribute.path().getLast().equals("[]");
        return isListed
                ? known(operation, attribute.toString(), ofName(operation, attribute.toString(), attribute.name()))
                : ofName(operation, attribute.toString(), attribute.name()).orElse(Set.of());
    }

    /** Empty for a name that neither is nor looks like an id. */
    private Optional<Set<IdKind>> ofName(Operation operation, String place, String name) {
        var where = operation.name() + " " + place;
        if (NAME_NOTHING_OF_OURS.contains(name)
                || NOTHING_OF_OURS.matcher(where).matches()) {
            return Optional.of(Set.of());
        }
        var kinds = Optional.ofNullable(SPECIAL.get(where)).or(() -> Optional.ofNullable(BY_NAME.get(name)));
        return LOOKS_LIKE_ID.matcher(name).matches() ? Optional.of(known(operation, place, kinds)) : kinds;
    }

    private Set<IdKind> known(Operation operation, String place, Optional<Set<IdKind>> kinds) {
        return kinds.orElseGet(() -> {
            unknown.accept("Say in IdPlaces of what this holds the id: " + operation.name() + " " + place);
            return Set.of();
        });
    }
}
