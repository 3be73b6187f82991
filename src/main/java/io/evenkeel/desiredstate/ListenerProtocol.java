package io.evenkeel.desiredstate;

/** What a listener speaks with clients. */
public enum ListenerProtocol {
    TCP,
    UDP,
    HTTP,
    HTTPS,
    TLS,
    QUIC
}
