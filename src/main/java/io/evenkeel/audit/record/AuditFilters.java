package io.evenkeel.audit.record;

import io.evenkeel.platform.paging.ListOperation;
import org.springframework.stereotype.Component;

/** The filters of ListAuditRecords. */
@Component
class AuditFilters extends ListOperation {

    AuditFilters() {
        super("ListAuditRecords", "audit_record t", "t.id");
        uuid("id", "t.id");
        text("request_id", "t.request_id");
        text("caller", "t.caller");
        text("operation", "t.operation");
        text("action", "t.action");
        text("resource_kind", "t.resource_kind");
        text("resource_id", "t.resource_id");
        between("since", "until", "t.happened_at");
        newestFirst();
    }
}
