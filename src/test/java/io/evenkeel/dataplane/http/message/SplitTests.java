package io.evenkeel.dataplane.http.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However bytes are split on their way, the verdict is the same; and whatever they are, there is a verdict. */
class SplitTests {

    private static final String CHUNKS =
            "3;a\r\nabc\r\n0A;b=c;d=\"e\\\"\"\r\n0123456789\r\n0\r\nX: 1\r\nY:\r\n\r\nGET /";

    private static final List<String> SNIPPETS = List.of(
            "\r\n",
            "\r",
            "\n",
            " ",
            "\t",
            ":",
            ",",
            "0",
            "5",
            "f",
            ";a=b",
            "\0",
            "\u00ff",
            "GET ",
            "HTTP/1.1",
            "HTTP/1.0",
            "Host: a\r\n",
            "Content-Length: 5\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Connection: close\r\n",
            "Connection: upgrade\r\nUpgrade: h2c\r\n",
            "http://a",
            "chunked",
            "_",
            "\r\n\r\n",
            "Trailer: x\r\n");

    static Stream<String> requests() {
        return Wire.goodRequests().stream();
    }

    static Stream<String> responses() {
        return Wire.goodResponses().stream();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aRequestReadsTheSameSplitAnywhere(String text) {
        splitEverywhere(Wire.bytes(text), Wire::request);
    }

    @ParameterizedTest
    @MethodSource("responses")
    void aResponseReadsTheSameSplitAnywhere(String text) {
        splitEverywhere(Wire.bytes(text), Wire::response);
    }

    @Test
    void aChunkedBodyReadsTheSameSplitAnywhere() {
        splitEverywhere(Wire.bytes(CHUNKS), Wire::chunked);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void mutatedBytesGetOneVerdictHoweverTheyAreSplit(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 4_000; round++) {
            fuzz(random, pick(random, Wire.goodRequests()), Wire::request);
            fuzz(random, pick(random, Wire.goodResponses()), Wire::response);
            fuzz(random, CHUNKS, Wire::chunked);
        }
    }

    private static void fuzz(Random random, String text, Reader reader) {
        var wire = Wire.bytes(mutate(random, text));
        var whole = reader.read(wire);
        int[] cuts = random.ints(random.nextInt(6), 0, wire.length + 1).sorted().toArray();
        assertThat(reader.read(wire, cuts)).as("%s", (Object) wire).isEqualTo(whole);
    }

    private static String mutate(Random random, String text) {
        var mutated = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(mutated.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> mutated.insert(at, pick(random, SNIPPETS));
                case 1 -> mutated.insert(at, (char) random.nextInt(256));
                case 2 -> mutated.delete(at, Math.min(mutated.length(), at + 1 + random.nextInt(3)));
                default -> mutated.replace(at, Math.min(mutated.length(), at + 1), "" + (char) random.nextInt(256));
            }
        }
        return mutated.toString();
    }

    private static String pick(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static void splitEverywhere(byte[] wire, Reader reader) {
        var whole = reader.read(wire);
        assertThat(whole).contains("ends at");
        for (int cut = 0; cut <= wire.length; cut++) {
            assertThat(reader.read(wire, cut)).isEqualTo(whole);
        }
        assertThat(reader.read(wire, IntStream.range(1, wire.length).toArray())).isEqualTo(whole);
    }

    /** Reads bytes cut at these places. */
    private interface Reader {
        String read(byte[] wire, int... cuts);
    }
}
