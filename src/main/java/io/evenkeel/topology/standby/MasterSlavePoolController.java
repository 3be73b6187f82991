package io.evenkeel.topology.standby;

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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v3/{project_id}/elb/master-slave-pools")
@Tag(name = "Pools")
class MasterSlavePoolController {

    private final MasterSlavePoolService service;

    MasterSlavePoolController(MasterSlavePoolService service) {
        this.service = service;
    }

    record CreateMasterSlavePoolEnvelope(@NotNull @Valid CreateMasterSlavePoolRequest pool) {}

    record MasterSlavePoolAnswer(MasterSlavePoolResponse pool, String requestId) {}

    record MasterSlavePoolListAnswer(List<MasterSlavePoolResponse> pools, PageInfo pageInfo, String requestId) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "CreateMasterSlavePool",
            summary = "Creates a pool of a master and a standby with both members and its health monitor")
    MasterSlavePoolAnswer create(
            @PathVariable("project_id") String projectId, @Valid @RequestBody CreateMasterSlavePoolEnvelope body) {
        return new MasterSlavePoolAnswer(service.create(projectId, body.pool()), RequestId.current());
    }

    @GetMapping
    @Operation(operationId = "ListMasterSlavePools", summary = "Lists pools of a master and a standby")
    MasterSlavePoolListAnswer list(
            @PathVariable("project_id") String projectId, @RequestParam MultiValueMap<String, String> query) {
        var page = service.list(projectId, query);
        return new MasterSlavePoolListAnswer(page.pools(), page.info(), RequestId.current());
    }

    @GetMapping("/{pool_id}")
    @Operation(operationId = "ShowMasterSlavePool", summary = "Shows a pool of a master and a standby")
    MasterSlavePoolAnswer show(@PathVariable("project_id") String projectId, @PathVariable("pool_id") UUID poolId) {
        return new MasterSlavePoolAnswer(service.show(projectId, poolId), RequestId.current());
    }

    @DeleteMapping("/{pool_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "DeleteMasterSlavePool",
            summary = "Deletes a pool of a master and a standby with its members and its health monitor")
    void delete(@PathVariable("project_id") String projectId, @PathVariable("pool_id") UUID poolId) {
        service.delete(projectId, poolId);
    }
}
