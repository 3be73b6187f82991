package io.evenkeel.dataplane.health.probe;

/** Why a member is offline, by the names of the wire contract; {@link #NOT_CHECKED_YET} is our own. */
public enum FailureReason {
    /** No check has ended since the member came, or came back. */
    NOT_CHECKED_YET,
    CONNECT_TIMEOUT,
    CONNECT_REFUSED,
    /** No connection for another reason: the host is unreachable, a firewall answers. */
    CONNECT_FAILED,
    /** Reset while connecting. */
    CONNECT_INTERRUPT,
    /** The member speaks no TLS, or none that we can agree on, or not in time. */
    SSL_HANDSHAKE_ERROR,
    SEND_REQUEST_FAILED,
    SEND_REQUEST_TIMEOUT,
    RECV_RESPONSE_FAILED,
    RECV_RESPONSE_TIMEOUT,
    /** What came is no HTTP/1 status line. */
    RESPONSE_FORMAT_ERROR,
    /** A well-formed answer with a status code that is not expected. */
    RESPONSE_MISMATCH
}
