package io.evenkeel.healthmonitor;

import io.evenkeel.pool.PoolProtocol;

/** What a check does (wire contract, resources.md §5 and §11). */
enum MonitorType {
    TCP,
    UDP_CONNECT,
    HTTP,
    HTTPS,
    GRPC,
    TLS;

    boolean isHttp() {
        return this == HTTP || this == HTTPS;
    }

    /** Whether an answer carries a status code. */
    boolean hasCodes() {
        return isHttp() || this == GRPC;
    }

    boolean fits(PoolProtocol protocol) {
        return switch (protocol) {
            case TCP -> this == TCP || isHttp();
            case UDP, QUIC -> this == UDP_CONNECT;
            case HTTP, HTTPS, GRPC, TLS -> this != UDP_CONNECT;
        };
    }
}
