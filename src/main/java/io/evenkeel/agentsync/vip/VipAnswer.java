package io.evenkeel.agentsync.vip;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is answered about one VIP.
 *
 * @param status of HTTP: 200 where it is served, 503 where it is not, 404 where it is unknown
 * @param reason null where it is served
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record VipAnswer(
        @JsonIgnore int status,
        String address,
        boolean serving,
        @Nullable String reason,
        @Nullable String message,
        @Nullable UUID loadbalancerId) {

    static VipAnswer serving(String address) {
        return new VipAnswer(200, address, true, null, null, null);
    }

    static VipAnswer not(String address, String reason, String message) {
        return new VipAnswer(503, address, false, reason, message, null);
    }

    static VipAnswer unknown(String address, String message) {
        return new VipAnswer(404, address, false, "UNKNOWN", message, null);
    }

    VipAnswer of(UUID id) {
        return new VipAnswer(status, address, serving, reason, message, id);
    }
}
