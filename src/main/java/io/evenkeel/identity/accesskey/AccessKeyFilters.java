package io.evenkeel.identity.accesskey;

import io.evenkeel.platform.paging.Filter;
import io.evenkeel.platform.paging.ListOperation;
import org.springframework.stereotype.Component;

@Component
class AccessKeyFilters extends ListOperation {

    AccessKeyFilters() {
        super("ListAccessKeys", "access_key t", "t.access_key");
        everyProject();
        text("access_key", "t.access_key");
        text("project_id", "t.project_id");
        where("role", Filter.Type.TEXT, "lower(t.role) = any(:%s)", true);
    }
}
