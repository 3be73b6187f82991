package io.evenkeel.audit.event;

import io.evenkeel.platform.paging.ListOperation;
import org.springframework.stereotype.Component;

/** The filters of ListEvents. */
@Component
class EventFilters extends ListOperation {

    EventFilters() {
        super("ListEvents", "event t", "t.id");
        uuid("id", "t.id");
        text("kind", "t.kind");
        text("resource_kind", "t.resource_kind");
        text("resource_id", "t.resource_id");
        between("since", "until", "t.happened_at");
        newestFirst();
    }
}
