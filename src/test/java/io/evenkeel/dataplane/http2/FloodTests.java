package io.evenkeel.dataplane.http2;

import static io.evenkeel.dataplane.http2.FrameClient.DATA;
import static io.evenkeel.dataplane.http2.FrameClient.HEADERS;
import static io.evenkeel.dataplane.http2.FrameClient.PING;
import static io.evenkeel.dataplane.http2.FrameClient.PRIORITY;
import static io.evenkeel.dataplane.http2.FrameClient.RST_STREAM;
import static io.evenkeel.dataplane.http2.FrameClient.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.http2.ProtocolErrorTests.Deed;
import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that ask for work without end, beside one that does not: RFC 9113 §10.5. */
@OnEveryTransport
class FloodTests {

    private static final int ENHANCE_YOUR_CALM = 11;
    private static final int FRAMES = 5000;

    private EchoServer server;
    private Http2Stage stage;

    @BeforeEach
    void start() throws IOException {
        server = new EchoServer();
        stage = new Http2Stage(server, 16 << 20);
    }

    @AfterEach
    void stop() throws IOException {
        stage.close();
        server.close();
    }

    static Stream<Arguments> floods() {
        return Stream.of(
                flood(
                        "rapid reset",
                        (client, i) -> client.get(2 * i + 3, "/hold").number(RST_STREAM, 2 * i + 3, 8)),
                flood("pings", (client, i) -> client.frame(PING, 0, 0, new byte[8])),
                flood("settings", (client, i) -> client.settings(4, 65_535)),
                flood("priorities", (client, i) -> client.frame(PRIORITY, 0, 2 * i + 3, new byte[5])),
                flood("unknown frames", (client, i) -> client.frame(0xaa, 0, 0)),
                flood("window updates", (client, i) -> client.number(WINDOW_UPDATE, 0, 1)),
                flood("empty content", (client, i) -> client.data(1, "", false)),
                flood(
                        "resets that we are made to send",
                        (client, i) -> client.get(2 * i + 3, "/hold").number(WINDOW_UPDATE, 2 * i + 3, 0)),
                flood("malformed requests", (client, i) -> client.get(2 * i + 3, "/", "connection=x")));
    }

    interface Step {
        void take(FrameClient client, int i) throws IOException;
    }

    private static Arguments flood(String name, Step step) {
        Deed deed = client -> {
            for (int i = 0; i < FRAMES; i++) {
                step.take(client, i);
            }
        };
        return Arguments.of(name, deed);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("floods")
    void endsTheConnectionOfWhoFloodsAndServesOthers(String name, Deed flood) throws IOException {
        try (var honest = stage.client();
                var hostile = stage.client()) {
            hostile.request(1, "POST", "/echo", false);
            hostile.gather();
            flood.on(hostile);
            try {
                hostile.send();
            } catch (IOException cutOff) {
                // It was told to calm down in the middle of it.
            }
            for (int streamId = 1; streamId < 101; streamId += 2) {
                honest.get(streamId, "/");
                assertThat(honest.answer(streamId).content()).isEqualTo("hello");
            }
            await().untilAsserted(
                            () -> assertThat(stage.counted(Count.HTTP2_CALMED)).isEqualTo(1));
        }
        stage.awaitAllReleased();
        // So many begun at most, and none of them left behind.
        assertThat(server.requests().size()).isLessThan(50 + Patience.MAX / Patience.STREAM + 100);
    }

    @Test
    void tellsWhoFloodsToCalmDown() throws IOException {
        try (var hostile = stage.client()) {
            for (int i = 0; i < Patience.MAX + 100; i++) {
                hostile.frame(WINDOW_UPDATE, 0, 0, new byte[] {0, 0, 0, 1});
            }
            hostile.expectGoAway(ENHANCE_YOUR_CALM);
        }
    }

    @Test
    void whoComesBackIsToldSooner() throws IOException {
        for (int most : new int[] {Patience.MAX, Patience.LITTLE}) {
            int before = server.requests().size();
            try (var hostile = stage.client()) {
                hostile.gather();
                for (int i = 0; i < FRAMES; i++) {
                    hostile.get(2 * i + 1, "/hold").number(RST_STREAM, 2 * i + 1, 8);
                }
                hostile.send();
                hostile.expectGoAway(ENHANCE_YOUR_CALM);
            }
            stage.awaitAllReleased();
            assertThat(server.requests().size() - before).isLessThan(most / Patience.STREAM + 100);
        }
    }

    @Test
    void servesOthersBesideClientsThatTakeNothing() throws IOException {
        var stalled = new ArrayList<FrameClient>();
        try (var honest = stage.client()) {
            for (int i = 0; i < 8; i++) {
                var client = stage.client(4, 0);
                stalled.add(client);
                client.gather();
                for (int streamId = 1; streamId < 201; streamId += 2) {
                    client.get(streamId, "/size/1000000");
                }
                client.send();
            }
            for (int streamId = 1; streamId < 101; streamId += 2) {
                honest.get(streamId, "/");
                assertThat(honest.answer(streamId).status()).isEqualTo(":status: 200");
            }
            for (var client : stalled) {
                client.close();
            }
            stage.awaitAllReleased();
            honest.get(201, "/");
            assertThat(honest.answer(201).content()).isEqualTo("hello");
        }
    }

    @Test
    void keepsServingAClientThatCancelsNowAndThen() throws IOException {
        try (var client = stage.client()) {
            int streamId = 1;
            for (int round = 0; round < 300; round++) {
                client.get(streamId, "/hold").number(RST_STREAM, streamId, 8);
                for (int i = 1; i <= 3; i++) {
                    client.get(streamId + 2 * i, "/");
                    assertThat(client.answer(streamId + 2 * i).content()).isEqualTo("hello");
                }
                streamId += 8;
            }
        }
        stage.awaitAllReleased();
    }

    @Test
    void givesBackAllMemoryWithHalfFrames() throws IOException {
        var halves = new ArrayList<FrameClient>();
        for (int i = 0; i < 100; i++) {
            var client = stage.client();
            client.raw(new byte[] {0, 0x40, 0, HEADERS, 4, 0, 0, 0, 1}).raw(new byte[10_000]);
            halves.add(client);
        }
        try (var honest = stage.client()) {
            honest.request(1, "POST", "/echo", false).frame(DATA, 1, 1, new byte[5]);
            assertThat(honest.answer(1).content()).hasSize(5);
        }
        for (var client : halves) {
            client.close();
        }
        await().untilAsserted(() -> assertThat(stage.counted(Count.OPEN)).isZero());
    }
}
