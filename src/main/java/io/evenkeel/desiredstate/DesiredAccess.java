package io.evenkeel.desiredstate;

import java.util.Optional;

/**
 * Who may connect to a listener, and how many. Each worker counts for itself.
 *
 * @param ipGroup absent: anybody
 * @param maxConnections open at a time, UDP sessions alike; 0 for no limit
 * @param maxConnectionsPerSecond new ones; 0 for no limit
 */
public record DesiredAccess(Optional<DesiredIpGroup> ipGroup, int maxConnections, int maxConnectionsPerSecond) {

    /** Anybody, as many as there are. */
    public static final DesiredAccess UNLIMITED = new DesiredAccess(Optional.empty(), 0, 0);
}
