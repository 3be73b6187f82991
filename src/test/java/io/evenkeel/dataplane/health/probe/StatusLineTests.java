package io.evenkeel.dataplane.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusLineTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 204 No Content\r\n",
                "HTTP/1.0 204 \r\n",
                "HTTP/1.1 204\r\nX: y",
                "HTTP/1.1 204 \u00e9\r\n"
            })
    void readsTheCode(String text) {
        assertThat(parse(text)).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-x\r\n",
                "HTTP/2 200 OK\r\n",
                "HTTP/1.2 200 OK\r\n",
                "http/1.1 200 OK\r\n",
                "HTTP/1.1  200 OK\r\n",
                "HTTP/1.1 20 OK\r\n",
                "HTTP/1.1 2000 OK\r\n",
                "HTTP/1.1 099 OK\r\n",
                "HTTP/1.1 200 OK\n",
                "HTTP/1.1 200 O\rK\r\n",
                "HTTP/1.1 200 O\u0000K\r\n",
                "\r\n",
                "HTTP/1.1\r\n"
            })
    void refusesWhatIsNoStatusLine(String text) {
        assertThat(parse(text)).isEqualTo(StatusLine.MALFORMED);
    }

    @Test
    void asksForMoreAtEveryCut() {
        var text = "HTTP/1.1 200 OK\r\n";
        for (int end = 0; end < text.length(); end++) {
            assertThat(parse(text.substring(0, end))).as(text.substring(0, end)).isEqualTo(StatusLine.INCOMPLETE);
        }
    }

    private static int parse(String text) {
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        return StatusLine.parse(bytes, bytes.limit());
    }
}
