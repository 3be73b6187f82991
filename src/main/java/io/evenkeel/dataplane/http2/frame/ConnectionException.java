package io.evenkeel.dataplane.http2.frame;

/** A connection that cannot go on: RFC 9113 §5.4.1. Carries no stack trace. */
public final class ConnectionException extends Exception {

    private final ErrorCode code;

    public ConnectionException(ErrorCode code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    static ConnectionException protocol(String reason) {
        return new ConnectionException(ErrorCode.PROTOCOL_ERROR, reason);
    }

    static ConnectionException size(String reason) {
        return new ConnectionException(ErrorCode.FRAME_SIZE_ERROR, reason);
    }

    public ErrorCode code() {
        return code;
    }
}
