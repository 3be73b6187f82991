package io.evenkeel.healthmonitor;

import io.evenkeel.platform.paging.Filter;
import io.evenkeel.platform.paging.ListOperation;
import org.springframework.stereotype.Component;

/** The filters of ListHealthMonitors (wire contract, filters.md §3). */
@Component
class HealthMonitorFilters extends ListOperation {

    HealthMonitorFilters() {
        super("ListHealthMonitors", "health_monitor t", "t.id");
        uuid("id", "t.id");
        text("name", "t.name");
        text("type", "t.type");
        text("domain_name", "t.domain_name");
        text("expected_codes", "t.expected_codes");
        text("url_path", "t.url_path");
        text("http_method", "t.http_method");
        integer("monitor_port", "t.monitor_port");
        integer("delay", "t.delay");
        integer("max_retries", "t.max_retries");
        integer("max_retries_down", "t.max_retries_down");
        where("timeout", Filter.Type.INTEGER, "t.timeout = any(cast(:%s as integer[]))", false);
        bool("admin_state_up", "t.admin_state_up");
        enterpriseProject("'0'");
    }
}
