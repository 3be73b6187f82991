package io.evenkeel.routing.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.routing.settings.InsertedHeaders.InsertedHeadersInput;
import io.evenkeel.routing.settings.RemovedHeaders.RemovedHeadersInput;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where clients are sent (wire contract, resources.md §6). What is {@code ${…}} stays as the client asked for it.
 *
 * @param port as text: 1..65535, or {@code ${port}}
 * @param statusCode as text: 301, 302, 303, 307 or 308
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RedirectUrl(
        String protocol,
        String host,
        String port,
        String path,
        String query,
        String statusCode,
        @Nullable InsertedHeaders insertHeadersConfig,
        @Nullable RemovedHeaders removeHeadersConfig) {

    private static final String AT = "l7policy.redirect_url_config";

    /** As clients give it. */
    public record RedirectUrlInput(
            @Nullable @Pattern(regexp = "HTTPS?|\\$\\{protocol\\}", message = "must be HTTP, HTTPS or \\${protocol}")
            String protocol,

            @Nullable
            @Size(min = 1, max = 128, message = UrlTexts.LENGTH)
            @Pattern(regexp = UrlTexts.HOST, message = UrlTexts.HOST_RULE)
            String host,

            @Nullable @Pattern(regexp = UrlTexts.PORT, message = UrlTexts.PORT_RULE)
            String port,

            @Nullable
            @Size(min = 1, max = 128, message = UrlTexts.LENGTH)
            @Pattern(regexp = UrlTexts.PATH, message = UrlTexts.PATH_RULE)
            String path,

            @Nullable
            @Size(max = 128, message = UrlTexts.QUERY_LENGTH)
            @Pattern(regexp = UrlTexts.QUERY, message = UrlTexts.QUERY_RULE)
            String query,

            @NotNull @Pattern(regexp = "30[12378]", message = "must be one of 301, 302, 303, 307, 308, as text")
            String statusCode,

            @Nullable @Valid InsertedHeadersInput insertHeadersConfig,
            @Nullable @Valid RemovedHeadersInput removeHeadersConfig) {

        /** Errors: INVALID_INPUT. */
        public RedirectUrl value() {
            return new RedirectUrl(
                    Objects.requireNonNullElse(protocol, UrlTexts.SAME_PROTOCOL),
                    Objects.requireNonNullElse(host, UrlTexts.SAME_HOST),
                    Objects.requireNonNullElse(port, UrlTexts.SAME_PORT),
                    Objects.requireNonNullElse(path, UrlTexts.SAME_PATH),
                    Objects.requireNonNullElse(query, UrlTexts.SAME_QUERY),
                    statusCode,
                    InsertedHeaders.of(insertHeadersConfig, AT + ".insert_headers_config"),
                    RemovedHeaders.of(removeHeadersConfig, AT + ".remove_headers_config"));
        }
    }

    /** A client that follows it must not come back with the same request. Errors: INVALID_INPUT. */
    public void checkLeaves(String listenerProtocol, int listenerPort) {
        boolean hasSameProtocol = protocol.equals(UrlTexts.SAME_PROTOCOL) || protocol.equals(listenerProtocol);
        boolean hasSamePort = port.equals(UrlTexts.SAME_PORT) || port.equals(Integer.toString(listenerPort));
        boolean hasSamePlace = host.equals(UrlTexts.SAME_HOST) && path.equals(UrlTexts.SAME_PATH);
        if (hasSameProtocol && hasSamePort && hasSamePlace) {
            throw ErrorCode.INVALID_INPUT.with(
                    AT,
                    "must lead elsewhere: at least one of protocol, host, port and path must differ from the request");
        }
    }
}
