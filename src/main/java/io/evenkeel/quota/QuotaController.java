package io.evenkeel.quota;

import io.evenkeel.platform.web.RequestId;
import io.evenkeel.quota.QuotaService.QuotaDetail;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v3/{project_id}/elb/quotas")
@Tag(name = "Quotas", description = "How many resources a project may have")
class QuotaController {

    private final QuotaService service;

    QuotaController(QuotaService service) {
        this.service = service;
    }

    record UpdateQuotaEnvelope(@NotNull @Valid UpdateQuotaRequest quota) {}

    record QuotaAnswer(QuotaLimits quota, String requestId) {}

    record QuotaDetailsAnswer(List<QuotaDetail> quotas, String requestId) {}

    @GetMapping
    @Operation(operationId = "ShowQuota", summary = "Show the limits of the project; -1 is unlimited")
    QuotaAnswer show(@PathVariable("project_id") String projectId) {
        return answer(service.show(projectId));
    }

    @GetMapping("/details")
    @Operation(
            operationId = "ListQuotaDetails",
            summary = "List the limits of the project and what is used of each; 0 for a limit per parent")
    QuotaDetailsAnswer details(
            @PathVariable("project_id") String projectId, @RequestParam MultiValueMap<String, String> query) {
        return new QuotaDetailsAnswer(service.details(projectId, query), RequestId.current());
    }

    @PutMapping
    @Operation(
            operationId = "UpdateQuota",
            summary = "Set limits of the project (administrators only)",
            description = "-1 is unlimited, null puts the default back. A limit below what is used is accepted: it"
                    + " takes nothing away, it only refuses more.")
    QuotaAnswer update(@PathVariable("project_id") String projectId, @RequestBody @Valid UpdateQuotaEnvelope body) {
        return answer(service.update(projectId, body.quota()));
    }

    private static QuotaAnswer answer(QuotaLimits quota) {
        return new QuotaAnswer(quota, RequestId.current());
    }
}
