package io.evenkeel.desiredstate;

/** What a pool's members speak. */
public enum PoolProtocol {
    TCP,
    UDP,
    TLS,
    HTTP,
    HTTPS,
    GRPC,
    QUIC
}
