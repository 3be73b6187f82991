package io.evenkeel.console.resource;

import static io.evenkeel.console.resource.Format.ADDRESSES;
import static io.evenkeel.console.resource.Format.COUNT;
import static io.evenkeel.console.resource.Format.DIFFERENCE;
import static io.evenkeel.console.resource.Format.EXPIRY;
import static io.evenkeel.console.resource.Format.LIST;
import static io.evenkeel.console.resource.Format.NAME;
import static io.evenkeel.console.resource.Format.REFERENCE;
import static io.evenkeel.console.resource.Format.RESOURCE;
import static io.evenkeel.console.resource.Format.STATE;
import static io.evenkeel.console.resource.Format.SYSTEM;
import static io.evenkeel.console.resource.Format.TEXT;
import static io.evenkeel.console.resource.Format.TIME;

import io.evenkeel.console.resource.Kind.Column;
import java.util.List;
import java.util.stream.Stream;

/** The table of all kinds. */
final class Kinds {

    private static final String ELB = "/v3/{}/elb/";
    private static final String CLOUD = "/inventory/v1/{}/";

    private static final Column OF_NAME = new Column("Name", "name", NAME);
    private static final Column OF_STATE = new Column("State", "evenkeel", STATE);
    private static final Column OF_VPC = new Column("VPC", "vpc_id", REFERENCE);

    private static final List<Kind> TRAFFIC = List.of(
            new Kind(
                    "load-balancers",
                    "Load balancers",
                    "Load balancer",
                    ELB + "loadbalancers",
                    "loadbalancers",
                    "loadbalancer",
                    "name",
                    true,
                    List.of(
                            OF_NAME,
                            new Column("Address", "vip_address", TEXT),
                            OF_STATE,
                            new Column("Zones", "availability_zone_list", LIST),
                            new Column("Listeners", "listeners", COUNT),
                            new Column("Groups", "pools", COUNT),
                            OF_VPC),
                    "Create a load balancer: it gets an address in one of the subnets, and listeners on it."),
            new Kind(
                    "listeners",
                    "Listeners",
                    "Listener",
                    ELB + "listeners",
                    "listeners",
                    "listener",
                    "name",
                    true,
                    List.of(
                            OF_NAME,
                            new Column("Protocol", "protocol", TEXT),
                            new Column("Port", "protocol_port", TEXT),
                            OF_STATE,
                            new Column("Load balancer", "loadbalancers", REFERENCE),
                            new Column("Default group", "default_pool_id", REFERENCE)),
                    "Open a load balancer and add a listener: a protocol and a port on which it takes traffic."),
            new Kind(
                    "groups",
                    "Backend server groups",
                    "Backend server group",
                    ELB + "pools",
                    "pools",
                    "pool",
                    "name",
                    true,
                    List.of(
                            OF_NAME,
                            new Column("Protocol", "protocol", TEXT),
                            new Column("Algorithm", "lb_algorithm", TEXT),
                            OF_STATE,
                            new Column("Members", "members", COUNT),
                            new Column("Load balancers", "loadbalancers", REFERENCE),
                            OF_VPC),
                    "Create a group of servers; a listener sends its traffic there."),
            new Kind(
                    "health-monitors",
                    "Health monitors",
                    "Health monitor",
                    ELB + "healthmonitors",
                    "healthmonitors",
                    "healthmonitor",
                    "name",
                    true,
                    List.of(
                            OF_NAME,
                            new Column("Type", "type", TEXT),
                            new Column("Every (s)", "delay", TEXT),
                            new Column("Timeout (s)", "timeout", TEXT),
                            new Column("Good in a row", "max_retries", TEXT),
                            new Column("Bad in a row", "max_retries_down", TEXT),
                            new Column("Group", "pools", REFERENCE)),
                    "Open a group and give it a health monitor: members that fail their checks get no traffic."),
            new Kind(
                    "policies",
                    "Forwarding policies",
                    "Forwarding policy",
                    ELB + "l7policies",
                    "l7policies",
                    "l7policy",
                    "name",
                    true,
                    List.of(
                            OF_NAME,
                            new Column("Action", "action", TEXT),
                            new Column("State", "provisioning_status", STATE),
                            new Column("Priority", "priority", TEXT),
                            new Column("Listener", "listener_id", REFERENCE),
                            new Column("Group", "redirect_pool_id", REFERENCE)),
                    "Policies send requests of one listener to different groups, by host, path or header."));

    private static final List<Kind> SECURITY = List.of(
            new Kind(
                    "certificates",
                    "Certificates",
                    "Certificate",
                    ELB + "certificates",
                    "certificates",
                    "certificate",
                    "name",
                    true,
                    List.of(
                            OF_NAME,
                            new Column("Type", "type", TEXT),
                            new Column("Names", "subject_alternative_names", LIST),
                            new Column("Expires", "expire_time", EXPIRY)),
                    "HTTPS and TLS listeners need a certificate: upload one with its private key."),
            new Kind(
                    "ip-groups",
                    "IP groups",
                    "IP group",
                    ELB + "ipgroups",
                    "ipgroups",
                    "ipgroup",
                    "name",
                    true,
                    List.of(
                            OF_NAME,
                            new Column("Entries", "ip_list", COUNT),
                            new Column("Listeners", "listeners", REFERENCE)),
                    "An IP group is a list of addresses that listeners let in, or keep out."),
            new Kind(
                    "security-policies",
                    "TLS policies",
                    "TLS policy",
                    ELB + "security-policies",
                    "security_policies",
                    "security_policy",
                    "name",
                    true,
                    List.of(
                            OF_NAME,
                            new Column("Versions", "protocols", LIST),
                            new Column("Ciphers", "ciphers", COUNT),
                            new Column("Listeners", "listeners", REFERENCE)),
                    "Listeners use the system's TLS policies; make one of your own for other versions or ciphers."));

    private static final List<Kind> INVENTORY = List.of(
            new Kind(
                    "servers",
                    "Servers",
                    "Server",
                    CLOUD + "servers",
                    "servers",
                    "server",
                    "name",
                    true,
                    List.of(
                            OF_NAME,
                            new Column("Id", "id", TEXT),
                            new Column("Addresses", "addresses", ADDRESSES),
                            new Column("Zone", "availability_zone", TEXT),
                            new Column("System", "os", SYSTEM),
                            new Column("State", "status", STATE),
                            OF_VPC),
                    "An administrator puts the cloud's servers into the inventory; then they can join groups."),
            new Kind(
                    "subnets",
                    "Subnets",
                    "Subnet",
                    CLOUD + "subnets",
                    "subnets",
                    "subnet",
                    "name",
                    true,
                    List.of(OF_NAME, new Column("Range", "cidr", TEXT), OF_VPC),
                    "An administrator puts the cloud's subnets into the inventory."),
            new Kind(
                    "vpcs",
                    "VPCs",
                    "VPC",
                    CLOUD + "vpcs",
                    "vpcs",
                    "vpc",
                    "name",
                    true,
                    List.of(OF_NAME, new Column("Id", "id", TEXT), new Column("Range", "cidr", TEXT)),
                    "An administrator puts the cloud's VPCs into the inventory."),
            new Kind(
                    "zones",
                    "Availability zones",
                    "Availability zone",
                    "/inventory/v1/availability-zones",
                    "availability_zones",
                    "",
                    "",
                    true,
                    List.of(new Column("Code", "code", TEXT), new Column("Known since", "created_at", TIME)),
                    "An administrator names the cloud's availability zones."));

    private static final List<Kind> OPERATION = List.of(
            new Kind(
                    "events",
                    "Events",
                    "Event",
                    ELB + "events",
                    "events",
                    "",
                    "resource_id",
                    true,
                    List.of(
                            new Column("Time", "happened_at", TIME),
                            new Column("Kind", "kind", TEXT),
                            new Column("What", "resource", RESOURCE),
                            new Column("Message", "message", TEXT)),
                    "Nothing has happened of itself yet: no member came or went, no certificate is about to expire."),
            new Kind(
                    "audit",
                    "Audit",
                    "Audit record",
                    ELB + "audit",
                    "audit_records",
                    "",
                    "resource_id",
                    true,
                    List.of(
                            new Column("Time", "happened_at", TIME),
                            new Column("Who", "caller", TEXT),
                            new Column("From", "source_address", TEXT),
                            new Column("Operation", "operation", TEXT),
                            new Column("What", "resource", RESOURCE),
                            new Column("Difference", "difference", DIFFERENCE)),
                    "Nothing was written in this project yet."),
            new Kind(
                    "quotas",
                    "Quotas",
                    "Quota",
                    ELB + "quotas/details",
                    "quotas",
                    "",
                    "",
                    false,
                    List.of(
                            new Column("What", "quota_key", TEXT),
                            new Column("Used", "used", TEXT),
                            new Column("Limit", "quota_limit", TEXT)),
                    "There are no quotas."));

    static final List<Kind> ALL = Stream.of(TRAFFIC, SECURITY, INVENTORY, OPERATION)
            .flatMap(List::stream)
            .toList();

    private Kinds() {}
}
