package io.evenkeel.inventory.server;

import io.evenkeel.platform.IpAddress;
import java.util.Comparator;

/** An address that a server holds, or shall hold. */
record Claim(String serverId, String vpcId, String subnetId, String subnetCidr, IpAddress address) {

    /** One order for all writers, so that two that want the same addresses wait instead of deadlocking. */
    static final Comparator<Claim> ORDER = Comparator.comparing(Claim::vpcId)
            .thenComparing(claim -> claim.address().text());
}
