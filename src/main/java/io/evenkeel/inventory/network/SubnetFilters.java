package io.evenkeel.inventory.network;

import io.evenkeel.platform.paging.Filter;
import io.evenkeel.platform.paging.ListOperation;
import org.springframework.stereotype.Component;

@Component
class SubnetFilters extends ListOperation {

    SubnetFilters() {
        super("ListInventorySubnets", "subnet t", "t.id");
        text("id", "t.id");
        text("name", "t.name");
        text("vpc_id", "t.vpc_id");
        where("cidr", Filter.Type.TEXT, "cast(t.cidr as text) = any(:%s)", true);
    }
}
