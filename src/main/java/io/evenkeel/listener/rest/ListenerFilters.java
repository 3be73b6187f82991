package io.evenkeel.listener.rest;

import io.evenkeel.platform.paging.Filter;
import io.evenkeel.platform.paging.ListOperation;
import org.springframework.stereotype.Component;

/** The filters of ListListeners, the lookup by backend server among them (wire contract, filters.md §2, §3). */
@Component
class ListenerFilters extends ListOperation {

    ListenerFilters() {
        super("ListListeners", "listener t", "t.id");
        own();
        limits();
        switches();
        together(
                "t.id in (select b.listener_id from backend_path b where b.project_id = :project and %s)",
                addressOf("member_address", "b.address"),
                textOf("member_device_id", "b.server_id"),
                textOf("member_instance_id", "b.server_id"));
    }

    private void own() {
        uuid("id", "t.id");
        text("name", "t.name");
        text("description", "t.description");
        uuid("loadbalancer_id", "t.load_balancer_id");
        uuid("default_pool_id", "t.default_pool_id");
        text("protocol", "t.protocol");
        text("default_tls_container_ref", "t.default_tls_container_ref");
        text("client_ca_tls_container_ref", "t.client_ca_tls_container_ref");
        text("tls_ciphers_policy", "t.tls_ciphers_policy");
        text("protection_status", "t.protection_status");
        enterpriseProject("t.enterprise_project_id");
    }

    private void limits() {
        integer("protocol_port", "t.protocol_port");
        integer("connection_limit", "-1");
        integer("keepalive_timeout", "t.keepalive_timeout");
        integer("client_timeout", "t.client_timeout");
        integer("member_timeout", "t.member_timeout");
    }

    private void switches() {
        bool("admin_state_up", "t.admin_state_up");
        bool("http2_enable", "t.http2_enable");
        bool("enable_member_retry", "t.enable_member_retry");
        bool("transparent_client_ip_enable", "t.transparent_client_ip_enable");
        bool("proxy_protocol_enable", "t.proxy_protocol_enable");
        bool("enhance_l7policy_enable", "t.enhance_l7policy_enable");
        bool("ssl_early_data_enable", "t.ssl_early_data_enable");
        bool("nat64_enable", "t.nat64_enable");
        where("include_recycle_bin", Filter.Type.BOOLEAN, "true or :%s is null", false);
    }
}
