package io.evenkeel.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Our addition to a vendor resource, under its attribute {@code evenkeel}: what is observed, why, and since when.
 *
 * @param operatingStatus ONLINE, DEGRADED, OFFLINE, NO_MONITOR
 * @param reason a code and a sentence, or null when all is well
 * @param since time on the wire, or null when nothing has been seen yet
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ObservedStatus(
        String operatingStatus,
        @Nullable String reason,
        @Nullable String since) {

    public static final ObservedStatus ONLINE = new ObservedStatus("ONLINE", null, null);
}
