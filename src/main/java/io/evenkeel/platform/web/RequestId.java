package io.evenkeel.platform.web;

import java.util.UUID;
import org.slf4j.MDC;

/** The id of the request under way, 32 hex digits: in the header, the body, the log. */
public final class RequestId {

    public static final String HEADER = "X-Request-Id";
    static final String LOG_KEY = "requestId";

    private RequestId() {}

    /** The id of the request that this thread serves. */
    public static String current() {
        var id = MDC.get(LOG_KEY);
        return id == null ? next() : id;
    }

    static String next() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
