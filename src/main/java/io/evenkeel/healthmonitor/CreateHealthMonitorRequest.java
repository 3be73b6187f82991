package io.evenkeel.healthmonitor;

import static java.util.Objects.requireNonNullElse;

import io.evenkeel.platform.error.ErrorCode;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A health monitor as a client asks for it (wire contract, resources.md §5). */
public record CreateHealthMonitorRequest(
        @NotNull @Size(min = 1, max = 64, message = "must be an id")
        String poolId,

        @Nullable String projectId,

        @Nullable @Size(max = 255, message = Texts.UP_TO_255) @Pattern(regexp = Texts.PLAIN, message = Texts.PLAIN_RULE)
        String name,

        @Nullable Boolean adminStateUp,

        @NotNull @Pattern(regexp = Texts.TYPE, message = Texts.TYPE_RULE)
        String type,

        @NotNull @Min(value = 1, message = Texts.SECONDS_RULE) @Max(value = 50, message = Texts.SECONDS_RULE)
        Integer delay,

        @NotNull @Min(value = 1, message = Texts.SECONDS_RULE) @Max(value = 50, message = Texts.SECONDS_RULE)
        Integer timeout,

        @NotNull @Min(value = 1, message = Texts.COUNT_RULE) @Max(value = 10, message = Texts.COUNT_RULE)
        Integer maxRetries,

        @Nullable @Min(value = 1, message = Texts.COUNT_RULE) @Max(value = 10, message = Texts.COUNT_RULE)
        Integer maxRetriesDown,

        @Nullable @Min(value = 1, message = Texts.PORT_RULE) @Max(value = 65535, message = Texts.PORT_RULE)
        Integer monitorPort,

        @Nullable @Pattern(regexp = Texts.DOMAIN, message = Texts.DOMAIN_RULE)
        String domainName,

        @Nullable @Pattern(regexp = Texts.URL_PATH, message = Texts.URL_PATH_RULE)
        String urlPath,

        @Nullable @Pattern(regexp = Texts.METHOD, message = Texts.METHOD_RULE)
        String httpMethod,

        @Nullable @Size(min = 1, max = 64, message = Texts.CODES_RULE)
        String expectedCodes) {

    /** Rules of shape that creating and updating share. */
    static final class Texts {
        static final String UP_TO_255 = "must have at most 255 characters";
        static final String PLAIN = "^[^\\p{Cc}\\p{Cs}]*$";
        static final String PLAIN_RULE = "must not contain control characters";
        static final String TYPE = "^(TCP|UDP_CONNECT|HTTP|HTTPS|GRPC|TLS)$";
        static final String TYPE_RULE = "must be one of TCP, UDP_CONNECT, HTTP, HTTPS, GRPC, TLS";
        static final String SECONDS_RULE = "must be 1..50";
        static final String COUNT_RULE = "must be 1..10";
        static final String PORT_RULE = "must be 1..65535";
        static final String DOMAIN = "^[A-Za-z0-9][A-Za-z0-9.-]{0,99}$";
        static final String DOMAIN_RULE = "must be 1..100 letters, digits, '-' or '.', starting with a letter or digit";
        static final String URL_PATH = "^/[A-Za-z0-9\\-/.%?#&_;~!()*\\[\\]@$^:',+]{0,79}$";
        static final String URL_PATH_RULE =
                "must start with '/' and be 1..80 letters, digits or characters of -/.%?#&_;~!()*[]@$^:',+";
        static final String METHOD = "^(GET|HEAD|POST)$";
        static final String METHOD_RULE = "must be one of GET, HEAD, POST";
        static final String CODES_RULE = "must have 1..64 characters";

        private Texts() {}
    }

    /** Errors: INVALID_INPUT for fields that do not fit each other or the project of the path. */
    HealthMonitorSpec toSpec(String pathProjectId) {
        if (projectId != null && !projectId.equals(pathProjectId)) {
            throw ErrorCode.INVALID_INPUT.with("healthmonitor.project_id", "must be the project of the path");
        }
        return new HealthMonitorSpec(
                requireNonNullElse(name, ""),
                requireNonNullElse(adminStateUp, true),
                MonitorType.valueOf(type),
                delay,
                timeout,
                maxRetries,
                requireNonNullElse(maxRetriesDown, HealthMonitorSpec.DEFAULT_MAX_RETRIES_DOWN),
                monitorPort,
                domainName,
                urlPath,
                httpMethod,
                expectedCodes);
    }
}
