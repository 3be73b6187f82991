package io.evenkeel.pool;

/** What the members of a pool speak (wire contract, resources.md §3). */
public enum PoolProtocol {
    TCP,
    UDP,
    TLS,
    GRPC,
    HTTP,
    HTTPS,
    QUIC;

    /** Whether members may be used on the listener's port, and their connections be drained. */
    public boolean isPassedThrough() {
        return this == TCP || this == UDP || this == QUIC;
    }

    public boolean isHttp() {
        return this == HTTP || this == HTTPS;
    }
}
