package io.evenkeel.dataplane;

import java.nio.file.Path;

/**
 * What a worker is started with.
 *
 * @param home directory of the last-good state; made when it is not there
 */
public record WorkerOptions(Path home, VipBinding vipBinding) {

    /** Where listening sockets are bound. */
    public enum VipBinding {
        /** The VIP itself, which must be an address of this host. */
        ADDRESS,
        /** All addresses: for a single load balancer behind address translation. */
        WILDCARD
    }
}
