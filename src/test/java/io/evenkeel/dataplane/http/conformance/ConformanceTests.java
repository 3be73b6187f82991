package io.evenkeel.dataplane.http.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.transport.OnEveryTransport;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each vector of the files beside this class, played through the proxy over real sockets: in one piece, byte by byte,
 * and in two pieces parted at every place. A piece is sent only after the proxy has read the one before
 * ({@link Observing}), so each is a read of its own; the one exception is bytes that the proxy leaves in the socket,
 * because it is not their turn yet. After each vector in one piece a plain request must be served.
 *
 * <p>Stricter than the RFCs on purpose: no bare LF, no folded lines, no bad white space (RFC 9112 §2.2, §5.1, §5.2,
 * §7.1.1), no equal Content-Length twice (RFC 9110 §8.6), no Host other than that of an absolute target (RFC 9112 §3.2.2),
 * no minor version above 1 (RFC 9110 §2.5). Other than they ask, as its peers: no Via (RFC 9110 §7.6.3) and no Date
 * (RFC 9110 §6.6.1) is added, Max-Forwards is not counted down (RFC 9110 §7.6.2).
 */
@OnEveryTransport
class ConformanceTests {

    private static Conversation conversation;

    @BeforeAll
    static void open() throws IOException {
        conversation = new Conversation();
    }

    @AfterAll
    static void close() throws IOException {
        conversation.close();
    }

    static Stream<Vector> vectors() {
        return Vectors.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void holdsHoweverItIsSplit(Vector vector) throws IOException {
        for (var cut : (Iterable<Cut>) vector.cuts()::iterator) {
            conversation.play(vector, cut);
        }
    }

    @Test
    void thereAreManyCasesAndNoneTwice() {
        assertThat(Vectors.all()).hasSizeGreaterThanOrEqualTo(200);
        assertThat(Vectors.all()).extracting(Vector::title).doesNotHaveDuplicates();
        assertThat(Vectors.all()).extracting(Vector::title).allMatch(title -> title.matches("91(10|12) §[0-9.]+: .+"));
    }

    @Test
    void eachPieceIsAReadOfItsOwn() throws IOException {
        var plain = Vectors.read(List.of("== 9112 §2.1: plain", "c> GET / HTTP/1.1", "c> Host: a", "c>", "passes"))
                .getFirst();
        conversation.play(plain, Cut.NOWHERE);
        int before = conversation.clientReads();
        conversation.play(plain, Cut.EVERY_BYTE);
        assertThat(conversation.clientReads() - before).isEqualTo("GET / HTTP/1.1\r\nHost: a\r\n\r\n".length());
    }
}
