package io.evenkeel.inventory.server;

import io.evenkeel.platform.paging.ListQueries;
import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
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
@RequestMapping("/inventory/v1/{project_id}/servers")
@Tag(name = "Inventory")
class ServerController {

    private final ServerService servers;
    private final ServerFilters filters;
    private final ListQueries lists;

    ServerController(ServerService servers, ServerFilters filters, ListQueries lists) {
        this.servers = servers;
        this.filters = filters;
        this.lists = lists;
    }

    @PutMapping("/{server_id}")
    @Operation(operationId = "PutInventoryServer", summary = "Creates or replaces a server")
    ResponseEntity<ServerResponse.Answer> put(
            @PathVariable("project_id") String projectId,
            @PathVariable("server_id") String serverId,
            @RequestBody @Valid PutServerRequest request) {
        var created = servers.put(projectId, List.of(request.wanted("", serverId)));
        return ResponseEntity.status(created.isEmpty() ? HttpStatus.OK : HttpStatus.CREATED)
                .body(show(projectId, serverId));
    }

    @PostMapping("/batch")
    @Operation(operationId = "BatchPutInventoryServers", summary = "Creates or replaces up to 1,000 servers, or none")
    ServerResponse.BatchAnswer putAll(
            @PathVariable("project_id") String projectId, @RequestBody @Valid PutServersRequest request) {
        var wanted = request.wanted();
        servers.put(projectId, wanted);
        var ids = wanted.stream().map(WantedServer::id).toList();
        return new ServerResponse.BatchAnswer(servers.read(projectId, ids), RequestId.current());
    }

    @GetMapping("/{server_id}")
    @Operation(operationId = "ShowInventoryServer", summary = "Shows a server")
    ServerResponse.Answer show(
            @PathVariable("project_id") String projectId, @PathVariable("server_id") String serverId) {
        return new ServerResponse.Answer(servers.require(projectId, serverId), RequestId.current());
    }

    @GetMapping
    @Operation(operationId = "ListInventoryServers", summary = "Lists the servers of the project")
    ServerResponse.ListAnswer list(
            @PathVariable("project_id") String projectId, @RequestParam MultiValueMap<String, String> query) {
        var page = lists.page(filters, projectId, query);
        return new ServerResponse.ListAnswer(servers.read(projectId, page.ids()), page.info(), RequestId.current());
    }

    @DeleteMapping("/{server_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "DeleteInventoryServer", summary = "Deletes a server that is no member of any pool")
    void delete(@PathVariable("project_id") String projectId, @PathVariable("server_id") String serverId) {
        servers.delete(projectId, serverId);
    }
}
