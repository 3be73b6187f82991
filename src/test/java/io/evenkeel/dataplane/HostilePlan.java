package io.evenkeel.dataplane;

import java.util.stream.Stream;

/**
 * What a crowd does.
 *
 * @param size how many connections
 * @param perTick how many of them may come every 100 ms
 * @param opening what each sends at first
 * @param more what each sends every 100 ms
 * @param reads whether it takes the answers, of which each takes at most 64 KiB every 100 ms
 */
record HostilePlan(String name, int size, int perTick, String opening, String more, boolean reads)
        implements HostileAttack {

    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String GET_LARGE = "GET /large HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String HEAD = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
    private static final String CHUNKED = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String ENDLESS = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n";

    static Stream<HostilePlan> all() {
        return Stream.of(
                new HostilePlan("heads of 9 KiB that never end", 3_000, 200, HEAD + "x".repeat(9_000), "x", true),
                new HostilePlan("heads one byte short of 32 KiB", 1_000, 100, head(32_768 - 1), "", true),
                new HostilePlan("endless heads", 300, 50, HEAD, "x".repeat(1_000), true),
                new HostilePlan("endless chunk extensions", 100, 20, CHUNKED + "1;a=", "x".repeat(1_000), true),
                new HostilePlan("endless trailers", 300, 50, CHUNKED + "0\r\n", "X: " + "x".repeat(500) + "\r\n", true),
                new HostilePlan("chunks of one byte", 300, 50, CHUNKED, "1\r\nx\r\n", true),
                new HostilePlan("bodies of ten bytes a second", 500, 50, ENDLESS, "x", true),
                new HostilePlan("bodies of 640 KiB a second", 200, 20, ENDLESS, "x".repeat(64 << 10), true),
                new HostilePlan("requests without reading the answers", 200, 5, GET.repeat(100), GET, false),
                new HostilePlan("large answers that nobody reads", 1_000, 20, GET_LARGE, "", false),
                new HostilePlan("large answers at 640 KiB a second", 200, 20, GET_LARGE, GET_LARGE, true),
                new HostilePlan("connections without a word", 8_000, 500, "", "", true),
                new HostilePlan("garbage", 200, 20, "\u0016\u0003\u0001\n\n\n", "", true));
    }

    static HostilePlan named(String name) {
        return all().filter(plan -> plan.name().equals(name)).findFirst().orElseThrow();
    }

    @Override
    public Class<?> process() {
        return HostileCrowdProcess.class;
    }

    @Override
    public int port() {
        return WorkerChild.PORT;
    }

    @Override
    public int timeDivisor() {
        return 1;
    }

    private static String head(int size) {
        return HEAD + "x".repeat(size - HEAD.length());
    }

    @Override
    public String toString() {
        return name;
    }
}
