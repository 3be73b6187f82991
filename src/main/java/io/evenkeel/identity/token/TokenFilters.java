package io.evenkeel.identity.token;

import io.evenkeel.platform.paging.Filter;
import io.evenkeel.platform.paging.ListOperation;
import org.springframework.stereotype.Component;

@Component
class TokenFilters extends ListOperation {

    TokenFilters() {
        super("ListTokens", "token t", "t.id");
        everyProject();
        uuid("id", "t.id");
        text("project_id", "t.project_id");
        where("role", Filter.Type.TEXT, "lower(t.role) = any(:%s)", true);
    }
}
