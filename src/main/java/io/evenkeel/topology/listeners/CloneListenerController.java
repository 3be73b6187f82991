package io.evenkeel.topology.listeners;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.evenkeel.listener.settings.PortRange;
import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Listeners")
class CloneListenerController {

    private final CloneListenerService service;

    CloneListenerController(CloneListenerService service) {
        this.service = service;
    }

    record ClonedListener(
            UUID id,
            UUID loadbalancerId,
            int protocolPort,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PortRange> portRanges) {}

    record ClonedListenersAnswer(List<ClonedListener> listenerList, UUID jobId, String requestId) {}

    @PostMapping("/v3/{project_id}/elb/listeners/{listener_id}/clone")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "CloneListener",
            summary = "Copies a listener to load balancers of its VPC, with its pool or with a copy of that")
    ClonedListenersAnswer copy(
            @PathVariable("project_id") String projectId,
            @PathVariable("listener_id") UUID listenerId,
            @RequestBody @Valid CloneListenerRequest body) {
        var cloned = service.copy(projectId, listenerId, body);
        return new ClonedListenersAnswer(cloned.listeners(), cloned.jobId(), RequestId.current());
    }
}
