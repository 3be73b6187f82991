package io.evenkeel.dataplane.http2.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.http.memory.Block;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a request's fields, and which ones are malformed by RFC 9113 §8. */
class RequestTextTests {

    private static final String[] GET = {":method=GET", ":scheme=https", ":path=/", ":authority=test"};

    private final RequestText text = new RequestText(new Block(64 << 10));

    private String textOf(boolean hasBody, String... fields) {
        text.begin(false);
        return given(hasBody, fields);
    }

    private String given(boolean hasBody, String... fields) {
        for (var field : fields) {
            int equals = field.indexOf('=');
            var name = field.substring(0, equals).getBytes(StandardCharsets.ISO_8859_1);
            var value = field.substring(equals + 1).getBytes(StandardCharsets.ISO_8859_1);
            text.field(name, name.length, value, value.length);
        }
        text.end(hasBody);
        return text.isMalformed()
                ? "malformed"
                : new String(text.text().filled().toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
    }

    private static String[] with(String[] fields, String... more) {
        return Stream.concat(Stream.of(fields), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void writesARequestWithoutContent() {
        assertThat(textOf(false, with(GET, "accept=*/*", "empty=")))
                .isEqualTo("GET / HTTP/1.1\r\nhost: test\r\naccept: */*\r\nempty: \r\n\r\n");
    }

    @Test
    void announcesContentWithoutALengthInChunks() {
        assertThat(textOf(true, GET)).isEqualTo("GET / HTTP/1.1\r\nhost: test\r\ntransfer-encoding: chunked\r\n\r\n");
        assertThat(text.contentLength()).isEqualTo(-1);
    }

    @Test
    void leavesAnAnnouncedLengthAsItIs() {
        assertThat(textOf(true, with(GET, "content-length=17")))
                .isEqualTo("GET / HTTP/1.1\r\nhost: test\r\ncontent-length: 17\r\n\r\n");
        assertThat(text.contentLength()).isEqualTo(17);
    }

    @Test
    void joinsTheCrumbsOfACookie() {
        assertThat(textOf(false, with(GET, "cookie=a=1", "x=y", "cookie=b=2", "cookie=c=3")))
                .isEqualTo("GET / HTTP/1.1\r\nhost: test\r\nx: y\r\ncookie: a=1; b=2; c=3\r\n\r\n");
    }

    @Test
    void takesTheHostWhereThereIsNoAuthority() {
        assertThat(textOf(false, ":method=GET", ":scheme=https", ":path=/", "host=other"))
                .isEqualTo("GET / HTTP/1.1\r\nhost: other\r\n\r\n");
    }

    @Test
    void keepsTheAuthorityAloneWhereTheHostIsTheSame() {
        assertThat(textOf(false, with(GET, "host=test"))).isEqualTo("GET / HTTP/1.1\r\nhost: test\r\n\r\n");
    }

    @Test
    void doesNotPassOnThatTheClientTakesTrailers() {
        assertThat(textOf(false, with(GET, "te=trailers"))).isEqualTo("GET / HTTP/1.1\r\nhost: test\r\n\r\n");
    }

    @Test
    void leavesConnectToBeRefused() {
        assertThat(textOf(false, ":method=CONNECT", ":authority=test:443"))
                .isEqualTo("CONNECT * HTTP/1.1\r\nhost: test:443\r\n\r\n");
    }

    @Test
    void takesAnAsteriskForOptionsAlone() {
        assertThat(textOf(false, ":method=OPTIONS", ":scheme=https", ":path=*", ":authority=test"))
                .startsWith("OPTIONS * HTTP/1.1\r\n");
        assertThat(textOf(false, ":method=GET", ":scheme=https", ":path=*", ":authority=test"))
                .isEqualTo("malformed");
    }

    @Test
    void writesTrailersAsLines() {
        text.begin(true);
        assertThat(given(false, "grpc-status=0", "x=y")).isEqualTo("grpc-status: 0\r\nx: y\r\n");
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of("capital letters in a name", with(GET, "Accept=x")),
                Arguments.of("colon in a name", with(GET, "a:b=x")),
                Arguments.of("space in a name", with(GET, "a b=x")),
                Arguments.of("line end in a name", with(GET, "a\r\nb=x")),
                Arguments.of("empty name", with(GET, "=x")),
                Arguments.of("line end in a value", with(GET, "a=x\r\nb: y")),
                Arguments.of("bare line feed in a value", with(GET, "a=x\nb: y")),
                Arguments.of("zero in a value", with(GET, "a=x\0")),
                Arguments.of("space before a value", with(GET, "a= x")),
                Arguments.of("tab behind a value", with(GET, "a=x\t")),
                Arguments.of("connection", with(GET, "connection=close")),
                Arguments.of("keep-alive", with(GET, "keep-alive=1")),
                Arguments.of("proxy-connection", with(GET, "proxy-connection=close")),
                Arguments.of("transfer-encoding", with(GET, "transfer-encoding=chunked")),
                Arguments.of("upgrade", with(GET, "upgrade=websocket")),
                Arguments.of("te other than trailers", with(GET, "te=gzip")),
                Arguments.of("host other than the authority", with(GET, "host=other")),
                Arguments.of("two hosts", new String[] {":method=GET", ":scheme=https", ":path=/", "host=a", "host=a"}),
                Arguments.of("pseudo-field behind a field", with(new String[] {":method=GET", "a=b"}, GET)),
                Arguments.of("pseudo-field twice", with(GET, ":path=/")),
                Arguments.of("pseudo-field unknown", with(GET, ":protocol=websocket")),
                Arguments.of("pseudo-field of a response", with(GET, ":status=200")),
                Arguments.of("no method", new String[] {":scheme=https", ":path=/"}),
                Arguments.of("no scheme", new String[] {":method=GET", ":path=/"}),
                Arguments.of("no path", new String[] {":method=GET", ":scheme=https"}),
                Arguments.of("empty path", new String[] {":method=GET", ":scheme=https", ":path="}),
                Arguments.of("absolute path", new String[] {":method=GET", ":scheme=https", ":path=http://x/"}),
                Arguments.of("space in the path", new String[] {":method=GET", ":scheme=https", ":path=/ HTTP/1.1"}),
                Arguments.of("line end in the path", new String[] {":method=GET", ":scheme=https", ":path=/\r\na:b"}),
                Arguments.of("space in the method", new String[] {":method=GET /", ":scheme=https", ":path=/"}),
                Arguments.of(
                        "line end in the authority",
                        new String[] {":method=GET", ":scheme=https", ":path=/", ":authority=a\r\nb: c"}),
                Arguments.of("other scheme", new String[] {":method=GET", ":scheme=ftp", ":path=/"}),
                Arguments.of("length without content", with(GET, "content-length=1")),
                Arguments.of("length that is none", with(GET, "content-length=+1")),
                Arguments.of("length twice", with(GET, "content-length=0", "content-length=0")),
                Arguments.of("nothing", new String[0]));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void refuses(String what, String[] fields) {
        assertThat(textOf(false, fields)).isEqualTo("malformed");
    }

    @Test
    void refusesPseudoFieldsAndLengthsInTrailers() {
        text.begin(true);
        assertThat(given(false, ":path=/")).isEqualTo("malformed");
        text.begin(true);
        assertThat(given(false, "content-length=1")).isEqualTo("malformed");
    }
}
