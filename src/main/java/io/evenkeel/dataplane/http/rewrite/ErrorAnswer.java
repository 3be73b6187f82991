package io.evenkeel.dataplane.http.rewrite;

import static io.evenkeel.dataplane.http.rewrite.InsertedFields.ascii;

import io.evenkeel.dataplane.http.memory.Block;

/** What we answer ourselves: complete, with a length, saying why and whether a member may have seen the request. */
public enum ErrorAnswer {
    BAD_REQUEST(400, "Bad Request", ""),
    REQUEST_TIMEOUT(408, "Request Timeout", ""),
    URI_TOO_LONG(414, "URI Too Long", ""),
    HEAD_TOO_LARGE(431, "Request Header Fields Too Large", ""),
    NOT_IMPLEMENTED(501, "Not Implemented", ""),
    VERSION_NOT_SUPPORTED(505, "HTTP Version Not Supported", ""),
    NO_HEALTHY_MEMBER(503, "Service Unavailable", "no-healthy-member"),
    OVER_LIMIT(503, "Service Unavailable", "over-limit"),
    OVERLOADED(503, "Service Unavailable", "overloaded"),
    /** A member failed, and too many requests were at their second or third one already. */
    RETRY_DENIED(503, "Service Unavailable", "retry-budget-spent"),
    CONNECT_FAILED(502, "Bad Gateway", "connect-failed"),
    MEMBER_RESET(502, "Bad Gateway", "member-reset"),
    MEMBER_STOPPED(502, "Bad Gateway", "member-stopped"),
    BAD_RESPONSE(502, "Bad Gateway", "bad-response"),
    MEMBER_TIMEOUT(504, "Gateway Timeout", "member-timeout");

    private static final byte[] SENT = ascii("X-Evenkeel-Request-Sent: yes\r\n");
    private static final byte[] NOT_SENT = ascii("X-Evenkeel-Request-Sent: no\r\n");
    private static final byte[] LINE_END = ascii("\r\n");
    /** Of a call that was answered, be it by a failure. */
    private static final int GRPC_HTTP_STATUS = 200;

    private static final byte[] GRPC_UNAVAILABLE = ascii("HTTP/1.1 " + GRPC_HTTP_STATUS
            + " OK\r\nContent-Type: application/grpc\r\nContent-Length: 0\r\ngrpc-status: 14\r\ngrpc-message: ");
    private static final byte[] GRPC_RETRY_AFTER_A_SECOND = ascii("grpc-retry-pushback-ms: 1000\r\n");

    private final int status;
    private final String reason;
    private final String head;
    private final String body;

    ErrorAnswer(int status, String phrase, String reason) {
        this.status = status;
        this.reason = reason;
        this.body = status + " " + phrase + (reason.isEmpty() ? "" : ": " + reason.replace('-', ' ')) + "\n";
        this.head = "HTTP/1.1 " + status + " " + phrase + "\r\nContent-Type: text/plain\r\nContent-Length: "
                + body.length() + "\r\n"
                + (reason.isEmpty() ? "" : "X-Evenkeel-Reason: " + reason + "\r\n")
                + retryAfter(status);
    }

    /** Seconds after which it is worth trying again: docs/retries.md. */
    private static String retryAfter(int status) {
        return switch (status) {
            case 502, 503 -> "Retry-After: 1\r\n";
            // A member that was too slow is so still a moment later.
            case 504 -> "Retry-After: 5\r\n";
            default -> "";
        };
    }

    /** The answer to a request that the reader refused with that status. */
    public static ErrorAnswer ofRefusal(int status) {
        return switch (status) {
            case 414 -> URI_TOO_LONG;
            case 431 -> HEAD_TOO_LARGE;
            case 501 -> NOT_IMPLEMENTED;
            case 503 -> OVERLOADED;
            case 505 -> VERSION_NOT_SUPPORTED;
            default -> BAD_REQUEST;
        };
    }

    public int status() {
        return status;
    }

    /**
     * That a call of gRPC sees ("gRPC over HTTP2", Responses): what 502, 503 and 504 say is a status of the call there.
     */
    public int statusToGrpc() {
        return isUnavailable() ? GRPC_HTTP_STATUS : status;
    }

    private boolean isUnavailable() {
        return !reason.isEmpty();
    }

    /** As the answer says it; empty where it is the client's doing. */
    public String reason() {
        return reason;
    }

    /**
     * Likewise to a call of gRPC: UNAVAILABLE, which clients may be told to retry, and after which time they do where
     * no member has seen the call (gRFC A6, "Pushback").
     */
    public void writeToGrpc(Block out, ConnectionField connection, boolean isRequestSent) {
        if (!isUnavailable()) {
            write(out, connection, isRequestSent, false);
            return;
        }
        out.append(GRPC_UNAVAILABLE).append(ascii(reason.replace('-', ' ') + "\r\nX-Evenkeel-Reason: " + reason));
        out.append(LINE_END);
        out.append(isRequestSent ? SENT : NOT_SENT);
        out.append(ascii(retryAfter(status)));
        if (!isRequestSent) {
            out.append(GRPC_RETRY_AFTER_A_SECOND);
        }
        connection.append(out);
        out.append(LINE_END);
    }

    public void write(Block out, ConnectionField connection, boolean isRequestSent, boolean answersHead) {
        out.append(ascii(head));
        if (!reason.isEmpty()) {
            out.append(isRequestSent ? SENT : NOT_SENT);
        }
        connection.append(out);
        out.append(LINE_END);
        if (!answersHead) {
            out.append(ascii(body));
        }
    }
}
