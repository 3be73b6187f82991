package io.evenkeel.platform.job;

import io.evenkeel.platform.paging.Filter;
import io.evenkeel.platform.paging.ListOperation;
import org.springframework.stereotype.Component;

/** The filters of ListJobs (wire contract, operations.md); every finished job is a success, so none has an error code. */
@Component
class JobFilters extends ListOperation {

    JobFilters() {
        super("ListJobs", "job t", "t.id");
        uuid("id", "t.id");
        uuid("job_id", "t.id");
        text("job_type", "t.type");
        text("status", "t.status");
        text("resource_id", "t.resource_id");
        where("error_code", Filter.Type.TEXT, "'' = any(:%s)", true);
        // To the second, as times are on the wire.
        where(
                "begin_time",
                Filter.Type.TIME,
                "date_trunc('second', t.begin_time) >= (cast(:%s as timestamptz[]))[1]",
                false);
    }
}
