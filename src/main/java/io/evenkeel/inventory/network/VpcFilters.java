package io.evenkeel.inventory.network;

import io.evenkeel.platform.paging.Filter;
import io.evenkeel.platform.paging.ListOperation;
import org.springframework.stereotype.Component;

@Component
class VpcFilters extends ListOperation {

    VpcFilters() {
        super("ListInventoryVpcs", "vpc t", "t.id");
        text("id", "t.id");
        text("name", "t.name");
        where("cidr", Filter.Type.TEXT, "cast(t.cidr as text) = any(:%s)", true);
    }
}
