package io.evenkeel.dataplane.http.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkedBodyTests {

    private static String read(String escaped) {
        return Wire.chunked(
                Wire.bytes(escaped.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            \\r\\n                               | bad chunk size
            g\\r\\n                              | bad chunk size
            0x1\\r\\n                            | bad chunk size
            -1\\r\\n                             | bad chunk size
            +1\\r\\n                             | bad chunk size
            ` 1\\r\\n`                           | bad chunk size
            1 \\r\\nx                            | bad chunk size
            ;a\\r\\nx                            | bad chunk size
            1;\\r\\nx                            | bad chunk extension
            1;a=\\r\\nx                          | bad chunk extension
            1; a\\r\\nx                          | bad chunk extension
            1;a \\r\\nx                          | bad chunk extension
            1;a=b=c\\r\\nx                       | bad chunk extension
            1;a="b\\r\\nx                        | bad chunk extension
            1;a="b"c\\r\\nx                      | bad chunk extension
            1;a="\\\\\\r\\nx                      | bad chunk extension
            1;a\\nx                              | bad chunk extension
            1;a\\rx                              | bad chunk framing
            1\\nx                                | bad chunk size
            1\\rx                                | bad chunk framing
            1\\r\\nxy\\r\\n                      | bad chunk framing
            1\\r\\nx\\n                          | bad chunk framing
            1\\r\\nx\\rx                         | bad chunk framing
            1\\r\\nx0\\r\\n\\r\\n                | bad chunk framing
            ffffffffffffffff\\r\\n               | bad chunk size
            10000000000000001\\r\\n              | bad chunk size
            0000000000000000\\r\\n               | bad chunk size
            0\\r\\n\\n                           | bad trailer
            0\\r\\n\\rx                          | bad chunk framing
            0\\r\\n X: 1\\r\\n\\r\\n             | bad trailer
            0\\r\\nX: 1\\r\\n y\\r\\n\\r\\n      | bad trailer
            0\\r\\nX : 1\\r\\n\\r\\n             | bad trailer
            0\\r\\n: 1\\r\\n\\r\\n               | bad trailer
            0\\r\\nX\\r\\n\\r\\n                 | bad trailer
            0\\r\\nX: 1\\n\\r\\n                 | bad trailer
            0\\r\\nX: 1\\rY: 2\\r\\n\\r\\n       | bad chunk framing
            0\\r\\nX: \\0\\r\\n\\r\\n            | bad trailer
            0\\r\\nContent-Length: 1\\r\\n\\r\\n | trailer that belongs into the head
            0\\r\\nTRANSFER-ENCODING: chunked\\r\\n\\r\\n | trailer that belongs into the head
            0\\r\\nhost: a\\r\\n\\r\\n           | trailer that belongs into the head
            0\\r\\nX_Forwarded_For: a\\r\\n\\r\\n | trailer that belongs into the head
            """)
    void refusesWhatIsMalformed(String body, String reason) {
        assertThat(read(body)).isEqualTo("refused 400 " + reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0\\r\\n\\r\\nGET                                  | `` ends at 5
            3\\r\\nabc\\r\\n0\\r\\n\\r\\n                     | `abc` ends at 13
            00A\\r\\n0123456789\\r\\n1\\r\\nx\\r\\n0\\r\\n\\r\\n | `0123456789x` ends at 28
            aB\\r\\n                                          | incomplete
            1;a;b=c;d="e;\\"f"\\r\\nx\\r\\n0;g\\r\\n\\r\\n   | `x` ends at 29
            1\\r\\nx\\r\\n0\\r\\nX: 1\\r\\nY-Z:\\r\\n\\r\\nrest | `x` ends at 23
            """)
    void findsTheExactEnd(String body, String told) {
        assertThat(read(body).strip()).isEqualTo(told.replace("`", "").strip());
    }

    @Test
    void boundsExtensions() {
        assertThat(read("0;" + "a".repeat(1023) + "\r\n\r\n")).contains("ends at");
        assertThat(read("0;" + "a".repeat(1024) + "\r\n\r\n")).isEqualTo("refused 400 chunk extensions too large");
    }

    @Test
    void boundsTrailers() {
        assertThat(read("0\r\n" + "X: 12345\r\n".repeat(800) + "\r\n")).contains("ends at");
        assertThat(read("0\r\n" + "X: 12345\r\n".repeat(1000) + "\r\n")).isEqualTo("refused 400 trailers too large");
    }
}
