package io.evenkeel.dataplane.http.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTests {

    private static final String HOST = "Host: a\r\n";

    private static String read(String escaped) {
        return Wire.request(Wire.bytes(unescape(escaped)));
    }

    private static String unescape(String escaped) {
        return escaped.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\0", "\0")
                .replace("\\x7f", "\u007f")
                .replace("\\xff", "\u00ff");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            GET / HTTP/1.1\\nHost: a\\n\\n                                   | bad start line
            GET / HTTP/1.1\\rHost: a\\r\\n\\r\\n                             | CR without LF
            \\r\\n\\r\\nGET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n              | bad start line
            \\rGET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                       | CR without LF
            \\nGET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                       | bad start line
            GET\\t/ HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                        | bad start line
            GET  / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                         | bad request line
            GET /  HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                         | bad HTTP version
            GET / HTTP/1.1 \\r\\nHost: a\\r\\n\\r\\n                         | bad HTTP version
            ` GET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n`                       | bad request line
            GET /a b HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                       | bad HTTP version
            GET /\\xff HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                     | bad start line
            GET /\\0 HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                       | bad start line
            GET /\\x7f HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                     | bad start line
            G(T / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                          | bad request line
            GET\\r\\nHost: a\\r\\n\\r\\n                                     | bad request line
            GET /\\r\\nHost: a\\r\\n\\r\\n                                   | bad HTTP version
            GET / http/1.1\\r\\nHost: a\\r\\n\\r\\n                          | bad HTTP version
            GET / HTTP/1.10\\r\\nHost: a\\r\\n\\r\\n                         | bad HTTP version
            GET / HTTP/11\\r\\nHost: a\\r\\n\\r\\n                           | bad HTTP version
            GET / HTP/1.1.\\r\\nHost: a\\r\\n\\r\\n                          | bad HTTP version
            GET a HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                          | bad request target
            GET * HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                          | bad request target
            GET ftp://a/ HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                   | bad request target
            GET http:/// HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                   | bad request target
            GET http://u@a/ HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                | bad host
            GET /#x HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                        | fragment in request target
            GET http://b/ HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                  | Host differs from request target
            GET http://a:81/ HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n               | Host differs from request target
            GET http://a/ HTTP/1.0\\r\\n\\r\\n                               | missing Host
            GET / HTTP/1.1\\r\\n\\r\\n                                       | missing Host
            GET / HTTP/1.1\\r\\nHost: a\\r\\nHost: a\\r\\n\\r\\n             | duplicate Host
            GET / HTTP/1.0\\r\\nHost: a\\r\\nhost: b\\r\\n\\r\\n             | duplicate Host
            GET / HTTP/1.1\\r\\nHost: a b\\r\\n\\r\\n                        | bad host
            GET / HTTP/1.1\\r\\nHost: a,b\\r\\n\\r\\n                        | bad host
            GET / HTTP/1.1\\r\\nHost: a/b\\r\\n\\r\\n                        | bad host
            GET / HTTP/1.1\\r\\nHost: a@b\\r\\n\\r\\n                        | bad host
            GET / HTTP/1.1\\r\\nHost: [::1\\r\\n\\r\\n                       | bad host
            GET / HTTP/1.1\\r\\nHost: []\\r\\n\\r\\n                         | bad host
            GET / HTTP/1.1\\r\\nHost: [g]\\r\\n\\r\\n                        | bad host
            GET / HTTP/1.1\\r\\nHost: :80\\r\\n\\r\\n                        | bad host
            GET / HTTP/1.1\\r\\nHost: a:8x\\r\\n\\r\\n                       | bad port
            GET / HTTP/1.1\\r\\nHost: a:65536\\r\\n\\r\\n                    | bad port
            GET / HTTP/1.1\\r\\n Host: a\\r\\n\\r\\n                         | folded line
            GET / HTTP/1.1\\r\\nHost: a\\r\\n b\\r\\n\\r\\n                  | folded line
            GET / HTTP/1.1\\r\\nHost: a\\r\\n\\tb\\r\\n\\r\\n                | folded line
            GET / HTTP/1.1\\r\\nHost : a\\r\\n\\r\\n                         | bad field name
            GET / HTTP/1.1\\r\\nHost\\t: a\\r\\n\\r\\n                       | bad field name
            GET / HTTP/1.1\\r\\n: a\\r\\nHost: a\\r\\n\\r\\n                 | bad field name
            GET / HTTP/1.1\\r\\nHost: a\\r\\nX\\r\\n\\r\\n                   | bad field name
            GET / HTTP/1.1\\r\\nHost: a\\r\\nX\\xff: 1\\r\\n\\r\\n           | bad field name
            GET / HTTP/1.1\\r\\nHost: a\\r\\nX\\0: 1\\r\\n\\r\\n             | bad field name
            GET / HTTP/1.1\\r\\nHost: a\\r\\n(X): 1\\r\\n\\r\\n              | bad field name
            GET / HTTP/1.1\\r\\nHost: a\\r\\nX: 1\\n\\r\\n                   | bad field value
            GET / HTTP/1.1\\r\\nHost: a\\r\\nX: 1\\rY: 2\\r\\n\\r\\n         | CR without LF
            GET / HTTP/1.1\\r\\nHost: a\\r\\nX: 1\\0\\r\\n\\r\\n             | bad field value
            GET / HTTP/1.1\\r\\nHost: a\\r\\nX: 1\\x7f\\r\\n\\r\\n           | bad field value
            GET / HTTP/1.1\\r\\nHost: a\\r\\n\\rX                            | CR without LF
            GET / HTTP/1.1\\r\\nHost: a\\r\\n\\n                             | bad field name
            """)
    void refusesWhatIsMalformed(String head, String reason) {
        assertThat(read(head)).isEqualTo("refused 400 " + reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Content-Length: 1\\r\\nTransfer-Encoding: chunked | both Content-Length and Transfer-Encoding
            Transfer-Encoding: chunked\\r\\nContent-Length: 0 | both Content-Length and Transfer-Encoding
            Content-Length: 1\\r\\nContent-Length: 2          | duplicate Content-Length
            Content-Length: 1\\r\\nContent-Length: 1          | duplicate Content-Length
            Content-Length: 0\\r\\ncontent-length: 0          | duplicate Content-Length
            Content-Length: 1, 1                              | bad Content-Length
            Content-Length:                                   | bad Content-Length
            Content-Length: +1                                | bad Content-Length
            Content-Length: -1                                | bad Content-Length
            Content-Length: 1a                                | bad Content-Length
            Content-Length: 0x1                               | bad Content-Length
            Content-Length: 1 1                               | bad Content-Length
            Content-Length: 1;                                | bad Content-Length
            Content-Length: 1.0                               | bad Content-Length
            Content-Length: \\xff                             | bad Content-Length
            Content-Length: 9223372036854775808               | bad Content-Length
            Content-Length: 18446744073709551617              | bad Content-Length
            Content_Length: 1                                 | ambiguous field name
            Transfer_Encoding: chunked                        | ambiguous field name
            Transfer-Encoding: gzip                           | transfer coding other than a single chunked
            Transfer-Encoding: chunked, gzip                  | transfer coding other than a single chunked
            Transfer-Encoding: chunked, chunked               | transfer coding other than a single chunked
            Transfer-Encoding: identity                       | transfer coding other than a single chunked
            Transfer-Encoding: "chunked"                      | transfer coding other than a single chunked
            Transfer-Encoding: chunked;q=1                    | transfer coding other than a single chunked
            Transfer-Encoding: xchunked                       | transfer coding other than a single chunked
            Transfer-Encoding: ,chunked                       | transfer coding other than a single chunked
            Transfer-Encoding:                                | transfer coding other than a single chunked
            Transfer-Encoding: chunked\\r\\nTransfer-Encoding: chunked  | transfer coding other than a single chunked
            Transfer-Encoding: chunked\\r\\nTransfer-Encoding: identity | transfer coding other than a single chunked
            Transfer-Encoding : chunked                       | bad field name
            Transfer-Encoding\\t: chunked                     | bad field name
            Transfer-Encoding:\\r\\n chunked                  | folded line
            X: y\\r\\n\\tTransfer-Encoding: chunked           | folded line
            X: y\\nTransfer-Encoding: chunked                 | bad field value
            Connection: Content-Length                        | Connection names a framing field
            Connection: close, Transfer-Encoding              | Connection names a framing field
            Connection: host                                  | Connection names a framing field
            Connection: a b                                   | bad Connection
            Connection: a;b                                   | bad Connection
            Connection: a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q     | bad Connection
            """)
    void refusesAmbiguousFraming(String fields, String reason) {
        assertThat(read("POST / HTTP/1.1\r\n" + HOST + fields + "\r\n\r\n")).isEqualTo("refused 400 " + reason);
    }

    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/2.0, 505 HTTP version not served",
        "PRI * HTTP/2.0, 505 HTTP version not served",
        "GET / HTTP/1.2, 505 HTTP version not served",
        "GET / HTTP/0.9, 505 HTTP version not served",
        "CONNECT a:443 HTTP/1.1, 501 CONNECT is not served",
        "'GET / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked', 501 transfer coding that is not served",
        "'GET / HTTP/1.1\r\nTransfer-Encoding: a;b=\"c\" ,\tCHUNKED', 501 transfer coding that is not served",
    })
    void refusesWhatIsNotServed(String line, String refusal) {
        assertThat(read(line + "\r\n" + HOST + "\r\n")).isEqualTo("refused " + refusal);
    }

    @Test
    void refusesTransferEncodingInAnOldVersion() {
        assertThat(read("POST / HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n"))
                .isEqualTo("refused 400 Transfer-Encoding in HTTP/1.0");
    }

    @Test
    void takesAHeadOf32KiBAndRefusesOneByteMore() {
        var start = "GET / HTTP/1.1\r\n" + HOST + "X: ";
        int filling = 32 * 1024 - start.length() - 4;
        assertThat(read(start + "x".repeat(filling) + "\r\n\r\n")).contains("ends at 32768");
        assertThat(read(start + "x".repeat(filling + 1) + "\r\n\r\n")).isEqualTo("refused 431 head too large");
    }

    @Test
    void blamesTheTargetWhereTheStartLineAloneIsTooLarge() {
        assertThat(read("GET /" + "x".repeat(32 * 1024 - 5))).isEqualTo("refused 414 start line too long");
        assertThat(read("GET /" + "x".repeat(32 * 1024 - 6))).isEqualTo("incomplete");
    }

    @Test
    void takes128FieldsAndRefusesOneMore() {
        assertThat(read("GET / HTTP/1.1\r\n" + HOST + "X: 1\r\n".repeat(127) + "\r\n"))
                .contains("persistent");
        assertThat(read("GET / HTTP/1.1\r\n" + HOST + "X: 1\r\n".repeat(128) + "\r\n"))
                .isEqualTo("refused 431 too many fields");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                              | GET / 1.1
            get / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                              | get / 1.1
            M-SEARCH /a?b=%zz&c=[{}] HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n           | M-SEARCH /a?b=%zz&c=[{}] 1.1
            GET //a/../b HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                       | GET //a/../b 1.1
            OPTIONS * HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                          | OPTIONS * 1.1
            OPTIONS http://a HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                   | OPTIONS * 1.1
            GET http://a HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                       | GET / 1.1
            GET HTTP://A:80?x HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                  | GET /?x 1.1
            GET https://a:443/x HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                | GET /x 1.1
            GET / HTTP/1.0\\r\\n\\r\\n                                           | GET / 1.0
            GET / HTTP/1.1\\r\\nHost:\\r\\n\\r\\n                                | GET / 1.1
            GET / HTTP/1.1\\r\\nHost: A_b-1.c~:\\r\\n\\r\\n                      | GET / 1.1
            GET / HTTP/1.1\\r\\nHost: [2001:db8::1.2.3.4]:65535\\r\\n\\r\\n      | GET / 1.1
            """)
    void takesWhatIsGood(String head, String start) {
        assertThat(read(head)).startsWith(start + "|");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            X: 1                               | NONE -1 persistent
            Connection: close                  | NONE -1 closes
            Connection: keep-alive, CLOSE      | NONE -1 closes
            Content-Length: 0                  | NONE 0 persistent
            Content-Length: 007                | LENGTH 7 persistent
            Content-Length: 999999999999999999 | LENGTH 999999999999999999 persistent
            Transfer-Encoding: \\tcHUNKED\\t   | CHUNKED -1 persistent
            """)
    void findsTheFraming(String field, String framing) {
        assertThat(read("POST / HTTP/1.1\r\n" + HOST + field + "\r\n\r\n")).contains("|" + framing + " ends");
    }

    @Test
    void anOldVersionPersistsOnlyWhenAsked() {
        assertThat(read("GET / HTTP/1.0\r\n\r\n")).contains(" closes");
        assertThat(read("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n")).contains(" persistent");
    }

    @Test
    void leavesHopByHopFieldsBehindAndTheRestUntouched() {
        assertThat(read("GET / HTTP/1.1\r\n" + HOST
                        + "A:1\r\nconnection: X-Hop, keep-alive\r\nB:  2 \r\nx-hop: 3\r\nKeep-Alive: 5\r\n"
                        + "Proxy-Connection: x\r\nProxy-Authorization: y\r\nTE: trailers\r\nUpgrade: z\r\n"
                        + "C:\t\u00e9\t\r\nX-HOP: 4\r\nTrailer: T\r\nContent-Length: 1\r\n\r\n"))
                .startsWith("GET / 1.1|" + HOST + "A:1\r\nB:  2 \r\nC:\t\u00e9\t\r\nTrailer: T\r\nContent-Length: 1\r\n"
                        + "|LENGTH 1 persistent ends at ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "G", "GET / HTTP/1.1\r\nHost: a\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\r"})
    void waitsForTheRest(String head) {
        assertThat(read(head)).isEqualTo("incomplete");
    }
}
