package io.evenkeel.member.joining;

import io.evenkeel.member.store.MemberSpec;
import io.evenkeel.platform.IpAddress;
import io.evenkeel.platform.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A member that a call wants to add.
 *
 * @param path where it stands in the body: {@code member.}, or such as {@code members[3].}
 * @param subnetId null for an IP member
 * @param port null when absent
 * @param availabilityZone null when absent; must be the server's own
 */
public record NewMember(
        String path,
        IpAddress address,
        @Nullable String subnetId,
        @Nullable Integer port,
        String name,
        int weight,
        @Nullable String availabilityZone) {

    /** Its settings in a pool that does or does not use the listener's port. */
    MemberSpec spec(boolean anyPort) {
        if (anyPort) {
            return new MemberSpec(name, 0, weight);
        }
        if (port == null) {
            throw ErrorCode.REQUIRED.with(path + "protocol_port");
        }
        if (port == 0) {
            throw ErrorCode.INVALID_INPUT.with(path + "protocol_port", "must be 1..65535");
        }
        return new MemberSpec(name, port, weight);
    }

    public static IpAddress address(String path, String text) {
        return IpAddress.parse(text)
                .orElseThrow(() -> ErrorCode.INVALID_INPUT.with(path + "address", "must be an IPv4 or IPv6 address"));
    }
}
