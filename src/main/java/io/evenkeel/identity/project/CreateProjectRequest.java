package io.evenkeel.identity.project;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * @param id generated when left out
 */
record CreateProjectRequest(
        @Pattern(regexp = "^[A-Za-z0-9_-]{1,64}$", message = "must be 1..64 letters, digits, '-' or '_'") @Nullable
        String id,

        @NotNull
        @Size(min = 1, max = 255, message = "must have 1..255 characters")
        @Pattern(regexp = "^[^\\p{Cc}\\p{Cs}]*$", message = "must not contain control characters")
        String name) {

    /** The body of the call. */
    record Envelope(@NotNull @Valid CreateProjectRequest project) {}
}
