package io.evenkeel.identity.token;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * @param expiresInSeconds 60 (a minute) to 31,536,000 (a year); 30 days when left out
 */
record CreateTokenRequest(
        @NotNull @Pattern(regexp = "^[A-Za-z0-9_-]{1,64}$", message = "must be 1..64 letters, digits, '-' or '_'")
        String projectId,

        @NotNull @Pattern(regexp = "^(reader|operator|admin)$", message = "must be one of reader, operator, admin")
        String role,

        @Size(max = 255, message = "must have at most 255 characters")
        @Pattern(regexp = "^[^\\p{Cc}\\p{Cs}]*$", message = "must not contain control characters")
        @Nullable
        String description,

        @Min(value = 60, message = "must be 60..31536000")
        @Max(value = 31_536_000, message = "must be 60..31536000")
        @Nullable
        Integer expiresInSeconds) {

    Duration validity() {
        return expiresInSeconds == null ? Duration.ofDays(30) : Duration.ofSeconds(expiresInSeconds);
    }

    /** The body of the call. */
    record Envelope(@NotNull @Valid CreateTokenRequest token) {}
}
