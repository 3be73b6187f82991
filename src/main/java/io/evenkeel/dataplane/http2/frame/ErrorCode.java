package io.evenkeel.dataplane.http2.frame;

/** Why a stream or a connection ends: RFC 9113 §7. In the order of their numbers, from 0. */
public enum ErrorCode {
    NO_ERROR,
    PROTOCOL_ERROR,
    INTERNAL_ERROR,
    FLOW_CONTROL_ERROR,
    SETTINGS_TIMEOUT,
    STREAM_CLOSED,
    FRAME_SIZE_ERROR,
    REFUSED_STREAM,
    CANCEL,
    COMPRESSION_ERROR,
    CONNECT_ERROR,
    ENHANCE_YOUR_CALM;

    /** The numbers are the wire's, which never change. */
    @SuppressWarnings("EnumOrdinal")
    int number() {
        return ordinal();
    }
}
