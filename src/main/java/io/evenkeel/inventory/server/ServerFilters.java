package io.evenkeel.inventory.server;

import io.evenkeel.platform.paging.ListOperation;
import org.springframework.stereotype.Component;

@Component
class ServerFilters extends ListOperation {

    ServerFilters() {
        super("ListInventoryServers", "server t", "t.id");
        text("id", "t.id");
        text("name", "t.name");
        text("vpc_id", "t.vpc_id");
        text("availability_zone", "t.availability_zone");
        text("os_type", "t.os_type");
        text("os_distribution", "t.os_distribution");
        text("os_version", "t.os_version");
        text("status", "t.status");
        together(
                "exists (select 1 from address_claim a where a.project_id = t.project_id and a.server_id = t.id and %s)",
                addressOf("address", "a.address"), textOf("subnet_id", "a.subnet_id"));
    }
}
