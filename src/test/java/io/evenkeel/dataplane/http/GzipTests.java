package io.evenkeel.dataplane.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.dataplane.http.WireReader.Message;
import io.evenkeel.dataplane.traffic.Count;
import io.evenkeel.dataplane.transport.OnEveryTransport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("StringConcatToTextBlock") // a text block would not show its CRLF
@OnEveryTransport
class GzipTests {

    private static final String TEXT = "All work and no play makes Jack a dull boy. ".repeat(100);
    private static final String ASKING = "GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n";

    private static String response(String fields, String body) {
        return "HTTP/1.1 200 OK\r\n" + fields + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** The content of a message that came in chunks. */
    private static byte[] content(Message message) {
        var content = new ByteArrayOutputStream();
        var body = message.body();
        int at = 0;
        while (true) {
            int end = body.indexOf("\r\n", at);
            int size = Integer.parseInt(body.substring(at, end), 16);
            if (size == 0) {
                assertThat(body.substring(end)).isEqualTo("\r\n\r\n");
                return content.toByteArray();
            }
            content.writeBytes(body.substring(end + 2, end + 2 + size).getBytes(ISO_8859_1));
            at = end + 2 + size + 2;
        }
    }

    private static String unzipped(Message message) throws IOException {
        assertThat(message.field("Content-Encoding")).isEqualTo("gzip");
        assertThat(message.field("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(message.field("Content-Length")).isNull();
        return new String(new GZIPInputStream(new ByteArrayInputStream(content(message))).readAllBytes(), ISO_8859_1);
    }

    @Test
    void compressesForAClientThatTakesItAndKeepsTheConnection() throws IOException {
        try (var backend = RawBackend.sending(response(
                        "Content-Type: text/plain\r\nETag: \"v1\"\r\nAccept-Ranges: bytes\r\nX-Other: o\r\n", TEXT));
                var proxy = Proxy.over(backend).compressing();
                var client = proxy.client()) {
            for (int i = 0; i < 3; i++) {
                var zipped = client.send(ASKING).response();
                assertThat(unzipped(zipped)).isEqualTo(TEXT);
                assertThat(zipped.body().length()).isLessThan(TEXT.length() / 10);
                assertThat(zipped.field("Vary")).isEqualTo("Accept-Encoding");
                assertThat(zipped.field("ETag")).isEqualTo("W/\"v1\"");
                assertThat(zipped.field("Accept-Ranges")).isNull();
                assertThat(zipped.field("X-Other")).isEqualTo("o");
            }
            var plain = client.get("/");
            assertThat(plain.body()).isEqualTo(TEXT);
            assertThat(plain.field("Content-Encoding")).isNull();
            assertThat(plain.field("ETag")).isEqualTo("\"v1\"");
            assertThat(plain.field("Vary")).as("caches must tell them apart").isEqualTo("Accept-Encoding");
            assertThat(backend.connections()).isEqualTo(1);
            assertThat(backend.requests().getFirst().field("Accept-Encoding")).isEqualTo("gzip");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Type: image/png",
                "Content-Type: text/plain~Content-Encoding: br",
                "Content-Type: text/plain~Cache-Control: public, no-transform",
                "X-No: type"
            })
    void leavesAloneWhatMustStayAsItIs(String fields) throws IOException {
        try (var backend = RawBackend.sending(response(fields.replace("~", "\r\n") + "\r\n", TEXT));
                var proxy = Proxy.over(backend).compressing();
                var client = proxy.client()) {
            var answer = client.send(ASKING).response();
            assertThat(answer.body()).isEqualTo(TEXT);
            assertThat(answer.field("Vary")).isNull();
        }
    }

    @Test
    void leavesShortOnesAlone() throws IOException {
        try (var backend = RawBackend.sending(response("Content-Type: text/plain\r\n", "x".repeat(1023)));
                var proxy = Proxy.over(backend).compressing();
                var client = proxy.client()) {
            assertThat(client.send(ASKING).response().field("Content-Encoding")).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"204 No Content", "304 Not Modified", "206 Partial Content"})
    void leavesAnswersWithoutAWholeBodyAlone(String status) throws IOException {
        boolean hasBody = status.startsWith("206");
        var fields = "Content-Type: text/plain\r\nETag: \"v1\"\r\n";
        try (var backend = RawBackend.sending("HTTP/1.1 " + status + "\r\n" + fields
                        + (hasBody ? "Content-Length: " + TEXT.length() + "\r\n\r\n" + TEXT : "\r\n"));
                var proxy = Proxy.over(backend).compressing();
                var client = proxy.client()) {
            var answer = client.send(ASKING).response();
            assertThat(answer.field("Content-Encoding")).isNull();
            assertThat(answer.field("ETag")).isEqualTo("\"v1\"");
            assertThat(answer.body()).isEqualTo(hasBody ? TEXT : "");
            assertThat(client.send(ASKING).response().head()).startsWith("HTTP/1.1 " + status);
        }
    }

    @Test
    void leavesAnswersToHeadAndToOldClientsAlone() throws IOException {
        var fields = "Content-Type: text/plain\r\n";
        try (var backend = new RawBackend(peer -> {
                    while (true) {
                        boolean isHead = peer.request().startLine().startsWith("HEAD");
                        peer.send("HTTP/1.1 200 OK\r\n" + fields + "Content-Length: " + TEXT.length() + "\r\n\r\n"
                                + (isHead ? "" : TEXT));
                    }
                });
                var proxy = Proxy.over(backend).compressing();
                var client = proxy.client();
                var old = proxy.client()) {
            var head = client.send(ASKING.replace("GET", "HEAD")).responseToHead();
            assertThat(head.field("Content-Length")).isEqualTo(Integer.toString(TEXT.length()));
            assertThat(head.field("Content-Encoding")).isNull();
            assertThat(unzipped(client.send(ASKING).response())).isEqualTo(TEXT);

            var plain = old.send(ASKING.replace("HTTP/1.1", "HTTP/1.0")).response();
            assertThat(plain.field("Content-Encoding")).isNull();
            assertThat(plain.body()).isEqualTo(TEXT);
        }
    }

    @Test
    void doesNothingUnlessTheListenerSaysSo() throws IOException {
        try (var backend = RawBackend.sending(response("Content-Type: text/plain\r\n", TEXT));
                var proxy = Proxy.over(backend);
                var client = proxy.client()) {
            var answer = client.send(ASKING).response();
            assertThat(answer.body()).isEqualTo(TEXT);
            assertThat(answer.field("Vary")).isNull();
        }
    }

    @Test
    void addsToWhatAnswersVaryByAlready() throws IOException {
        try (var backend = RawBackend.sending(
                        response("Content-Type: text/plain\r\nVary: Origin, ACCEPT-Encoding\r\n", TEXT));
                var proxy = Proxy.over(backend).compressing();
                var client = proxy.client()) {
            var answer = client.send(ASKING).response();
            assertThat(answer.head().toLowerCase(Locale.ROOT).split("vary:", -1))
                    .hasSize(2);
        }
        try (var backend = RawBackend.sending(response("Content-Type: text/plain\r\nVary: Origin\r\n", TEXT));
                var proxy = Proxy.over(backend).compressing();
                var client = proxy.client()) {
            assertThat(client.send(ASKING).response().head()).contains("Vary: Origin\r\n", "Vary: Accept-Encoding\r\n");
        }
    }

    @Test
    void chunkedAndEndlessBodiesComeInChunksOfTheirOwn() throws IOException {
        var chunked =
                "HTTP/1.1 200 OK\r\nContent-Type: text/css\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "5;a=b\r\nhello\r\n6\r\n world\r\n0\r\nX-Sum: 1\r\n\r\n";
        try (var backend = RawBackend.sending(chunked);
                var proxy = Proxy.over(backend).compressing();
                var client = proxy.client()) {
            var answer = client.send(ASKING).response();
            assertThat(unzipped(answer)).isEqualTo("hello world");
            assertThat(answer.field("Trailer")).isNull();
            assertThat(unzipped(client.send(ASKING).response())).isEqualTo("hello world");
            assertThat(backend.connections()).isEqualTo(1);
        }
        try (var backend = new RawBackend(peer -> {
                    peer.request();
                    peer.send("HTTP/1.1 200 OK\r\nContent-Type: text/css\r\n\r\n" + TEXT);
                });
                var proxy = Proxy.over(backend).compressing();
                var client = proxy.client()) {
            assertThat(unzipped(client.send(ASKING).response())).isEqualTo(TEXT);
            assertThat(unzipped(client.send(ASKING).response()))
                    .as("on the same connection")
                    .isEqualTo(TEXT);
        }
    }

    @Test
    void anEmptyChunkedBodyIsAnEmptyOne() throws IOException {
        try (var backend = RawBackend.sending(
                        "HTTP/1.1 200 OK\r\nContent-Type: text/css\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
                var proxy = Proxy.over(backend).compressing();
                var client = proxy.client()) {
            assertThat(unzipped(client.send(ASKING).response())).isEmpty();
        }
    }

    /** What the member has said so far can be read by the client before it says more. */
    @Test
    void partsAreReadableAsTheyCome() throws Exception {
        var goOn = new CountDownLatch(1);
        try (var backend = new RawBackend(peer -> {
                    peer.request();
                    peer.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n");
                    peer.send("5\r\nfirst\r\n");
                    await().until(() -> goOn.getCount() == 0);
                    peer.send("6\r\nsecond\r\n0\r\n\r\n");
                });
                var proxy = Proxy.over(backend).compressing();
                var client = proxy.client()) {
            client.send(ASKING);
            assertThat(client.reader().head()).contains("Content-Encoding: gzip");
            var inflater = new Inflater(true);
            var read = new StringBuilder();
            while (!read.toString().equals("first")) {
                read.append(inflate(inflater, chunk(client.reader()), read.isEmpty() ? 10 : 0));
            }
            goOn.countDown();
            while (!read.toString().equals("firstsecond")) {
                read.append(inflate(inflater, chunk(client.reader()), 0));
            }
            inflater.end();
        }
    }

    private static byte[] chunk(WireReader reader) throws IOException {
        int size = 0;
        for (int c = reader.stream().read(); c != '\r'; c = reader.stream().read()) {
            size = size * 16 + Character.digit(c, 16);
        }
        assertThat(reader.stream().read()).isEqualTo('\n');
        var bytes = reader.exactly(size).getBytes(ISO_8859_1);
        assertThat(reader.exactly(2)).isEqualTo("\r\n");
        return bytes;
    }

    private static String inflate(Inflater inflater, byte[] bytes, int from) {
        var text = new StringBuilder();
        var out = new byte[1024];
        inflater.setInput(bytes, from, bytes.length - from);
        try {
            for (int count = inflater.inflate(out); count > 0; count = inflater.inflate(out)) {
                text.append(new String(out, 0, count, ISO_8859_1));
            }
        } catch (DataFormatException e) {
            throw new AssertionError(e);
        }
        return text.toString();
    }

    /** Long, in pieces of any size, some of it of the kind that does not shrink. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void longBodiesComeOutAsTheyWere(long seed) throws IOException {
        var random = new Random(seed);
        var text = new StringBuilder();
        while (text.length() < 3 << 20) {
            int length = random.nextInt(1, 200_000);
            if (random.nextBoolean()) {
                random.ints(length, 0, 256).forEach(c -> text.append((char) c));
            } else {
                text.append("abcdefgh".repeat(length / 8));
            }
        }
        var body = text.toString();
        try (var backend = RawBackend.sending(response("Content-Type: text/plain\r\n", body));
                var proxy = Proxy.over(backend).compressing();
                var client = proxy.client()) {
            assertThat(unzipped(client.send(ASKING).response())).isEqualTo(body);
            assertThat(unzipped(client.send(ASKING).response())).isEqualTo(body);
            proxy.awaitAllReleased();
        }
    }

    @Test
    void moreAtATimeThanMayBeGoOnAsTheyAre() throws IOException {
        var goOn = new CountDownLatch(1);
        try (var backend = new RawBackend(peer -> {
                    peer.request();
                    peer.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + TEXT.length()
                            + "\r\n\r\n" + TEXT.substring(1));
                    await().until(() -> goOn.getCount() == 0);
                    peer.send(TEXT.substring(0, 1));
                });
                var proxy = Proxy.over(backend).compressing()) {
            var clients = new ArrayList<RawClient>();
            int compressed = 0;
            for (int i = 0; i < 70; i++) {
                var client = proxy.client();
                clients.add(client);
                compressed += client.send(ASKING).reader().head().contains("gzip") ? 1 : 0;
            }
            assertThat(compressed).isEqualTo(64);
            for (var client : clients.subList(0, 10)) {
                client.reset();
            }
            await().untilAsserted(() -> assertThat(proxy.counted(Count.OPEN)).isEqualTo(60));
            try (var late = proxy.client()) {
                assertThat(late.send(ASKING).reader().head()).contains("gzip");
            }
            goOn.countDown();
            for (var client : clients) {
                client.close();
            }
        }
    }
}
