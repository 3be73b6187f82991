package io.evenkeel.dataplane.http2;

import static io.evenkeel.dataplane.http2.FrameClient.ACK;
import static io.evenkeel.dataplane.http2.FrameClient.CONTINUATION;
import static io.evenkeel.dataplane.http2.FrameClient.DATA;
import static io.evenkeel.dataplane.http2.FrameClient.END_HEADERS;
import static io.evenkeel.dataplane.http2.FrameClient.END_STREAM;
import static io.evenkeel.dataplane.http2.FrameClient.GOAWAY;
import static io.evenkeel.dataplane.http2.FrameClient.HEADERS;
import static io.evenkeel.dataplane.http2.FrameClient.PADDED;
import static io.evenkeel.dataplane.http2.FrameClient.PING;
import static io.evenkeel.dataplane.http2.FrameClient.PRIORITY;
import static io.evenkeel.dataplane.http2.FrameClient.PUSH_PROMISE;
import static io.evenkeel.dataplane.http2.FrameClient.RST_STREAM;
import static io.evenkeel.dataplane.http2.FrameClient.SETTINGS;
import static io.evenkeel.dataplane.http2.FrameClient.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.transport.OnEveryTransport;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What ends a connection and what ends a stream, section by section of RFC 9113. */
@OnEveryTransport
class ProtocolErrorTests {

    private static final int PROTOCOL_ERROR = 1;
    private static final int FLOW_CONTROL_ERROR = 3;
    private static final int STREAM_CLOSED = 5;
    private static final int FRAME_SIZE_ERROR = 6;
    private static final int REFUSED_STREAM = 7;
    private static final int COMPRESSION_ERROR = 9;
    private static final int ENHANCE_YOUR_CALM = 11;

    private EchoServer server;
    private Http2Stage stage;

    /** What a client does on a connection that has a request under way on stream 1, whose other side is open on 3. */
    interface Deed {
        void on(FrameClient client) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = new EchoServer();
        stage = new Http2Stage(server);
    }

    @AfterEach
    void stop() throws IOException {
        stage.close();
        server.close();
    }

    private static Arguments error(String section, int code, Deed deed) {
        return Arguments.of(section, code, deed);
    }

    static Stream<Arguments> ofConnections() {
        var block = FrameClient.block(":method=GET", ":scheme=https", ":path=/", ":authority=test");
        return Stream.of(
                error("4.1 frame too large", FRAME_SIZE_ERROR, c -> c.frame(DATA, 0, 3, new byte[16_385])),
                error("4.3 no field block", COMPRESSION_ERROR, c -> c.frame(HEADERS, END_HEADERS, 5, (byte) 0x80)),
                error("5.1 DATA of an idle stream", PROTOCOL_ERROR, c -> c.data(5, "x", true)),
                error("5.1 RST_STREAM of an idle stream", PROTOCOL_ERROR, c -> c.number(RST_STREAM, 5, 8)),
                error("5.1 WINDOW_UPDATE of an idle stream", PROTOCOL_ERROR, c -> c.number(WINDOW_UPDATE, 5, 8)),
                error("5.1.1 even stream", PROTOCOL_ERROR, c -> c.get(4, "/")),
                error("5.1.1 stream of the past", PROTOCOL_ERROR, c -> {
                    c.get(9, "/hold");
                    c.get(7, "/");
                }),
                error("6.1 DATA of no stream", PROTOCOL_ERROR, c -> c.data(0, "x", false)),
                error("6.1 padding too long", PROTOCOL_ERROR, c -> c.frame(DATA, PADDED, 3, (byte) 4, (byte) 0)),
                error("6.1 no padding at all", FRAME_SIZE_ERROR, c -> c.frame(DATA, PADDED, 3)),
                error("6.2 HEADERS of no stream", PROTOCOL_ERROR, c -> c.frame(HEADERS, END_HEADERS, 0, block)),
                error("6.2 padding too long", PROTOCOL_ERROR, c -> c.frame(HEADERS, PADDED | END_HEADERS, 5, (byte) 9)),
                error("6.2 priority missing", FRAME_SIZE_ERROR, c -> c.frame(HEADERS, 0x20 | END_HEADERS, 5)),
                error("6.3 PRIORITY of no stream", PROTOCOL_ERROR, c -> c.frame(PRIORITY, 0, 0, new byte[5])),
                error("6.4 RST_STREAM of no stream", PROTOCOL_ERROR, c -> c.number(RST_STREAM, 0, 8)),
                error("6.4 RST_STREAM of a wrong size", FRAME_SIZE_ERROR, c -> c.frame(RST_STREAM, 0, 3, new byte[5])),
                error("6.5 SETTINGS of a stream", PROTOCOL_ERROR, c -> c.frame(SETTINGS, 0, 3)),
                error("6.5 SETTINGS cut off", FRAME_SIZE_ERROR, c -> c.frame(SETTINGS, 0, 0, new byte[5])),
                error("6.5 answer with SETTINGS", FRAME_SIZE_ERROR, c -> c.frame(SETTINGS, ACK, 0, new byte[6])),
                error("6.5.2 push neither on nor off", PROTOCOL_ERROR, c -> c.settings(2, 2)),
                error("6.5.2 initial window too large", FLOW_CONTROL_ERROR, c -> c.settings(4, 1 << 31)),
                error("6.5.2 frames too small", PROTOCOL_ERROR, c -> c.settings(5, 16_383)),
                error("6.5.2 frames too large", PROTOCOL_ERROR, c -> c.settings(5, 1 << 24)),
                error("6.6 PUSH_PROMISE", PROTOCOL_ERROR, c -> c.frame(PUSH_PROMISE, END_HEADERS, 3, block)),
                error("6.7 PING of a stream", PROTOCOL_ERROR, c -> c.frame(PING, 0, 3, new byte[8])),
                error("6.7 PING of a wrong size", FRAME_SIZE_ERROR, c -> c.frame(PING, 0, 0, new byte[7])),
                error("6.8 GOAWAY of a stream", PROTOCOL_ERROR, c -> c.frame(GOAWAY, 0, 3, new byte[8])),
                error("6.8 GOAWAY cut off", FRAME_SIZE_ERROR, c -> c.frame(GOAWAY, 0, 0, new byte[7])),
                error("6.9 WINDOW_UPDATE of a wrong size", FRAME_SIZE_ERROR, c -> c.frame(WINDOW_UPDATE, 0, 0)),
                error("6.9 window enlarged by nothing", PROTOCOL_ERROR, c -> c.number(WINDOW_UPDATE, 0, 0)),
                error("6.9.1 window too large", FLOW_CONTROL_ERROR, c -> c.number(WINDOW_UPDATE, 0, Integer.MAX_VALUE)),
                error(
                        "6.9.2 window of a stream too large",
                        FLOW_CONTROL_ERROR,
                        c -> c.number(WINDOW_UPDATE, 3, 1 << 30).settings(4, Integer.MAX_VALUE)),
                error("6.10 CONTINUATION of nothing", PROTOCOL_ERROR, c -> c.frame(CONTINUATION, END_HEADERS, 3)),
                error(
                        "6.10 frame within a block",
                        PROTOCOL_ERROR,
                        c -> c.frame(HEADERS, 0, 5, block).data(3, "x", false)),
                error(
                        "6.10 block of another stream",
                        PROTOCOL_ERROR,
                        c -> c.frame(HEADERS, 0, 5, block).frame(CONTINUATION, END_HEADERS, 7)),
                error(
                        "5.5 unknown frame within a block",
                        PROTOCOL_ERROR,
                        c -> c.frame(HEADERS, 0, 5, block).frame(77, 0, 0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofConnections")
    void endsTheConnection(String section, int code, Deed deed) throws IOException {
        try (var client = stage.client()) {
            client.get(1, "/hold");
            client.request(3, "POST", "/echo", false);
            deed.on(client);
            client.expectGoAway(code);
        }
        stage.awaitAllReleased();
    }

    static Stream<Arguments> ofStreams() {
        return Stream.of(
                error("5.1 DATA behind the end", STREAM_CLOSED, c -> c.data(1, "x", true)),
                error("5.1 HEADERS behind the end", STREAM_CLOSED, c -> c.headers(1, true, "a=b")),
                error("5.3.2 PRIORITY of a wrong size", FRAME_SIZE_ERROR, c -> c.frame(PRIORITY, 0, 1, new byte[4])),
                error("6.9 window enlarged by nothing", PROTOCOL_ERROR, c -> c.number(WINDOW_UPDATE, 1, 0)),
                error(
                        "6.9.1 window too large",
                        FLOW_CONTROL_ERROR,
                        c -> c.number(WINDOW_UPDATE, 1, Integer.MAX_VALUE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofStreams")
    void endsTheStreamAlone(String section, int code, Deed deed) throws IOException {
        try (var client = stage.client()) {
            client.get(1, "/hold");
            deed.on(client);
            client.expectReset(1, code);
            client.get(3, "/");
            assertThat(client.answer(3).content()).isEqualTo("hello");
        }
        stage.awaitAllReleased();
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                error(
                        "8.1 trailers without the end",
                        PROTOCOL_ERROR,
                        c -> c.request(1, "POST", "/", false).headers(1, false, "a=b")),
                error(
                        "8.1 pseudo-field in trailers",
                        PROTOCOL_ERROR,
                        c -> c.request(1, "POST", "/", false).headers(1, true, ":method=GET")),
                error(
                        "8.1.1 less than was said",
                        PROTOCOL_ERROR,
                        c -> c.request(1, "POST", "/", false, "content-length=2")
                                .data(1, "1", true)),
                error(
                        "8.1.1 more than was said",
                        PROTOCOL_ERROR,
                        c -> c.request(1, "POST", "/", false, "content-length=2")
                                .data(1, "12", false)
                                .data(1, "GET / HTTP/1.1\r\n", false)),
                error(
                        "8.1.1 less than was said, before trailers",
                        PROTOCOL_ERROR,
                        c -> c.request(1, "POST", "/", false, "content-length=2")
                                .data(1, "1", false)
                                .headers(1, true, "a=b")),
                error("8.1.1 a length without content", PROTOCOL_ERROR, c -> c.get(1, "/", "content-length=1")),
                error("8.2.1 capital letters", PROTOCOL_ERROR, c -> c.get(1, "/", "Accept=x")),
                error("8.2.1 line end in a value", PROTOCOL_ERROR, c -> c.get(1, "/", "a=x\r\nb: c")),
                error("8.2.2 connection", PROTOCOL_ERROR, c -> c.get(1, "/", "connection=close")),
                error("8.2.2 transfer-encoding", PROTOCOL_ERROR, c -> c.get(1, "/", "transfer-encoding=chunked")),
                error(
                        "8.3 pseudo-field behind a field",
                        PROTOCOL_ERROR,
                        c -> c.headers(1, true, ":method=GET", "a=b", ":scheme=https", ":path=/")),
                error(
                        "8.3.1 empty path",
                        PROTOCOL_ERROR,
                        c -> c.headers(1, true, ":method=GET", ":scheme=https", ":path=")),
                error(
                        "8.5 extended CONNECT",
                        PROTOCOL_ERROR,
                        c -> c.headers(1, true, ":method=CONNECT", ":protocol=websocket", ":scheme=https", ":path=/")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void refusesTheRequest(String section, int code, Deed deed) throws IOException {
        try (var client = stage.client()) {
            deed.on(client);
            client.expectReset(1, code);
            client.get(3, "/");
            assertThat(client.answer(3).content()).isEqualTo("hello");
        }
        stage.awaitAllReleased();
        // Nothing of it was taken for another request.
        assertThat(server.requests())
                .filteredOn(request -> request.head().startsWith("GET"))
                .hasSize(1);
    }

    @Test
    void ignoresWhatItDoesNotKnow() throws IOException {
        try (var client = stage.client(0x0a0a, 7)) {
            client.frame(0xfa, 0xff, 0, new byte[100]).frame(PRIORITY, 0, 7, new byte[5]);
            client.get(9, "/");
            assertThat(client.answer(9).content()).isEqualTo("hello");
            client.expectAlive();
        }
    }

    @Test
    void ignoresWhatWasOnItsWayWhenAStreamWasReset() throws IOException {
        try (var client = stage.client()) {
            client.request(1, "POST", "/echo", false, "content-length=1").data(1, "12", false);
            client.expectReset(1, PROTOCOL_ERROR);
            client.data(1, "more", false).headers(1, true, "a=b").number(WINDOW_UPDATE, 1, 1);
            client.expectAlive();
        }
    }

    @Test
    void refusesStreamsBeyondItsLimit() throws IOException {
        try (var client = stage.client()) {
            client.gather();
            for (int i = 0; i <= ServerSession.MAX_STREAMS; i++) {
                client.get(2 * i + 1, "/hold");
            }
            client.send();
            client.expectReset(2 * ServerSession.MAX_STREAMS + 1, REFUSED_STREAM);
            server.release();
            assertThat(client.answer(1).content()).isEqualTo("held");
        }
    }

    @Test
    void refusesAnythingBeforeSettings() throws IOException {
        try (var client = FrameClient.silent(stage.address())) {
            client.raw(FrameClient.PREFACE).frame(PING, 0, 0, new byte[8]);
            client.expectGoAway(PROTOCOL_ERROR);
        }
        try (var client = FrameClient.silent(stage.address())) {
            client.raw("GET / HTTP/1.1\r\n\r\n");
            client.expectGoAway(PROTOCOL_ERROR);
        }
    }

    @Test
    void refusesABlockOfFieldsWithoutEnd() throws IOException {
        try (var client = stage.client()) {
            client.frame(HEADERS, END_STREAM, 1);
            for (int i = 0; i < 40; i++) {
                client.frame(CONTINUATION, 0, 1);
            }
            client.expectGoAway(ENHANCE_YOUR_CALM);
        }
        try (var client = stage.client()) {
            client.frame(HEADERS, END_STREAM, 1);
            for (int i = 0; i < 5; i++) {
                client.frame(CONTINUATION, 0, 1, new byte[16_384]);
            }
            client.expectGoAway(ENHANCE_YOUR_CALM);
        }
    }
}
