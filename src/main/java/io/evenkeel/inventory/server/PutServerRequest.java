package io.evenkeel.inventory.server;

import io.evenkeel.inventory.address.InventoryIds;
import io.evenkeel.platform.IpAddress;
import io.evenkeel.platform.error.ErrorCode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server as it shall be.
 *
 * @param id needed in a batch; elsewhere the path has it, and a body that has it too must agree
 * @param name empty when absent
 * @param status ACTIVE when absent
 */
record PutServerRequest(
        @Pattern(regexp = InventoryIds.PATTERN, message = InventoryIds.RULE) @Nullable
        String id,

        @Size(max = 255, message = "must have at most 255 characters")
        @Pattern(regexp = TEXT, message = "must not contain control characters")
        @Nullable
        String name,

        @NotNull @Pattern(regexp = InventoryIds.PATTERN, message = InventoryIds.RULE)
        String availabilityZone,

        @NotNull @Valid Os os,

        @Pattern(regexp = "^(ACTIVE|STOPPED|REBOOT)$", message = "must be one of ACTIVE, STOPPED, REBOOT") @Nullable
        String status,

        @NotNull @Size(min = 1, max = 64, message = "must hold 1..64 addresses")
        List<@NotNull @Valid Address> addresses) {

    /** No control characters, no half characters. */
    static final String TEXT = "^[^\\p{Cc}\\p{Cs}]*$";

    /** @param version empty when absent */
    record Os(
            @NotNull @Pattern(regexp = "^(linux|windows)$", message = "must be linux or windows")
            String type,

            @NotNull
            @Pattern(
                    regexp = "^[a-z0-9][a-z0-9._-]{0,63}$",
                    message = "must be 1..64 lower-case letters, digits, '-', '_' or '.'")
            String distribution,

            @Size(max = 64, message = "must have at most 64 characters")
            @Pattern(regexp = TEXT, message = "must not contain control characters")
            @Nullable
            String version) {}

    record Address(
            @NotNull @Pattern(regexp = InventoryIds.PATTERN, message = InventoryIds.RULE)
            String subnetId,

            @NotNull @Size(max = 64, message = "must be an IPv4 or IPv6 address")
            String address) {}

    /**
     * What is asked for, with the place it was asked at.
     *
     * @param path empty, or such as {@code servers[17].}
     */
    WantedServer wanted(String path, String serverId) {
        InventoryIds.check("id", serverId);
        if (id != null && !id.equals(serverId)) {
            throw ErrorCode.INVALID_INPUT.with("id", "must equal the id in the path");
        }
        var wanted = new ArrayList<WantedServer.Address>();
        for (int i = 0; i < addresses.size(); i++) {
            var given = addresses.get(i);
            var place = path + "addresses[" + i + "].";
            var address = IpAddress.parse(given.address())
                    .orElseThrow(() -> ErrorCode.INVALID_INPUT.with(
                            place + "address", "must be an IPv4 or IPv6 address, spelled plainly"));
            wanted.add(new WantedServer.Address(place, given.subnetId(), address));
        }
        return new WantedServer(
                path,
                serverId,
                name == null ? "" : name,
                availabilityZone,
                os.type(),
                os.distribution(),
                os.version() == null ? "" : os.version(),
                status == null ? "ACTIVE" : status,
                List.copyOf(wanted));
    }
}
