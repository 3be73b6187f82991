package io.evenkeel.audit.event;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.Set;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

/** Says of ListEvents that it streams as well. */
@Component
class EventStreamDescription implements GlobalOperationCustomizer {

    private static final String EXAMPLE = """
            id: 5be8dd9f.1042:1042:.1042.0199a3c2-92e6-7c55-aa8b-e348e4d9260d
            data: {"id":"0199a3c2-92e6-7c55-aa8b-e348e4d9260d","happened_at":"2026-01-02T03:04:05.678Z",…}
            """;

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        if ("ListEvents".equals(operation.getOperationId())) {
            var success = operation.getResponses().get("200");
            if (success != null && success.getContent() != null) {
                success.getContent()
                        .addMediaType(
                                org.springframework.http.MediaType.TEXT_EVENT_STREAM_VALUE,
                                new MediaType().schema(text()).example(EXAMPLE));
            }
            operation.addParametersItem(parameter("header", "Last-Event-ID")
                    .description("Of a stream: the id of the last event that came; the stream goes on behind it"));
            operation.addParametersItem(parameter("query", "last_event_id")
                    .description("Of a stream: the same for clients that cannot set the header, which wins over it"));
        }
        return operation;
    }

    private static Parameter parameter(String in, String name) {
        return new Parameter().in(in).name(name).required(false).schema(text());
    }

    private static Schema<?> text() {
        return new Schema<>().types(Set.of("string"));
    }
}
