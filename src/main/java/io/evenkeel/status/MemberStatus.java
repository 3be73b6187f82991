package io.evenkeel.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a member (wire contract, resources.md §4).
 *
 * @param operatingStatus ONLINE, NO_MONITOR or OFFLINE
 * @param perListener one entry for each listener that uses the pool
 * @param reason why the last check failed, or null
 */
public record MemberStatus(
        String operatingStatus,
        List<ListenerStatus> perListener,
        @Nullable FailedCheck reason,
        ObservedStatus observed) {

    /** The member as one listener sees it. */
    public record ListenerStatus(
            String listenerId,
            String operatingStatus,
            @Nullable FailedCheck reason) {}

    /**
     * A failed check.
     *
     * @param expectedResponse the codes as configured, with RESPONSE_MISMATCH only, else empty
     * @param healthcheckResponse the code received, with RESPONSE_MISMATCH only, else empty
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record FailedCheck(String reasonCode, String expectedResponse, String healthcheckResponse) {}
}
