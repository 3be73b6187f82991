package io.evenkeel.loadbalancer.logtank;

import io.evenkeel.platform.paging.ListOperation;
import org.springframework.stereotype.Component;

/** The filters of ListLogtanks (wire contract, operations.md). */
@Component
class LogtankFilters extends ListOperation {

    LogtankFilters() {
        super("ListLogtanks", "logtank t join load_balancer b on b.id = t.load_balancer_id", "t.id");
        uuid("id", "t.id");
        uuid("loadbalancer_id", "t.load_balancer_id");
        text("log_group_id", "t.log_group_id");
        text("log_topic_id", "t.log_topic_id");
        enterpriseProject("b.enterprise_project_id");
    }
}
