package io.evenkeel.pool.spec;

/** How a member is picked ({@code lb_algorithm}). */
public enum Algorithm {
    ROUND_ROBIN,
    LEAST_CONNECTIONS,
    SOURCE_IP,
    QUIC_CID
}
