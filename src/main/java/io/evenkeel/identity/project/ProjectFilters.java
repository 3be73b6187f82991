package io.evenkeel.identity.project;

import io.evenkeel.platform.paging.ListOperation;
import org.springframework.stereotype.Component;

@Component
class ProjectFilters extends ListOperation {

    ProjectFilters() {
        super("ListProjects", "project t", "t.id");
        everyProject();
        text("id", "t.id");
        text("name", "t.name");
    }
}
