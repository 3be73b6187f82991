package io.evenkeel.routing.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.evenkeel.routing.settings.InsertedHeaders.InsertedHeadersInput;
import io.evenkeel.routing.settings.RemovedHeaders.RemovedHeadersInput;
import io.evenkeel.routing.settings.TrafficLimit.TrafficLimitInput;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a client is answered without asking any backend server (wire contract, resources.md §6).
 *
 * @param statusCode as text: 200..299, 400..499 or 500..599
 * @param messageBody 0..1024 characters
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FixedResponse(
        String statusCode,
        String contentType,
        String messageBody,
        @Nullable InsertedHeaders insertHeadersConfig,
        @Nullable RemovedHeaders removeHeadersConfig,
        @Nullable TrafficLimit trafficLimitConfig) {

    private static final String AT = "l7policy.fixed_response_config";

    /** Text with line ends and tabs; one class of characters, because the matcher recurses over groups. */
    static final String LINES = "[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\p{Cs}]*";

    /** As clients give it. */
    public record FixedResponseInput(
            @NotNull @Pattern(regexp = "[245][0-9]{2}", message = "must be 200..299, 400..499 or 500..599, as text")
            String statusCode,

            @Nullable
            @Pattern(
                    regexp = "text/(plain|css|html)|application/(javascript|json)",
                    message =
                            "must be one of text/plain, text/css, text/html, application/javascript, application/json")
            String contentType,

            @Nullable
            @Size(max = 1024, message = "must be 0..1024 characters long")
            @Pattern(regexp = LINES, message = "must not contain control characters")
            String messageBody,

            @Nullable @Valid InsertedHeadersInput insertHeadersConfig,
            @Nullable @Valid RemovedHeadersInput removeHeadersConfig,
            @Nullable @Valid TrafficLimitInput trafficLimitConfig) {

        /** Errors: INVALID_INPUT. */
        public FixedResponse value() {
            return new FixedResponse(
                    statusCode,
                    Objects.requireNonNullElse(contentType, "text/plain"),
                    Objects.requireNonNullElse(messageBody, ""),
                    InsertedHeaders.of(insertHeadersConfig, AT + ".insert_headers_config"),
                    RemovedHeaders.of(removeHeadersConfig, AT + ".remove_headers_config"),
                    TrafficLimit.of(trafficLimitConfig, AT + ".traffic_limit_config"));
        }
    }
}
