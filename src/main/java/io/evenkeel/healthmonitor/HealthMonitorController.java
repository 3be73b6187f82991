package io.evenkeel.healthmonitor;

import io.evenkeel.platform.paging.PageInfo;
import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v3/{project_id}/elb/healthmonitors")
@Tag(name = "Health monitors", description = "How members are checked")
class HealthMonitorController {

    private final HealthMonitorService service;

    HealthMonitorController(HealthMonitorService service) {
        this.service = service;
    }

    record CreateHealthMonitorEnvelope(@NotNull @Valid CreateHealthMonitorRequest healthmonitor) {}

    record UpdateHealthMonitorEnvelope(@NotNull @Valid UpdateHealthMonitorRequest healthmonitor) {}

    record HealthMonitorAnswer(HealthMonitorResponse healthmonitor, String requestId) {}

    record HealthMonitorListAnswer(List<HealthMonitorResponse> healthmonitors, PageInfo pageInfo, String requestId) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "CreateHealthMonitor", summary = "Create a health monitor")
    HealthMonitorAnswer create(
            @PathVariable("project_id") String projectId, @Valid @RequestBody CreateHealthMonitorEnvelope body) {
        return answer(service.create(projectId, body.healthmonitor()));
    }

    @GetMapping
    @Operation(operationId = "ListHealthMonitors", summary = "List health monitors")
    HealthMonitorListAnswer list(
            @PathVariable("project_id") String projectId, @RequestParam MultiValueMap<String, String> query) {
        var page = service.list(projectId, query);
        return new HealthMonitorListAnswer(page.healthMonitors(), page.info(), RequestId.current());
    }

    @GetMapping("/{healthmonitor_id}")
    @Operation(operationId = "ShowHealthMonitor", summary = "Show a health monitor")
    HealthMonitorAnswer show(
            @PathVariable("project_id") String projectId, @PathVariable("healthmonitor_id") UUID healthMonitorId) {
        return answer(service.show(projectId, healthMonitorId));
    }

    @PutMapping("/{healthmonitor_id}")
    @Operation(operationId = "UpdateHealthMonitor", summary = "Change a health monitor")
    HealthMonitorAnswer update(
            @PathVariable("project_id") String projectId,
            @PathVariable("healthmonitor_id") UUID healthMonitorId,
            @Valid @RequestBody UpdateHealthMonitorEnvelope body) {
        return answer(service.update(projectId, healthMonitorId, body.healthmonitor()));
    }

    @DeleteMapping("/{healthmonitor_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "DeleteHealthMonitor", summary = "Delete a health monitor")
    void delete(@PathVariable("project_id") String projectId, @PathVariable("healthmonitor_id") UUID healthMonitorId) {
        service.delete(projectId, healthMonitorId);
    }

    private static HealthMonitorAnswer answer(HealthMonitorResponse healthmonitor) {
        return new HealthMonitorAnswer(healthmonitor, RequestId.current());
    }
}
