package io.evenkeel.routing.rule;

import io.evenkeel.platform.paging.Filter;
import io.evenkeel.platform.paging.ListOperation;
import org.springframework.stereotype.Component;

/** The filters of ListL7Rules and ListAllL7Rules (wire contract, operations.md). */
abstract class RuleFilters extends ListOperation {

    /** The column that holds the policy of a path. */
    static final String POLICY = "t.l7policy_id";

    RuleFilters(String operationId) {
        super(operationId, "l7rule t join l7policy y on y.id = t.l7policy_id", "t.id");
        uuid("id", "t.id");
        text("compare_type", "t.compare_type");
        text("provisioning_status", """
                (select s.provisioning_status from l7policy_status s where s.l7policy_id = t.l7policy_id)""");
        bool("invert", "t.invert");
        bool("admin_state_up", "t.admin_state_up");
        text("value", "t.value");
        // No rule has a key.
        where("key", Filter.Type.TEXT, "false and :%s is null", true);
        text("type", "t.type");
        enterpriseProject("y.enterprise_project_id");
    }

    /** Those of one policy. */
    @Component
    static class OfPolicy extends RuleFilters {
        OfPolicy() {
            super("ListL7Rules");
        }
    }

    /** Those of the whole project. */
    @Component
    static class OfProject extends RuleFilters {
        OfProject() {
            super("ListAllL7Rules");
            uuid("l7policy_id", POLICY);
        }
    }
}
