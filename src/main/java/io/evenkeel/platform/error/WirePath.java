package io.evenkeel.platform.error;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names of attributes as clients spell them. */
final class WirePath {

    private static final Pattern HUMP = Pattern.compile("([a-z0-9])([A-Z])");
    private static final Pattern CONTAINER = Pattern.compile("\\.?<[^>]*>");

    private WirePath() {}

    /** {@code listener.insertHeaders[0].maxSize} becomes {@code listener.insert_headers[0].max_size}. */
    static String of(String javaPath) {
        var plain = CONTAINER.matcher(javaPath).replaceAll("");
        return HUMP.matcher(plain).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
    }
}
