package io.evenkeel.inventory.zone;

import io.evenkeel.platform.paging.ListOperation;
import org.springframework.stereotype.Component;

@Component
class AvailabilityZoneFilters extends ListOperation {

    AvailabilityZoneFilters() {
        super("ListInventoryAvailabilityZones", "availability_zone t", "t.code");
        everyProject();
        text("code", "t.code");
    }
}
