package io.evenkeel.audit.record;

import io.evenkeel.platform.paging.PageInfo;
import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Audit and events", description = "What was written by whom, and what happened of itself")
class AuditController {

    private final AuditReadService records;

    AuditController(AuditReadService records) {
        this.records = records;
    }

    record AuditRecordListAnswer(List<AuditRecordResponse> auditRecords, PageInfo pageInfo, String requestId) {}

    @GetMapping("/v3/{project_id}/elb/audit")
    @Operation(
            operationId = "ListAuditRecords",
            summary = "Lists the accepted writes of the project, newest first",
            description = """
                    An extension of ours. Every accepted write leaves one record for each resource it created, changed \
                    or deleted, those included that it took along. Record and write are one transaction: neither exists \
                    without the other. A write that changed nothing and a dry run leave none. Records are kept for \
                    evenkeel.audit.keep (400 days).""")
    AuditRecordListAnswer list(
            @PathVariable("project_id") String projectId, @RequestParam MultiValueMap<String, String> query) {
        var page = records.list(projectId, query);
        return new AuditRecordListAnswer(page.records(), page.info(), RequestId.current());
    }
}
