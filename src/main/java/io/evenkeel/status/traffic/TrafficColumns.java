package io.evenkeel.status.traffic;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Columns that both tables have. */
final class TrafficColumns {

    /** Whose counts they are. */
    static final String THING = "load_balancer_id, listener_id, pool_id, member_id";

    /** What came within a bucket, and is summed. */
    static final String SUMS = "accepted, picked, responses_1xx, responses_2xx, responses_3xx, responses_4xx,"
            + " responses_5xx, response_micros, bytes_in, bytes_out, connect_failures, retries, failures, dropped,"
            + " refused_ip_group, refused_connection, refused_cps,"
            + " stuck, connected, configured, expected, away";

    /** What is as it was at the bucket's end. */
    static final String GAUGES = "open, active";

    static final String COUNTS = SUMS + ", " + GAUGES;

    private TrafficColumns() {}

    /** The columns, each put in place of the pattern's {@code %s}. */
    static String each(String columns, String pattern) {
        return Arrays.stream(columns.split(", "))
                .map(column -> pattern.replace("%s", column))
                .collect(Collectors.joining(", "));
    }
}
