package io.evenkeel.identity.accesskey;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

record CreateAccessKeyRequest(
        @NotNull @Pattern(regexp = "^[A-Za-z0-9_-]{1,64}$", message = "must be 1..64 letters, digits, '-' or '_'")
        String projectId,

        @NotNull @Pattern(regexp = "^(reader|operator|admin)$", message = "must be one of reader, operator, admin")
        String role,

        @Size(max = 255, message = "must have at most 255 characters")
        @Pattern(regexp = "^[^\\p{Cc}\\p{Cs}]*$", message = "must not contain control characters")
        @Nullable
        String description) {

    /** The body of the call. */
    record Envelope(@NotNull @Valid CreateAccessKeyRequest accessKey) {}
}
