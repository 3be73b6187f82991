package io.evenkeel.desiredstate;

/** How a member is picked for a new request or connection. */
public enum Algorithm {
    ROUND_ROBIN,
    LEAST_CONNECTIONS,
    SOURCE_IP,
    QUIC_CID
}
