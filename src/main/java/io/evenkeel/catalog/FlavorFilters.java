package io.evenkeel.catalog;

import io.evenkeel.platform.paging.Filter;
import io.evenkeel.platform.paging.ListOperation;
import org.springframework.stereotype.Component;

/** Every flavor is shared, in stock, and of the one region that there is. */
@Component
class FlavorFilters extends ListOperation {

    FlavorFilters() {
        super("ListFlavors", "flavor t", "t.id");
        everyProject();
        text("id", "t.id");
        text("name", "t.name");
        text("type", "t.type");
        text("public_border_group", "'center'");
        integer("category", "t.category");
        bool("shared", "true");
        bool("flavor_sold_out", "false");
        where("list_all", Filter.Type.BOOLEAN, "true or :%s is null", false);
    }
}
