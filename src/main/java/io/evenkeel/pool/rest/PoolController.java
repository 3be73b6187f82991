package io.evenkeel.pool.rest;

import io.evenkeel.platform.paging.PageInfo;
import io.evenkeel.platform.web.RequestId;
import io.evenkeel.pool.answer.PoolResponse;
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
@RequestMapping("/v3/{project_id}/elb/pools")
@Tag(name = "Pools", description = "Backend server groups")
class PoolController {

    private final PoolService service;

    PoolController(PoolService service) {
        this.service = service;
    }

    record CreatePoolEnvelope(@NotNull @Valid CreatePoolRequest pool) {}

    record UpdatePoolEnvelope(@NotNull @Valid UpdatePoolRequest pool) {}

    record PoolAnswer(PoolResponse pool, String requestId) {}

    record PoolListAnswer(List<PoolResponse> pools, PageInfo pageInfo, String requestId) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "CreatePool", summary = "Create a backend server group")
    PoolAnswer create(@PathVariable("project_id") String projectId, @Valid @RequestBody CreatePoolEnvelope body) {
        return answer(service.create(projectId, body.pool()));
    }

    @GetMapping
    @Operation(operationId = "ListPools", summary = "List backend server groups")
    PoolListAnswer list(
            @PathVariable("project_id") String projectId, @RequestParam MultiValueMap<String, String> query) {
        var page = service.list(projectId, query);
        return new PoolListAnswer(page.pools(), page.info(), RequestId.current());
    }

    @GetMapping("/{pool_id}")
    @Operation(operationId = "ShowPool", summary = "Show a backend server group")
    PoolAnswer show(@PathVariable("project_id") String projectId, @PathVariable("pool_id") UUID poolId) {
        return answer(service.show(projectId, poolId));
    }

    @PutMapping("/{pool_id}")
    @Operation(operationId = "UpdatePool", summary = "Change a backend server group")
    PoolAnswer update(
            @PathVariable("project_id") String projectId,
            @PathVariable("pool_id") UUID poolId,
            @Valid @RequestBody UpdatePoolEnvelope body) {
        return answer(service.update(projectId, poolId, body.pool()));
    }

    @DeleteMapping("/{pool_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "DeletePool", summary = "Delete an empty backend server group")
    void delete(@PathVariable("project_id") String projectId, @PathVariable("pool_id") UUID poolId) {
        service.delete(projectId, poolId);
    }

    private static PoolAnswer answer(PoolResponse pool) {
        return new PoolAnswer(pool, RequestId.current());
    }
}
