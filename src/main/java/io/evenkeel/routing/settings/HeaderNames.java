package io.evenkeel.routing.settings;

import io.evenkeel.platform.error.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names of headers that policies write or remove; of one list no name may stand twice, in whatever case. */
final class HeaderNames {

    static final String PATTERN = "[A-Za-z0-9_-]{1,40}";
    static final String RULE = "must be 1..40 letters, digits, '-' or '_'";
    static final int MAX_HEADERS = 20;

    /** They frame a message, route it, or are written by the load balancer itself. */
    private static final Set<String> RESERVED = Set.of(
            "connection",
            "upgrade",
            "content-length",
            "transfer-encoding",
            "keep-alive",
            "te",
            "host",
            "cookie",
            "remoteip",
            "authority",
            "x-forwarded-host",
            "x-forwarded-for",
            "x-forwarded-for-port",
            "x-forwarded-tls-certificate-id",
            "x-forwarded-tls-protocol",
            "x-forwarded-tls-cipher",
            "x-forwarded-elb-ip",
            "x-forwarded-port",
            "x-forwarded-elb-id",
            "x-forwarded-elb-vip",
            "x-real-ip",
            "x-forwarded-proto",
            "x-nuwa-trace-ne-in",
            "x-nuwa-trace-ne-out");

    private HeaderNames() {}

    /** Errors: INVALID_INPUT naming the key. */
    static void check(List<String> names, String at) {
        var seen = new HashSet<String>();
        for (int i = 0; i < names.size(); i++) {
            var name = names.get(i).toLowerCase(Locale.ROOT);
            if (RESERVED.contains(name)) {
                throw ErrorCode.INVALID_INPUT.with(
                        at + ".configs[" + i + "].key", "must not be a reserved header name");
            }
            if (!seen.add(name)) {
                throw ErrorCode.INVALID_INPUT.with(at + ".configs[" + i + "].key", "must not stand twice in the list");
            }
        }
    }
}
