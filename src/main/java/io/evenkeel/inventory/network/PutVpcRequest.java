package io.evenkeel.inventory.network;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A VPC as it shall be.
 *
 * @param name empty when absent
 */
record PutVpcRequest(
        @Size(max = 255, message = "must have at most 255 characters")
        @Pattern(regexp = NAME, message = "must not contain control characters")
        @Nullable
        String name,

        @NotNull @Size(max = 64, message = "must be an address range such as 10.0.0.0/16")
        String cidr) {

    /** No control characters, no half characters. */
    static final String NAME = "^[^\\p{Cc}\\p{Cs}]*$";

    String nameOrEmpty() {
        return name == null ? "" : name;
    }
}
