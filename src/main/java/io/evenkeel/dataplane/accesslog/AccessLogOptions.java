package io.evenkeel.dataplane.accesslog;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the lines of the access log are written, and how many may wait for it.
 *
 * @param file appended to, and opened anew when it was moved away; null: standard output
 * @param queueLines of each event loop, rounded up to a power of two; what comes beyond is dropped and counted
 */
public record AccessLogOptions(@Nullable Path file, int queueLines) {

    /** To standard output. */
    public static final AccessLogOptions DEFAULT = new AccessLogOptions(null, 8192);

    public AccessLogOptions {
        if (queueLines < 1 || queueLines > 1 << 20) {
            throw new IllegalArgumentException("queueLines must be 1..1048576, got " + queueLines);
        }
    }
}
