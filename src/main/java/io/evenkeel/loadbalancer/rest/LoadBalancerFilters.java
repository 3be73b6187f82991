package io.evenkeel.loadbalancer.rest;

import io.evenkeel.platform.paging.Filter;
import io.evenkeel.platform.paging.ListOperation;
import org.springframework.stereotype.Component;

/** The filters of ListLoadBalancers, the lookup by backend server among them (wire contract, filters.md §2, §3). */
@Component
class LoadBalancerFilters extends ListOperation {

    private static final String PUBLIC_IPS = """
            exists (select 1 from jsonb_array_elements(t.public_ips) p
                    where '%s_id=' || (p->>'id') = any(:%%1$s) or 'ip_version=' || (p->>'ipVersion') = any(:%%1$s))""";

    private static final String LOGGED =
            "exists (select 1 from logtank g where g.load_balancer_id = t.id and g.%s = any(:%%s))";

    private static final String IP_VERSION = """
            ((4 = any(cast(:%1$s as integer[])) and t.vip_address is not null)
             or (6 = any(cast(:%1$s as integer[])) and t.ipv6_vip_address is not null))""";

    LoadBalancerFilters() {
        super("ListLoadBalancers", "load_balancer t", "t.id");
        own();
        network();
        constants();
        together(
                "t.id in (select b.load_balancer_id from backend_path b where b.project_id = :project and %s)",
                addressOf("member_address", "b.address"), textOf("member_device_id", "b.server_id"));
    }

    private void own() {
        uuid("id", "t.id");
        text("name", "t.name");
        text("description", "t.description");
        bool("admin_state_up", "t.admin_state_up");
        anyOf("availability_zone_list", "t.availability_zones");
        text("l4_flavor_id", "t.l4_flavor_id");
        text("l7_flavor_id", "t.l7_flavor_id");
        text("billing_info", "t.billing_info");
        enterpriseProject("t.enterprise_project_id");
        bool("deletion_protection_enable", "t.deletion_protection_enable");
        text("protection_status", "t.protection_status");
        where(
                "autoscaling",
                Filter.Type.PAIR,
                "'enable=' || coalesce(t.autoscaling->>'enable', 'false') = any(:%s)",
                true);
    }

    private void network() {
        text("vpc_id", "t.vpc_id");
        uuid("vip_port_id", "t.vip_port_id");
        address("vip_address", "t.vip_address");
        text("vip_subnet_cidr_id", "t.vip_subnet_id");
        uuid("ipv6_vip_port_id", "t.ipv6_vip_port_id");
        address("ipv6_vip_address", "t.ipv6_vip_address");
        text("ipv6_vip_virsubnet_id", "t.ipv6_vip_subnet_id");
        where("eips", Filter.Type.PAIR, PUBLIC_IPS.formatted("eip"), true);
        where("publicips", Filter.Type.PAIR, PUBLIC_IPS.formatted("publicip"), true);
        where("ip_version", Filter.Type.INTEGER, IP_VERSION, true);
        text("elb_virsubnet_type", "case when t.ipv6_vip_address is null then 'ipv4' else 'dualstack' end");
    }

    /** What is the same for all, and what none has. */
    private void constants() {
        text("provisioning_status", "'ACTIVE'");
        text("operating_status", "'ONLINE'");
        bool("guaranteed", "true");
        neverMatches("l4_scale_flavor_id");
        neverMatches("l7_scale_flavor_id");
        neverMatches("global_eips");
        where("log_group_id", Filter.Type.TEXT, LOGGED.formatted("log_group_id"), false);
        where("log_topic_id", Filter.Type.TEXT, LOGGED.formatted("log_topic_id"), false);
        where("include_recycle_bin", Filter.Type.BOOLEAN, "true or :%s is null", false);
    }
}
