package io.evenkeel.loadbalancer.logtank;

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
@RequestMapping("/v3/{project_id}/elb/logtanks")
@Tag(name = "Logtanks", description = "Where access logs go")
class LogtankController {

    private final LogtankService service;

    LogtankController(LogtankService service) {
        this.service = service;
    }

    record CreateLogtankEnvelope(@NotNull @Valid LogtankRequests.CreateLogtank logtank) {}

    record UpdateLogtankEnvelope(@NotNull @Valid LogtankRequests.UpdateLogtank logtank) {}

    record LogtankAnswer(Logtank logtank, String requestId) {

        LogtankAnswer(Logtank logtank) {
            this(logtank, RequestId.current());
        }
    }

    record LogtankListAnswer(List<Logtank> logtanks, PageInfo pageInfo, String requestId) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "CreateLogtank", summary = "Ties a load balancer to a log stream")
    LogtankAnswer create(@PathVariable("project_id") String projectId, @Valid @RequestBody CreateLogtankEnvelope body) {
        return new LogtankAnswer(service.create(projectId, body.logtank()));
    }

    @GetMapping
    @Operation(operationId = "ListLogtanks", summary = "Lists logtanks")
    LogtankListAnswer list(
            @PathVariable("project_id") String projectId, @RequestParam MultiValueMap<String, String> query) {
        var page = service.list(projectId, query);
        return new LogtankListAnswer(page.logtanks(), page.info(), RequestId.current());
    }

    @GetMapping("/{logtank_id}")
    @Operation(operationId = "ShowLogtank", summary = "Shows a logtank")
    LogtankAnswer show(@PathVariable("project_id") String projectId, @PathVariable("logtank_id") UUID logtankId) {
        return new LogtankAnswer(service.show(projectId, logtankId));
    }

    @PutMapping("/{logtank_id}")
    @Operation(operationId = "UpdateLogtank", summary = "Ties the load balancer of a logtank to another log stream")
    LogtankAnswer update(
            @PathVariable("project_id") String projectId,
            @PathVariable("logtank_id") UUID logtankId,
            @Valid @RequestBody UpdateLogtankEnvelope body) {
        return new LogtankAnswer(service.update(projectId, logtankId, body.logtank()));
    }

    @DeleteMapping("/{logtank_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "DeleteLogtank", summary = "Frees a load balancer from its log stream")
    void delete(@PathVariable("project_id") String projectId, @PathVariable("logtank_id") UUID logtankId) {
        service.delete(projectId, logtankId);
    }
}
