package io.evenkeel.dataplane.http.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseHeadTests {

    private static String read(String escaped) {
        return Wire.response(
                Wire.bytes(escaped.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            HTTP/1.1 200 OK\\n\\n                                                      | bad start line
            \\r\\nHTTP/1.1 200 OK\\r\\n\\r\\n                                          | bad start line
            HTTP/1.1  200 OK\\r\\n\\r\\n                                               | bad status line
            HTTP/1.1 2000 OK\\r\\n\\r\\n                                               | bad status line
            HTTP/1.1 20 OK\\r\\n\\r\\n                                                 | bad status line
            HTTP/1.1 099 OK\\r\\n\\r\\n                                                | bad status
            HTTP/1.1 600 OK\\r\\n\\r\\n                                                | bad status
            HTTP/1.1 2x0 OK\\r\\n\\r\\n                                                | bad status
            HTTP/1.1 -20 OK\\r\\n\\r\\n                                                | bad status
            HTTP/1.1\\r\\n\\r\\n                                                       | bad status line
            200 OK\\r\\n\\r\\n                                                         | bad status line
            ICY 1234 200 OK\\r\\n\\r\\n                                                | bad HTTP version
            HTTP/1.1 200 O\\0K\\r\\n\\r\\n                                             | bad start line
            HTTP/1.1 200 OK\\r\\nX : 1\\r\\n\\r\\n                                     | bad field name
            HTTP/1.1 200 OK\\r\\nX: 1\\r\\n 2\\r\\n\\r\\n                              | folded line
            HTTP/1.1 200 OK\\r\\nX: 1\\n\\r\\n                                         | bad field value
            HTTP/1.1 200 OK\\r\\nContent-Length: 1\\r\\nContent-Length: 1\\r\\n\\r\\n  | duplicate Content-Length
            HTTP/1.1 200 OK\\r\\nContent-Length: x\\r\\n\\r\\n                         | bad Content-Length
            HTTP/1.1 200 OK\\r\\nTransfer-Encoding: gzip\\r\\n\\r\\n                   | transfer coding other than a single chunked
            HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked, gzip\\r\\n\\r\\n          | transfer coding other than a single chunked
            HTTP/1.0 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n                | Transfer-Encoding in HTTP/1.0
            HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\nContent-Length: 1\\r\\n\\r\\n | both Content-Length and Transfer-Encoding
            """)
    void refusesWhatIsMalformed(String head, String reason) {
        assertThat(read(head)).isEqualTo("refused 400 " + reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            HTTP/1.1 200 OK\\r\\nContent-Length: 5\\r\\n\\r\\n             | `200 OK|Content-Length: 5\\r\\n|LENGTH 5 persistent`
            HTTP/1.1 200\\r\\nContent-Length: 5\\r\\n\\r\\n                | `200 |Content-Length: 5\\r\\n|LENGTH 5 persistent`
            HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n             | `200 OK|Content-Length: 0\\r\\n|NONE 0 persistent`
            HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n    | `200 OK|Transfer-Encoding: chunked\\r\\n|CHUNKED -1 persistent`
            HTTP/1.1 200 OK\\r\\nConnection: close\\r\\n\\r\\n             | `200 OK||UNTIL_CLOSE -1 closes`
            HTTP/1.0 200 OK\\r\\nContent-Length: 1\\r\\n\\r\\n             | `200 OK|Content-Length: 1\\r\\n|LENGTH 1 closes`
            HTTP/1.0 200 OK\\r\\nConnection: keep-alive\\r\\n\\r\\n        | `200 OK||UNTIL_CLOSE -1 persistent`
            HTTP/1.1 204 No\\r\\nContent-Length: 5\\r\\n\\r\\n             | `204 No||NONE 5 persistent`
            HTTP/1.1 100 Go\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n    | `100 Go||NONE -1 persistent`
            HTTP/1.1 304 Same\\r\\nContent-Length: 5\\r\\n\\r\\n           | `304 Same|Content-Length: 5\\r\\n|NONE 5 persistent`
            HTTP/1.1 200 OK\\r\\nKeep-Alive: x\\r\\nProxy-Authenticate: y\\r\\nUpgrade: h2c\\r\\n\\r\\n | `200 OK||UNTIL_CLOSE -1 persistent`
            """)
    void findsTheFraming(String head, String told) {
        assertThat(read(head)).startsWith(told.replace("\\r", "\r").replace("\\n", "\n") + " ends at");
    }
}
