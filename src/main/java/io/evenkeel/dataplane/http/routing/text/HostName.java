package io.evenkeel.dataplane.http.routing.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Hosts as rules name them, compared without looking at case, port and a dot at their end. */
public final class HostName {

    private HostName() {}

    /** In lower case; of {@code *.example.com} what stands behind the star. */
    public static byte[] ofRule(String host) {
        int from = isWildcard(host) ? 1 : 0;
        int to = host.length() - (host.length() > 1 && host.endsWith(".") ? 1 : 0);
        return host.substring(from, to).toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether it stands for every host below another one. */
    public static boolean isWildcard(String host) {
        return host.startsWith("*.");
    }

    /** @param pattern of a rule, {@code .example.com} for every host below that one */
    public static boolean matches(byte[] pattern, byte[] host, int size) {
        boolean isBelow = pattern.length > 0 && pattern[0] == '.';
        int from = size - pattern.length;
        return (isBelow ? from > 0 : from == 0) && Arrays.equals(pattern, 0, pattern.length, host, from, size);
    }
}
