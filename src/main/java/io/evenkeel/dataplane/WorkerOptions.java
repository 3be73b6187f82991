package io.evenkeel.dataplane;

import io.evenkeel.dataplane.accesslog.AccessLogOptions;
import io.evenkeel.desiredstate.delivery.KeyOpener;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a worker is started with.
 *
 * @param home directory of the last-good state; made when it is not there
 * @param keys opens the private keys of certificates; called on the control thread
 * @param availabilityZone where it runs; absent: pools with an affinity for zones are served like any others
 */
public record WorkerOptions(
        Path home,
        VipBinding vipBinding,
        KeyOpener keys,
        AccessLogOptions accessLog,
        Optional<String> availabilityZone) {

    /** In no zone. */
    public WorkerOptions(Path home, VipBinding vipBinding, KeyOpener keys, AccessLogOptions accessLog) {
        this(home, vipBinding, keys, accessLog, Optional.empty());
    }

    /** With the access log on standard output. */
    public WorkerOptions(Path home, VipBinding vipBinding, KeyOpener keys) {
        this(home, vipBinding, keys, AccessLogOptions.DEFAULT);
    }

    /** Without private keys, and so without TLS. */
    public WorkerOptions(Path home, VipBinding vipBinding) {
        this(home, vipBinding, KeyOpener.NONE);
    }

    /** Where listening sockets are bound. */
    public enum VipBinding {
        /** The VIP itself, which must be an address of this host. */
        ADDRESS,
        /** All addresses: for a single load balancer behind address translation. */
        WILDCARD
    }
}
