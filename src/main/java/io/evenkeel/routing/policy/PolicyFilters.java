package io.evenkeel.routing.policy;

import io.evenkeel.platform.paging.Filter;
import io.evenkeel.platform.paging.ListOperation;
import org.springframework.stereotype.Component;

/** The filters of ListL7Policies (wire contract, filters.md §3). */
@Component
class PolicyFilters extends ListOperation {

    /** Shows whole rules; it filters nothing. */
    static final String DISPLAY_ALL_RULES = "display_all_rules";

    PolicyFilters() {
        super("ListL7Policies", "l7policy t", "t.id");
        uuid("id", "t.id");
        text("name", "t.name");
        text("description", "t.description");
        bool("admin_state_up", "t.admin_state_up");
        uuid("listener_id", "t.listener_id");
        text("action", "t.action");
        integer("position", "100");
        integer("priority", "coalesce(t.priority, 1)");
        // No policy has one.
        where("redirect_url", Filter.Type.TEXT, "false and :%s is null", true);
        uuid("redirect_pool_id", "t.redirect_pool_id");
        uuid("redirect_listener_id", "t.redirect_listener_id");
        text("provisioning_status", "(select s.provisioning_status from l7policy_status s where s.l7policy_id = t.id)");
        where(DISPLAY_ALL_RULES, Filter.Type.BOOLEAN, "true or :%s is null", false);
        enterpriseProject("t.enterprise_project_id");
    }
}
