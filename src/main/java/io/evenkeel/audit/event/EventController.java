package io.evenkeel.audit.event;

import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.paging.PageInfo;
import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MimeTypeUtils;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.ServerHttpObservationFilter;

@RestController
@Tag(name = "Audit and events")
class EventController {

    private static final String PATH = "/v3/{project_id}/elb/events";

    private static final String POSITION = "last_event_id";

    private final EventReadService events;
    private final EventStreams streams;

    EventController(EventReadService events, EventStreams streams) {
        this.events = events;
        this.streams = streams;
    }

    record EventListAnswer(List<EventResponse> events, PageInfo pageInfo, String requestId) {}

    /** Streams are described by {@link EventStreamDescription}. */
    @GetMapping(PATH)
    @Operation(
            operationId = "ListEvents",
            summary = "Lists what happened in the project, newest first, or streams what happens",
            description = """
                    An extension of ours. Each change of a member's health, of the coverage of a load balancer's \
                    availability zone and of what workers serve, and each notice that a certificate runs out, is one \
                    event, however many workers saw it. Events are kept for evenkeel.events.keep (90 days).

                    With `Accept: text/event-stream` the answer is a stream of server-sent events that does not end: \
                    each event as in the list, in the order in which they become visible, with the same filters and \
                    without paging. The `id` of an event, sent as `Last-Event-ID`, continues the stream behind it: \
                    every event comes once, none is left out. Without it the stream begins with what comes. An event \
                    `reset` says that a position means nothing any more, as the database was restored. Streams end \
                    after some 15 minutes, when the service ends, or where the client does not keep up; clients come \
                    again, as browsers do of themselves.""")
    @Nullable
    EventListAnswer list(
            @PathVariable("project_id") String projectId,
            @RequestParam MultiValueMap<String, String> query,
            @Parameter(hidden = true) @RequestHeader(name = "Last-Event-ID", required = false) @Nullable
                    String lastEventId,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (isStreamWanted(request)) {
            stream(projectId, query, lastEventId, request, response);
            return null;
        }
        if (query.containsKey(POSITION)) {
            throw ErrorCode.INVALID_INPUT.with(POSITION, "is for streams, which Accept: text/event-stream asks for");
        }
        var page = events.list(projectId, query);
        return new EventListAnswer(page.events(), page.info(), RequestId.current());
    }

    /** Named, and not less than anything else: whoever takes everything gets the list. */
    private static boolean isStreamWanted(HttpServletRequest request) {
        try {
            var accepted = MediaType.parseMediaTypes(Collections.list(request.getHeaders("Accept")));
            MimeTypeUtils.sortBySpecificity(accepted);
            return !accepted.isEmpty() && MediaType.TEXT_EVENT_STREAM.equalsTypeAndSubtype(accepted.getFirst());
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    private void stream(
            String projectId,
            MultiValueMap<String, String> query,
            @Nullable String lastEventId,
            HttpServletRequest request,
            HttpServletResponse response) {
        var filters = new LinkedMultiValueMap<>(query);
        var begin = single(filters.remove(POSITION));
        // Its time would else count among those of answers.
        ServerHttpObservationFilter.findObservationContext(request)
                .ifPresent(context -> context.setPathPattern(PATH + " (stream)"));
        streams.serve(projectId, filters, lastEventId == null || lastEventId.isEmpty() ? begin : lastEventId, response);
    }

    /** Of the query, for clients that cannot set a header before they lost a stream; the header knows more. */
    private static @Nullable String single(@Nullable List<String> values) {
        if (values == null) {
            return null;
        }
        if (values.size() > 1) {
            throw ErrorCode.INVALID_INPUT.with(POSITION, "may stand only once in the query");
        }
        return values.getFirst();
    }
}
