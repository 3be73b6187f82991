package io.evenkeel.listener.tag;

import io.evenkeel.loadbalancer.Tag;
import io.evenkeel.loadbalancer.TagChange;
import io.evenkeel.loadbalancer.TagColumn.KeyValues;
import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * As everywhere in the contract, tag operations have no {@code /elb} in their paths. Terraform's provider calls them by
 * the path that they had before v3, so they are served there as well.
 */
@RestController
@RequestMapping({"/v3/{project_id}/listeners", "/v2.0/{project_id}/listeners"})
@io.swagger.v3.oas.annotations.tags.Tag(name = "Tags")
class ListenerTagController {

    private final ListenerTagService service;

    ListenerTagController(ListenerTagService service) {
        this.service = service;
    }

    record ListenerTagsAnswer(List<Tag> tags, String requestId) {}

    record ListenerTagListAnswer(List<KeyValues> tags, String requestId) {}

    @PostMapping("/{listener_id}/tags/action")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "ChangeListenerTags", summary = "Adds or removes tags of a listener")
    void change(
            @PathVariable("project_id") String projectId,
            @PathVariable("listener_id") UUID listenerId,
            @Valid @RequestBody TagChange body) {
        service.change(projectId, listenerId, body);
    }

    @GetMapping("/{listener_id}/tags")
    @Operation(operationId = "ShowListenerTags", summary = "Shows the tags of a listener")
    ListenerTagsAnswer show(
            @PathVariable("project_id") String projectId, @PathVariable("listener_id") UUID listenerId) {
        return new ListenerTagsAnswer(service.show(projectId, listenerId), RequestId.current());
    }

    @GetMapping("/tags")
    @Operation(operationId = "ListListenerTags", summary = "Lists what listeners are tagged with")
    ListenerTagListAnswer list(@PathVariable("project_id") String projectId) {
        return new ListenerTagListAnswer(service.list(projectId), RequestId.current());
    }
}
