package io.evenkeel.desiredstate;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * How the members of a pool are checked.
 *
 * @param delay from the start of one check to the start of the next
 * @param timeout how long one check may take
 * @param risesAfter successes in a row until a member that was offline is online; a new member needs one
 * @param fallsAfter failures in a row until a member that was online is offline
 * @param monitorPort 1..65535; absent: the member's port
 * @param domainName the Host of an HTTP check; absent: the member's address
 * @param expectedCodes status codes that count as success, as configured: {@code 200}, {@code 200,202}, {@code 200-204}
 */
public record DesiredHealthMonitor(
        UUID id,
        Type type,
        Duration delay,
        Duration timeout,
        int risesAfter,
        int fallsAfter,
        Optional<Integer> monitorPort,
        Optional<String> domainName,
        String urlPath,
        String httpMethod,
        String expectedCodes) {

    /** What a check does. */
    public enum Type {
        TCP,
        UDP_CONNECT,
        HTTP,
        HTTPS,
        GRPC,
        TLS
    }
}
