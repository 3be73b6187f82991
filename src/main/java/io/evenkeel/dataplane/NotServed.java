package io.evenkeel.dataplane;

import io.evenkeel.dataplane.tls.boringssl.ClientContext;
import io.evenkeel.desiredstate.DesiredHealthMonitor;
import io.evenkeel.desiredstate.DesiredPool;
import java.util.Optional;

/** What of pools a worker does not do yet, or not on this machine. */
final class NotServed {

    private NotServed() {}

    /** Why a pool cannot be served, for a user to read; empty when it can. */
    static Optional<String> reason(DesiredPool pool) {
        if (!isAlgorithmServed(pool)) {
            return Optional.of("The algorithm " + pool.algorithm() + " is not served by this worker yet.");
        }
        var check = pool.healthMonitor().map(DesiredHealthMonitor::type);
        return needsTls(pool) || check.filter(NotServed::needsTls).isPresent()
                ? ClientContext.whyNot()
                : Optional.empty();
    }

    private static boolean isAlgorithmServed(DesiredPool pool) {
        return switch (pool.algorithm()) {
            case ROUND_ROBIN, LEAST_CONNECTIONS, SOURCE_IP -> true;
            case QUIC_CID -> false;
        };
    }

    private static boolean needsTls(DesiredPool pool) {
        return switch (pool.protocol()) {
            case TLS, HTTPS -> true;
            case TCP, UDP, QUIC, HTTP, GRPC -> false;
        };
    }

    private static boolean needsTls(DesiredHealthMonitor.Type type) {
        return switch (type) {
            case TLS, HTTPS -> true;
            case TCP, UDP_CONNECT, HTTP, GRPC -> false;
        };
    }
}
