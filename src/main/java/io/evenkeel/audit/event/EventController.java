package io.evenkeel.audit.event;

import io.evenkeel.platform.paging.PageInfo;
import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Audit and events")
class EventController {

    private final EventReadService events;

    EventController(EventReadService events) {
        this.events = events;
    }

    record EventListAnswer(List<EventResponse> events, PageInfo pageInfo, String requestId) {}

    @GetMapping("/v3/{project_id}/elb/events")
    @Operation(
            operationId = "ListEvents",
            summary = "Lists what happened in the project, newest first",
            description = """
                    An extension of ours. Each change of a member's health, of the coverage of a load balancer's \
                    availability zone and of what workers serve, and each notice that a certificate runs out, is one \
                    event, however many workers saw it. Events are kept for evenkeel.events.keep (90 days).""")
    EventListAnswer list(
            @PathVariable("project_id") String projectId, @RequestParam MultiValueMap<String, String> query) {
        var page = events.list(projectId, query);
        return new EventListAnswer(page.events(), page.info(), RequestId.current());
    }
}
