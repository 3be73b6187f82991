package io.evenkeel.topology.listeners;

import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v3/{project_id}/elb/listeners")
@Tag(name = "Listeners")
class ListenerDeletionController {

    private final ListenerDeletionService service;

    ListenerDeletionController(ListenerDeletionService service) {
        this.service = service;
    }

    record ListenerBatch(
            @NotNull @Size(min = 1, max = 10, message = "must hold 1..10 ids")
            List<
                            @NotNull @Size(min = 1, max = 64, message = "must be an id")
                            @Pattern(regexp = "[^\\p{Cc}\\p{Cs}]*", message = "must be an id") String>
                    listenerIds) {}

    record DeletedListenersAnswer(UUID jobId, List<String> listenerIds, String requestId) {}

    @DeleteMapping("/{listener_id}/force")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "DeleteListenerForce",
            summary = "Closes a port with its policies, and leaves the pools behind it")
    void force(@PathVariable("project_id") String projectId, @PathVariable("listener_id") UUID listenerId) {
        service.delete(projectId, listenerId);
    }

    @PostMapping("/batch-delete")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "BatchDeleteListeners",
            summary = "Closes ports with their policies, and leaves the pools behind them: all or none")
    DeletedListenersAnswer batch(@PathVariable("project_id") String projectId, @RequestBody @Valid ListenerBatch body) {
        var job = service.deleteAll(projectId, body.listenerIds());
        return new DeletedListenersAnswer(job, body.listenerIds(), RequestId.current());
    }
}
