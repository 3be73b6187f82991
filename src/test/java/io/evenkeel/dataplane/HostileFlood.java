package io.evenkeel.dataplane;

import static io.evenkeel.dataplane.http2.FrameClient.CONTINUATION;
import static io.evenkeel.dataplane.http2.FrameClient.END_HEADERS;
import static io.evenkeel.dataplane.http2.FrameClient.END_STREAM;
import static io.evenkeel.dataplane.http2.FrameClient.HEADERS;
import static io.evenkeel.dataplane.http2.FrameClient.PING;
import static io.evenkeel.dataplane.http2.FrameClient.RST_STREAM;
import static io.evenkeel.dataplane.http2.FrameClient.WINDOW_UPDATE;

import io.evenkeel.dataplane.http2.FrameClient;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * What connections of HTTP/2 do that ask for more work than they are: RFC 9113 §10.5.
 *
 * @param size how many connections
 * @param opening what each sends at first
 * @param perTick how often each does the next every 100 ms
 * @param step counted from 0 on each connection
 */
record HostileFlood(String name, int size, Step opening, int perTick, Step step) implements HostileAttack {

    private static final int CANCEL = 8;
    private static final int INITIAL_WINDOW = 4;
    private static final Step NOTHING = (client, i) -> {};

    /** Gathers frames. */
    interface Step {
        void take(FrameClient client, int i) throws IOException;
    }

    static Stream<HostileFlood> all() {
        return Stream.of(
                new HostileFlood(
                        "HTTP/2: requests that are reset at once",
                        20,
                        NOTHING,
                        250,
                        (client, i) -> client.get(2 * i + 1, "/").number(RST_STREAM, 2 * i + 1, CANCEL)),
                new HostileFlood(
                        "HTTP/2: fields that go on and on",
                        20,
                        (client, i) -> client.frame(HEADERS, END_STREAM, 1, FrameClient.block(":method=GET")),
                        40,
                        (client, i) ->
                                client.frame(CONTINUATION, 0, 1, FrameClient.block("x-" + i + "=" + text(1_000)))),
                new HostileFlood("HTTP/2: settings", 20, NOTHING, 500, (client, i) -> client.settings(4, 65_535)),
                new HostileFlood(
                        "HTTP/2: pings", 20, NOTHING, 500, (client, i) -> client.frame(PING, 0, 0, new byte[8])),
                new HostileFlood(
                        "HTTP/2: window updates", 20, NOTHING, 500, (client, i) -> client.number(WINDOW_UPDATE, 0, 1)),
                new HostileFlood(
                        "HTTP/2: large answers without a window",
                        20,
                        HostileFlood::askWithoutWindow,
                        1,
                        (client, i) -> client.get(2 * i + 1_001, "/large")),
                new HostileFlood("HTTP/2: fields that unpack to megabytes", 20, NOTHING, 4, HostileFlood::bomb));
    }

    static HostileFlood named(String name) {
        return all().filter(flood -> flood.name().equals(name)).findFirst().orElseThrow();
    }

    private static String text(int length) {
        return "x".repeat(length);
    }

    private static void askWithoutWindow(FrameClient client, int i) throws IOException {
        client.settings(INITIAL_WINDOW, 0);
        for (int stream = 0; stream < 100; stream++) {
            client.get(2 * stream + 1, "/large");
        }
    }

    /** A field of 3,000 bytes that goes into the table, and 4,000 times its place there: RFC 7541 §6.1, §6.2.1. */
    private static void bomb(FrameClient client, int i) throws IOException {
        var head = FrameClient.block(":method=GET", ":scheme=https", ":path=/", ":authority=test", "x=" + text(3_000));
        int field = head.length - FrameClient.block("x=" + text(3_000)).length;
        // A literal without indexing becomes one that is added to the table.
        head[field] = 0x40;
        var block = Arrays.copyOf(head, head.length + 4_000);
        Arrays.fill(block, head.length, block.length, (byte) (0x80 | 62));
        client.frame(HEADERS, END_HEADERS | END_STREAM, 2 * i + 1, block);
    }

    @Override
    public Class<?> process() {
        return HostileFloodProcess.class;
    }

    @Override
    public int port() {
        return WorkerChild.SECURE_PORT;
    }

    @Override
    public int timeDivisor() {
        return 2;
    }

    @Override
    public String toString() {
        return name;
    }
}
