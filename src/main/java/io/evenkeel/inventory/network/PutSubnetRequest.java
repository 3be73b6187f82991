package io.evenkeel.inventory.network;

import io.evenkeel.inventory.address.InventoryIds;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A subnet as it shall be.
 *
 * @param name empty when absent
 */
record PutSubnetRequest(
        @Size(max = 255, message = "must have at most 255 characters")
        @Pattern(regexp = PutVpcRequest.NAME, message = "must not contain control characters")
        @Nullable
        String name,

        @NotNull @Pattern(regexp = InventoryIds.PATTERN, message = InventoryIds.RULE)
        String vpcId,

        @NotNull @Size(max = 64, message = "must be an address range such as 10.0.1.0/24")
        String cidr) {

    String nameOrEmpty() {
        return name == null ? "" : name;
    }
}
