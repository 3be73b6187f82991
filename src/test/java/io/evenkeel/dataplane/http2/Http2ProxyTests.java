package io.evenkeel.dataplane.http2;

import static io.evenkeel.dataplane.http2.FrameClient.DATA;
import static io.evenkeel.dataplane.http2.FrameClient.GOAWAY;
import static io.evenkeel.dataplane.http2.FrameClient.HEADERS;
import static io.evenkeel.dataplane.http2.FrameClient.RST_STREAM;
import static io.evenkeel.dataplane.http2.FrameClient.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests and answers over HTTP/2, frame by frame. */
@OnEveryTransport
class Http2ProxyTests {

    private EchoServer server;
    private Http2Stage stage;

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

    private EchoServer.Request lastRequest() {
        return server.requests().getLast();
    }

    @Test
    void answersOneRequestAfterTheOtherOnTheSameObjects() throws IOException {
        try (var client = stage.client()) {
            for (int streamId = 1; streamId < 40; streamId += 2) {
                client.get(streamId, "/" + streamId, "accept=*/*");
                var answer = client.answer(streamId);
                assertThat(answer.content()).isEqualTo("hello");
                assertThat(answer.fields())
                        .containsExactly(":status: 200", "content-type: text/plain", "content-length: 5");
                assertThat(lastRequest().lines())
                        .startsWith("GET /" + streamId + " HTTP/1.1")
                        .contains("host: test", "accept: */*", "X-Forwarded-For: 127.0.0.1");
            }
            assertThat(stage.counted(Count.ACCEPTED)).isEqualTo(1);
            assertThat(stage.counted(Count.RESPONSES_2XX)).isEqualTo(20);
        }
        stage.awaitAllReleased();
        await().untilAsserted(() -> assertThat(stage.counted(Count.OPEN)).isZero());
    }

    @Test
    void answersManyRequestsAtOnceInAnyOrder() throws IOException {
        try (var client = stage.client()) {
            client.gather().get(1, "/hold");
            for (int streamId = 3; streamId < 101; streamId += 2) {
                client.get(streamId, "/size/" + streamId);
            }
            client.send();
            var ended = new HashSet<Integer>();
            while (ended.size() < 49) {
                var frame = client.next();
                if (frame.isEnd() && frame.type() == DATA) {
                    ended.add(frame.streamId());
                }
            }
            assertThat(ended).doesNotContain(1);
            server.release();
            assertThat(client.answer(1).content()).isEqualTo("held");
        }
    }

    @Test
    void sendsContentToMembersInChunksOrByItsLength() throws IOException {
        try (var client = stage.client()) {
            client.request(1, "POST", "/echo", false).data(1, "one ", false).data(1, "two", true);
            assertThat(client.answer(1).content()).isEqualTo("one two");
            assertThat(lastRequest().head()).contains("transfer-encoding: chunked");
            client.request(3, "POST", "/echo", false, "content-length=7")
                    .data(3, "one ", false)
                    .data(3, "two", true);
            assertThat(client.answer(3).content()).isEqualTo("one two");
            assertThat(lastRequest().head()).doesNotContain("chunked");
            client.request(5, "POST", "/echo", false).data(5, "", true);
            assertThat(client.answer(5).content()).isEmpty();
        }
    }

    @Test
    void passesTrailersBothWays() throws IOException {
        try (var client = stage.client()) {
            client.request(1, "POST", "/chunked/50000", false, "te=trailers")
                    .data(1, "content", false)
                    .headers(1, true, "x-checksum=17", "x-more=");
            assertThat(client.answer(1).content()).isEqualTo("y".repeat(50_000));
            assertThat(lastRequest().trailers()).containsExactly("x-checksum: 17", "x-more: ");
        }
    }

    @Test
    void endsAnAnswerWithTheTrailersOfTheMember() throws IOException {
        try (var client = stage.client()) {
            client.get(1, "/chunked/5");
            var answer = client.answer(1);
            assertThat(answer.content()).isEqualTo("yyyyy");
            assertThat(answer.fields()).containsExactly(":status: 200", "trailer: X-Trailer");
            assertThat(answer.trailers()).containsExactly("x-trailer: last");
        }
    }

    @Test
    void sendsNoMoreThanTheWindowsAllow() throws IOException {
        try (var client = stage.client(4, 10)) {
            client.get(1, "/size/25");
            client.await(HEADERS);
            assertThat(client.await(DATA).text()).hasSize(10);
            client.number(WINDOW_UPDATE, 1, 7);
            assertThat(client.await(DATA).text()).hasSize(7);
            client.settings(4, 11);
            assertThat(client.await(DATA).text()).hasSize(1);
            client.settings(4, 0).number(WINDOW_UPDATE, 1, 12);
            assertThat(client.await(DATA).text()).hasSize(1);
            client.number(WINDOW_UPDATE, 1, 100);
            var last = client.await(DATA);
            assertThat(last.text()).hasSize(6);
            assertThat(last.isEnd()).isTrue();
        }
    }

    @Test
    void sharesTheConnectionsWindowBetweenItsStreams() throws IOException {
        try (var client = stage.client(4, 1 << 20)) {
            client.gather().get(1, "/size/200000").get(3, "/size/200000").send();
            var content = new int[2];
            while (content[0] + content[1] < 65_535) {
                var frame = client.await(DATA);
                content[frame.streamId() / 2] += frame.payload().remaining();
            }
            client.expectAlive();
            client.number(WINDOW_UPDATE, 0, 1 << 20);
            while (content[0] + content[1] < 400_000) {
                var frame = client.await(DATA);
                content[frame.streamId() / 2] += frame.payload().remaining();
            }
            assertThat(content).containsExactly(200_000, 200_000);
        }
    }

    @Test
    void asksForMoreOfALongRequestAndOfTheConnection() throws IOException {
        try (var client = stage.client()) {
            client.number(WINDOW_UPDATE, 0, 1 << 30);
            client.settings(4, 1 << 30);
            client.request(1, "POST", "/echo", false);
            var piece = "z".repeat(16_000);
            long window = 65_535;
            int sent = 0;
            while (sent < 200) {
                if (window >= piece.length()) {
                    client.data(1, piece, ++sent == 200);
                    window -= piece.length();
                } else {
                    var frame = client.next();
                    if (frame.type() == WINDOW_UPDATE && frame.streamId() == 1) {
                        window += frame.number();
                    }
                }
            }
            assertThat(client.answer(1).content()).hasSize(200 * 16_000);
        }
    }

    @Test
    void answersHeadRequestsAndStatusesWithoutContent() throws IOException {
        try (var client = stage.client()) {
            client.request(1, "HEAD", "/size/1000", true);
            var head = client.answer(1);
            assertThat(head.fields()).contains(":status: 200", "content-length: 1000");
            assertThat(head.content()).isEmpty();
            client.get(3, "/status/204");
            assertThat(client.answer(3).fields()).containsExactly(":status: 204", "x-status: S");
            client.get(5, "/status/304");
            assertThat(client.answer(5).status()).isEqualTo(":status: 304");
            client.get(7, "/");
            assertThat(client.answer(7).content()).isEqualTo("hello");
        }
    }

    @Test
    void passesInterimAnswersOn() throws IOException {
        try (var client = stage.client()) {
            client.get(1, "/hints");
            var hints = client.await(HEADERS);
            assertThat(hints.fields()).containsExactly(":status: 103", "link: </a>");
            assertThat(hints.isEnd()).isFalse();
            assertThat(client.answer(1).content()).isEqualTo("hinted");
            client.request(3, "POST", "/echo", false, "expect=100-continue");
            assertThat(client.await(HEADERS).fields()).containsExactly(":status: 100");
            client.data(3, "then", true);
            assertThat(client.answer(3).content()).isEqualTo("then");
        }
    }

    @Test
    void endsAnAnswerWithTheMembersConnectionWhereItHasNoOtherEnd() throws IOException {
        try (var client = stage.client()) {
            client.get(1, "/rest");
            assertThat(client.answer(1).content()).isEqualTo("all the rest");
            client.get(3, "/");
            assertThat(client.answer(3).content()).isEqualTo("hello");
        }
    }

    @Test
    void resetsAStreamWhoseAnswerBreaksOff() throws IOException {
        try (var client = stage.client()) {
            client.get(1, "/cut");
            client.expectReset(1, 2);
            client.get(3, "/");
            assertThat(client.answer(3).content()).isEqualTo("hello");
        }
        stage.awaitAllReleased();
    }

    @Test
    void givesUpAtTheMemberWhatTheClientGivesUp() throws IOException {
        try (var client = stage.client()) {
            client.get(1, "/hold");
            await().untilAsserted(() -> assertThat(stage.outstanding()).isEqualTo(1));
            client.number(RST_STREAM, 1, 8);
            stage.awaitAllReleased();
            client.get(3, "/");
            assertThat(client.answer(3).content()).isEqualTo("hello");
        }
    }

    @Test
    void givesUpEverythingWithTheConnection() throws IOException {
        try (var client = stage.client()) {
            client.gather();
            for (int streamId = 1; streamId < 21; streamId += 2) {
                client.get(streamId, "/hold");
            }
            client.send();
            await().untilAsserted(() -> assertThat(stage.outstanding()).isEqualTo(10));
        }
        stage.awaitAllReleased();
        await().untilAsserted(() -> assertThat(stage.counted(Count.OPEN)).isZero());
    }

    @Test
    void answersByItselfWhatIsNotServed() throws IOException {
        try (var client = stage.client()) {
            client.headers(1, true, ":method=CONNECT", ":authority=test:443");
            assertThat(client.answer(1).status()).isEqualTo(":status: 501");
            client.get(3, "/", "x-large=" + "v".repeat(33_000 / 3), "x-larger=" + "v".repeat(5000));
            assertThat(client.answer(3).content()).isEqualTo("hello");
        }
    }

    @Test
    void refusesFieldsThatAreTooLarge() throws IOException {
        try (var client = stage.client()) {
            var fields = FrameClient.block(
                    ":method=GET", ":scheme=https", ":path=/", ":authority=test", "x-large=" + "v".repeat(33_000));
            client.frame(HEADERS, FrameClient.END_STREAM, 1, Arrays.copyOf(fields, 16_000));
            client.frame(9, 0, 1, Arrays.copyOfRange(fields, 16_000, 32_000));
            client.frame(9, FrameClient.END_HEADERS, 1, Arrays.copyOfRange(fields, 32_000, fields.length));
            assertThat(client.answer(1).status()).isEqualTo(":status: 431");
            client.get(3, "/");
            assertThat(client.answer(3).content()).isEqualTo("hello");
        }
    }

    @Test
    void readsFramesHoweverTheyAreSplit() throws IOException {
        try (var client = FrameClient.silent(stage.address())) {
            client.gather()
                    .raw(FrameClient.PREFACE)
                    .settings()
                    .request(1, "POST", "/echo", false, "content-length=5")
                    .frame(DATA, FrameClient.PADDED | FrameClient.END_STREAM, 1, padded("12345", 200));
            client.sendInPieces(7);
            assertThat(client.answer(1).content()).isEqualTo("12345");
        }
    }

    private static byte[] padded(String content, int padding) {
        var payload = new byte[1 + content.length() + padding];
        payload[0] = (byte) padding;
        System.arraycopy(content.getBytes(StandardCharsets.ISO_8859_1), 0, payload, 1, content.length());
        return payload;
    }

    @Test
    void letsClientsGoWhenThePortIsClosed() throws IOException {
        try (var client = stage.client()) {
            client.get(1, "/hold");
            await().untilAsserted(() -> assertThat(stage.outstanding()).isEqualTo(1));
            stage.closePort();
            var first = client.await(GOAWAY);
            assertThat(first.number()).isZero();
            // What was on its way is served.
            client.get(3, "/");
            assertThat(client.answer(3).content()).isEqualTo("hello");
            client.frame(6, FrameClient.ACK, 0, new byte[8]);
            assertThat(client.await(GOAWAY).number()).isZero();
            client.get(5, "/");
            server.release();
            assertThat(client.answer(1).content()).isEqualTo("held");
            client.expectEnd();
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void endsAConnectionThatIsIdle() throws IOException {
        stage.timeouts(Duration.ofMillis(300), Duration.ofSeconds(20), Duration.ofSeconds(20));
        try (var client = stage.client()) {
            client.get(1, "/");
            assertThat(client.answer(1).content()).isEqualTo("hello");
            client.expectGoAway(0);
        }
    }

    @Test
    void answersThatTheMemberTookTooLong() throws IOException {
        stage.timeouts(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMillis(300));
        try (var client = stage.client()) {
            client.get(1, "/hold");
            assertThat(client.answer(1).status()).isEqualTo(":status: 504");
            client.expectAlive();
        }
    }
}
