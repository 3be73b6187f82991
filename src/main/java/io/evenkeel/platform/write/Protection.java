package io.evenkeel.platform.write;

import io.evenkeel.platform.error.ErrorCode;
import io.evenkeel.platform.json.Change;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

/**
 * Whether a console should ask before it changes a resource, and why. Advice only: no call is refused for it.
 *
 * @param status {@code nonProtection} or {@code consoleProtection}
 * @param reason empty unless protected
 */
@Embeddable
public record Protection(String status, String reason) {

    public static final String STATUSES = "nonProtection|consoleProtection";
    public static final String STATUSES_RULE = "must be nonProtection or consoleProtection";
    public static final String REASON = "[^<>\\p{Cc}\\p{Cs}]*";
    public static final String REASON_RULE = "must not contain angle brackets or control characters";

    private static final String NONE = "nonProtection";

    /** From a request that creates. Errors: INVALID_INPUT naming {@code <resource>.protection_reason}. */
    public static Protection of(@Nullable String status, @Nullable String reason, String resource) {
        var protection = new Protection(status == null ? NONE : status, reason == null ? "" : reason);
        return protection.checked(resource);
    }

    /** After an update; the reason leaves with the protection unless the update says otherwise. */
    public Protection with(Change<String> newStatus, Change<String> newReason, String resource) {
        var status = newStatus.over(this.status, NONE);
        var kept = status.equals(NONE) ? "" : reason;
        return new Protection(status, newReason.over(kept, "")).checked(resource);
    }

    private Protection checked(String resource) {
        if (status.equals(NONE) && !reason.isEmpty()) {
            throw ErrorCode.INVALID_INPUT.with(
                    resource + ".protection_reason", "needs protection_status consoleProtection");
        }
        return this;
    }
}
