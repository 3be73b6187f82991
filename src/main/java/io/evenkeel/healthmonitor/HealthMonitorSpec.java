package io.evenkeel.healthmonitor;

import io.evenkeel.platform.error.ErrorCode;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import org.jspecify.annotations.Nullable;

/**
 * A health monitor's configuration. What only some types know is null for the others and has its default for those.
 * Errors: {@link ErrorCode#INVALID_INPUT}.
 *
 * @param delay seconds from one check to the next
 * @param timeout seconds that one check may take
 * @param maxRetries successes in a row until ONLINE
 * @param maxRetriesDown failures in a row until OFFLINE
 * @param monitorPort null: the member's own
 * @param domainName null: the load balancer's VIP
 */
@Embeddable
record HealthMonitorSpec(
        String name,
        boolean adminStateUp,
        @Enumerated(EnumType.STRING) MonitorType type,
        int delay,
        int timeout,
        int maxRetries,
        int maxRetriesDown,
        @Nullable Integer monitorPort,
        @Nullable String domainName,
        @Nullable String urlPath,
        @Nullable String httpMethod,
        @Nullable String expectedCodes) {

    static final int DEFAULT_MAX_RETRIES_DOWN = 3;
    private static final String DEFAULT_URL_PATH = "/";
    private static final String DEFAULT_HTTP_METHOD = "GET";

    HealthMonitorSpec {
        if (type.isHttp()) {
            urlPath = urlPath == null ? DEFAULT_URL_PATH : urlPath;
            httpMethod = httpMethod == null ? DEFAULT_HTTP_METHOD : httpMethod;
        } else {
            refuse("domain_name", domainName, "HTTP or HTTPS");
            refuse("url_path", urlPath, "HTTP or HTTPS");
            refuse("http_method", httpMethod, "HTTP or HTTPS");
        }
        if (type.hasCodes()) {
            expectedCodes = checkedCodes(type, expectedCodes);
        } else {
            refuse("expected_codes", expectedCodes, "HTTP, HTTPS or GRPC");
        }
    }

    private static void refuse(String attribute, @Nullable String value, String types) {
        if (value != null) {
            throw ErrorCode.INVALID_INPUT.with("healthmonitor." + attribute, "must be given only with type " + types);
        }
    }

    private static String checkedCodes(MonitorType type, @Nullable String codes) {
        if (type == MonitorType.GRPC) {
            var ofGrpc = codes == null ? ExpectedCodes.OF_GRPC : codes;
            return check(ofGrpc, 0, 99);
        }
        return check(codes == null ? ExpectedCodes.OF_HTTP : codes, 200, 599);
    }

    private static String check(String codes, int lowest, int highest) {
        if (!ExpectedCodes.isValid(codes, lowest, highest)) {
            throw ErrorCode.INVALID_INPUT.with(
                    "healthmonitor.expected_codes",
                    "must be up to 5 codes or ranges of codes from %d to %d, such as %d or %d-%d"
                            .formatted(lowest, highest, lowest, lowest, lowest + 4));
        }
        return codes;
    }
}
