package io.evenkeel.dataplane.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

@SuppressWarnings("StringConcatToTextBlock") // a text block would not show its CRLF
@OnEveryTransport
class BodyTests {

    private static final String CHUNKS = "3\r\nabc\r\nA\r\n0123456789\r\n0\r\nX-Sum: 1\r\n\r\n";
    private static final int LARGE = 24 << 20;

    @Test
    void streamsChunkedBodiesWithTrailersBothWaysAsTheyAre() throws Exception {
        try (var backend = RawBackend.sending(
                        "HTTP/1.1 200 OK\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKS);
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            for (int i = 0; i < 3; i++) {
                client.send("POST / HTTP/1.1\r\nHost: a\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n");
                client.send(CHUNKS);
                var response = client.response();
                assertThat(response.body()).isEqualTo(CHUNKS);
                assertThat(response.field("Trailer")).isEqualTo("X-Sum");
                assertThat(backend.requests().getLast().body()).isEqualTo(CHUNKS);
                assertThat(backend.requests().getLast().field("Trailer")).isEqualTo("X-Sum");
            }
            assertThat(backend.connections()).isEqualTo(1);
        }
    }

    @Test
    void holdsTheMemberBackWhileTheClientReadsNothing() throws Exception {
        var written = new CountDownLatch(1);
        try (var backend = new RawBackend(peer -> {
                    peer.request();
                    peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
                    writePattern(peer.socket().getOutputStream());
                    written.countDown();
                    peer.request();
                    peer.answer("still there");
                });
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.reader().head()).startsWith("HTTP/1.1 200 OK\r\n");
            // The member cannot be rid of its bytes: the sockets' buffers are far smaller than the body.
            assertThat(written.getCount()).isEqualTo(1);
            assertThat(patternIsIntact(client.reader().stream())).isTrue();
            int sent = "HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\n".length()
                    + Integer.toString(LARGE).length()
                    + LARGE;
            await().untilAsserted(
                            () -> assertThat(proxy.counted(Count.RESPONSES_2XX)).isEqualTo(1));
            assertThat(proxy.counted(Count.BYTES_OUT)).isEqualTo(sent);
            assertThat(client.get("/").body()).isEqualTo("still there");
            assertThat(backend.connections()).isEqualTo(1);
        }
    }

    @Test
    void answersTheNextRequestWhileTheClientStillReadsALongBody() throws Exception {
        try (var backend = new RawBackend(peer -> {
                    peer.request();
                    peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
                    writePattern(peer.socket().getOutputStream());
                    peer.request();
                    peer.answer("next");
                });
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.reader().head()).startsWith("HTTP/1.1 200 OK\r\n");

            assertThat(patternIsIntact(client.reader().stream())).isTrue();
            assertThat(client.response().body()).isEqualTo("next");
        }
    }

    @Test
    void resetsTheClientWhenTheMemberEndsWithinALongBody() throws Exception {
        try (var backend = new RawBackend(peer -> {
                    peer.request();
                    peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + 2L * LARGE + "\r\n\r\n");
                    writePattern(peer.socket().getOutputStream());
                });
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.reader().head()).startsWith("HTTP/1.1 200 OK\r\n");

            assertThatThrownBy(client::rest).isInstanceOf(SocketException.class);
            proxy.awaitAllReleased();
            assertThat(proxy.counted(Count.FAILURES)).isEqualTo(1);
        }
    }

    @Test
    void holdsTheClientBackWhileTheMemberReadsNothing() throws Exception {
        var mayRead = new CountDownLatch(1);
        try (var backend = new RawBackend(peer -> {
                    peer.head();
                    awaitQuietly(mayRead);
                    boolean isIntact = patternIsIntact(peer.reader().stream());
                    peer.answer(Boolean.toString(isIntact));
                    peer.request();
                    peer.answer("still there");
                });
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: " + LARGE + "\r\n\r\n");
            var sending = CompletableFuture.runAsync(() -> {
                try {
                    writePattern(client.socket().getOutputStream());
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            org.awaitility.Awaitility.await().until(() -> !backend.requests().isEmpty());
            assertThat(sending).isNotDone();
            mayRead.countDown();
            assertThat(client.response().body()).isEqualTo("true");
            sending.join();
            assertThat(client.get("/").body()).isEqualTo("still there");
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void writePattern(OutputStream out) throws IOException {
        var block = new byte[65_536];
        for (int start = 0; start < LARGE; start += block.length) {
            for (int i = 0; i < block.length; i++) {
                block[i] = pattern(start + i);
            }
            out.write(block);
        }
    }

    private static boolean patternIsIntact(InputStream in) throws IOException {
        var block = new byte[65_536];
        for (int start = 0; start < LARGE; start += block.length) {
            if (in.readNBytes(block, 0, block.length) < block.length) {
                return false;
            }
            for (int i = 0; i < block.length; i++) {
                if (block[i] != pattern(start + i)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static byte pattern(int index) {
        return (byte) (index * 31 ^ index >>> 13);
    }

    @Test
    void passesABodyUpToTheEndOfTheConnection() throws Exception {
        try (var backend = new RawBackend(peer -> {
                    peer.request();
                    peer.send("HTTP/1.0 200 OK\r\nX: 1\r\n\r\nup to the ");
                    peer.send("end");
                });
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.rest()).isEqualTo("HTTP/1.1 200 OK\r\nX: 1\r\nConnection: close\r\n\r\nup to the end");
            proxy.awaitAllReleased();
        }
    }

    @Test
    void aHeadRequestHasNoBodyWhateverItsLength() throws Exception {
        try (var backend = RawBackend.sending("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            for (int i = 0; i < 3; i++) {
                client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(client.responseToHead().field("Content-Length")).isEqualTo("1000");
            }
            assertThat(backend.connections()).isEqualTo(1);
        }
    }

    @Test
    void a304HasNoBodyAndA204NoLength() throws Exception {
        try (var backend = new RawBackend(peer -> {
                    while (true) {
                        var status = peer.request().target().substring(1);
                        peer.send("HTTP/1.1 " + status + " X\r\nContent-Length: 10\r\n\r\n");
                    }
                });
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            assertThat(client.get("/304").field("Content-Length")).isEqualTo("10");
            assertThat(client.get("/204").field("Content-Length")).isNull();
            assertThat(client.get("/304").status()).isEqualTo(304);
            assertThat(backend.connections()).isEqualTo(1);
        }
    }

    @Test
    void forwardsAnInterimResponseBeforeTheBodyIsSent() throws Exception {
        try (var backend = new RawBackend(peer -> {
                    while (true) {
                        peer.head();
                        peer.send("HTTP/1.1 100 Continue\r\n\r\n");
                        peer.answer(peer.reader().exactly(5));
                    }
                });
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            for (int i = 0; i < 2; i++) {
                client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
                assertThat(client.response().startLine()).isEqualTo("HTTP/1.1 100 Continue");
                assertThat(client.send("hello").response().body()).isEqualTo("hello");
            }
            assertThat(backend.requests().getFirst().field("Expect")).isEqualTo("100-continue");
            assertThat(backend.connections()).isEqualTo(1);
        }
    }

    @Test
    void forwardsEarlyHintsAndThenTheAnswer() throws Exception {
        try (var backend = RawBackend.sending("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                        + "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            assertThat(client.get("/").field("Link")).isEqualTo("</a>");
            assertThat(client.response().body()).isEqualTo("x");
            assertThat(client.get("/").status()).isEqualTo(103);
        }
    }

    @Test
    void passesAnEarlyAnswerAndClosesAfterIt() throws Exception {
        try (var backend = new RawBackend(peer -> {
                    peer.head();
                    peer.send("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno");
                    peer.reader().rest();
                });
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\npart");
            var response = client.response();
            assertThat(response.status()).isEqualTo(413);
            assertThat(response.body()).isEqualTo("no");
            assertThat(response.field("Connection")).isEqualTo("close");
            client.send("more of it");
            assertThat(client.rest()).isEmpty();
            proxy.awaitAllReleased();
        }
    }
}
