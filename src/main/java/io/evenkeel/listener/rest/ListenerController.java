package io.evenkeel.listener.rest;

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
@RequestMapping("/v3/{project_id}/elb/listeners")
@Tag(name = "Listeners")
class ListenerController {

    private final ListenerService service;

    ListenerController(ListenerService service) {
        this.service = service;
    }

    record CreateListenerEnvelope(@NotNull @Valid CreateListenerRequest listener) {}

    record UpdateListenerEnvelope(@NotNull @Valid UpdateListenerRequest listener) {}

    record ListenerAnswer(ListenerResponse listener, String requestId) {

        ListenerAnswer(ListenerResponse listener) {
            this(listener, RequestId.current());
        }
    }

    record ListenerListAnswer(List<ListenerResponse> listeners, PageInfo pageInfo, String requestId) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "CreateListener", summary = "Opens a port of a load balancer")
    ListenerAnswer create(
            @PathVariable("project_id") String projectId, @RequestBody @Valid CreateListenerEnvelope body) {
        return new ListenerAnswer(service.create(projectId, body.listener()));
    }

    @GetMapping
    @Operation(
            operationId = "ListListeners",
            summary = "Lists listeners, among others those that a backend server gets traffic from")
    ListenerListAnswer list(
            @PathVariable("project_id") String projectId, @RequestParam MultiValueMap<String, String> query) {
        var page = service.list(projectId, query);
        return new ListenerListAnswer(page.answers(), page.ids().info(), RequestId.current());
    }

    @GetMapping("/{listener_id}")
    @Operation(operationId = "ShowListener", summary = "Shows a listener")
    ListenerAnswer show(@PathVariable("project_id") String projectId, @PathVariable("listener_id") UUID listenerId) {
        return new ListenerAnswer(service.show(projectId, listenerId));
    }

    @PutMapping("/{listener_id}")
    @Operation(operationId = "UpdateListener", summary = "Changes a listener")
    ListenerAnswer update(
            @PathVariable("project_id") String projectId,
            @PathVariable("listener_id") UUID listenerId,
            @RequestBody @Valid UpdateListenerEnvelope body) {
        return new ListenerAnswer(service.update(projectId, listenerId, body.listener()));
    }

    @DeleteMapping("/{listener_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "DeleteListener", summary = "Closes a port that no pool stands behind")
    void delete(@PathVariable("project_id") String projectId, @PathVariable("listener_id") UUID listenerId) {
        service.delete(projectId, listenerId);
    }
}
