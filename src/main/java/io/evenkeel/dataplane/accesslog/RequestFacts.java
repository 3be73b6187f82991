package io.evenkeel.dataplane.accesslog;

import org.jspecify.annotations.Nullable;

/** What a client asked for: bytes as they came, cut where they are too long to be kept. */
public final class RequestFacts {

    /** Of a target that is kept. */
    public static final int MAX_TARGET_BYTES = 2048;

    /** Of a method that is kept. */
    public static final int MAX_METHOD_BYTES = 32;

    /** Of a field that is kept. */
    public static final int MAX_FIELD_BYTES = 512;

    final byte[] method;
    final byte[] target;
    final String protocol;
    final byte @Nullable [] host;
    final byte @Nullable [] userAgent;
    final byte @Nullable [] referer;

    /**
     * @param protocol such as {@code HTTP/1.1}
     * @param host null when none was named; likewise what follows it
     */
    public RequestFacts(
            byte[] method,
            byte[] target,
            String protocol,
            byte @Nullable [] host,
            byte @Nullable [] userAgent,
            byte @Nullable [] referer) {
        this.method = method;
        this.target = target;
        this.protocol = protocol;
        this.host = host;
        this.userAgent = userAgent;
        this.referer = referer;
    }

    int bytes() {
        return method.length + target.length + length(host) + length(userAgent) + length(referer);
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
