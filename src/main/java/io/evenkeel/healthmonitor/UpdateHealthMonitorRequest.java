package io.evenkeel.healthmonitor;

import io.evenkeel.healthmonitor.CreateHealthMonitorRequest.Texts;
import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.json.Change;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What a client wants changed of a health monitor: absent stays, null puts the default back. */
record UpdateHealthMonitorRequest(
        Change<
                        @Size(max = 255, message = Texts.UP_TO_255)
                        @Pattern(regexp = Texts.PLAIN, message = Texts.PLAIN_RULE) String>
                name,
        Change<Boolean> adminStateUp,
        Change<@Pattern(regexp = Texts.TYPE, message = Texts.TYPE_RULE) String> type,
        Change<@Min(value = 1, message = Texts.SECONDS_RULE) @Max(value = 50, message = Texts.SECONDS_RULE) Integer>
                delay,
        Change<@Min(value = 1, message = Texts.SECONDS_RULE) @Max(value = 50, message = Texts.SECONDS_RULE) Integer>
                timeout,
        Change<@Min(value = 1, message = Texts.COUNT_RULE) @Max(value = 10, message = Texts.COUNT_RULE) Integer>
                maxRetries,
        Change<@Min(value = 1, message = Texts.COUNT_RULE) @Max(value = 10, message = Texts.COUNT_RULE) Integer>
                maxRetriesDown,
        Change<@Min(value = 1, message = Texts.PORT_RULE) @Max(value = 65535, message = Texts.PORT_RULE) Integer>
                monitorPort,
        Change<@Pattern(regexp = Texts.DOMAIN, message = Texts.DOMAIN_RULE) String> domainName,
        Change<@Pattern(regexp = Texts.URL_PATH, message = Texts.URL_PATH_RULE) String> urlPath,
        Change<@Pattern(regexp = Texts.METHOD, message = Texts.METHOD_RULE) String> httpMethod,
        Change<@Size(min = 1, max = 64, message = Texts.CODES_RULE) String> expectedCodes) {

    /** Errors: REQUIRED for a null where there is no default, INVALID_INPUT for fields that do not fit each other. */
    HealthMonitorSpec applyTo(HealthMonitorSpec spec) {
        var newType = needed("type", type).map(MonitorType::valueOf).over(spec.type(), spec.type());
        // What the old type knew means nothing to a type of another family.
        boolean isSameFamily =
                newType == spec.type() || (newType.isHttp() && spec.type().isHttp());
        return new HealthMonitorSpec(
                name.over(spec.name(), ""),
                adminStateUp.over(spec.adminStateUp(), true),
                newType,
                needed("delay", delay).over(spec.delay(), spec.delay()),
                needed("timeout", timeout).over(spec.timeout(), spec.timeout()),
                needed("max_retries", maxRetries).over(spec.maxRetries(), spec.maxRetries()),
                maxRetriesDown.over(spec.maxRetriesDown(), HealthMonitorSpec.DEFAULT_MAX_RETRIES_DOWN),
                monitorPort.over(spec.monitorPort()),
                over(domainName, spec.domainName(), isSameFamily),
                over(urlPath, spec.urlPath(), isSameFamily),
                over(httpMethod, spec.httpMethod(), isSameFamily),
                over(expectedCodes, spec.expectedCodes(), isSameFamily));
    }

    private static @Nullable String over(Change<String> change, @Nullable String current, boolean isSameFamily) {
        return change.over(isSameFamily ? current : null);
    }

    private static <T> Change<T> needed(String attribute, Change<T> change) {
        if (change instanceof Change.Clear) {
            throw ErrorCode.REQUIRED.with("healthmonitor." + attribute);
        }
        return change;
    }
}
