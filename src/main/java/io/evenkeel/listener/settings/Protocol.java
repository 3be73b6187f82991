package io.evenkeel.listener.settings;

import io.evenkeel.pool.PoolProtocol;

/** What a listener speaks with clients, and what follows from it (wire contract, resources.md §2 and §11). */
public enum Protocol {
    TCP,
    UDP,
    HTTP,
    HTTPS,
    TLS,
    QUIC;

    /** The names in requests; the last is an older one of HTTPS. */
    public static final String NAMES = "TCP|UDP|HTTP|HTTPS|TLS|QUIC|TERMINATED_HTTPS";

    public static final String NAMES_RULE = "must be one of TCP, UDP, HTTP, HTTPS, TLS, QUIC, TERMINATED_HTTPS";

    private static final int MIN_TCP_KEEPALIVE_SECONDS = 10;

    public static Protocol ofWire(String name) {
        return name.equals("TERMINATED_HTTPS") ? HTTPS : valueOf(name);
    }

    /** Whether a pool of this protocol may stand behind the listener. */
    public boolean accepts(PoolProtocol pool) {
        return switch (this) {
            case TCP -> pool == PoolProtocol.TCP;
            case UDP -> pool == PoolProtocol.UDP || pool == PoolProtocol.QUIC;
            case HTTP -> pool == PoolProtocol.HTTP;
            case HTTPS, QUIC -> pool == PoolProtocol.HTTP || pool == PoolProtocol.HTTPS || pool == PoolProtocol.GRPC;
            case TLS -> pool == PoolProtocol.TLS || pool == PoolProtocol.TCP;
        };
    }

    /** Whether it needs a load balancer with a flavor of layer 7; the others need one of layer 4. */
    public boolean isL7() {
        return this == HTTP || this == HTTPS || this == QUIC;
    }

    public boolean needsCertificate() {
        return this == HTTPS || this == TLS || this == QUIC;
    }

    /** Whether its ports are UDP ports; a load balancer has one space of each kind. */
    public boolean isDatagram() {
        return this == UDP || this == QUIC;
    }

    public boolean mayHavePortRanges() {
        return this == TCP || this == UDP || this == TLS;
    }

    /** Seconds. */
    public int defaultKeepalive() {
        return isL7() ? 60 : 300;
    }

    /** Seconds. UDP takes any: in the wire contract it has no effect there; here 0 stands for the default. */
    public int minKeepalive() {
        return this == TCP || this == TLS ? MIN_TCP_KEEPALIVE_SECONDS : 0;
    }
}
