package io.evenkeel.dataplane.http2.hpack;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.dataplane.http.memory.Block;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HpackEncoderTests {

    private final HpackEncoder encoder = new HpackEncoder();
    private final Block out = new Block(64 << 10);

    private static MemorySegment bytes(String text) {
        return Arena.ofAuto().allocateFrom(ValueLayout.JAVA_BYTE, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void field(String name, String value) {
        encoder.field(bytes(name + value), 0, name.length(), name.length(), name.length() + value.length(), out);
    }

    private List<String> decoded() throws HpackException {
        var block = out.filled().toArray(ValueLayout.JAVA_BYTE);
        var fields = new ArrayList<String>();
        new HpackDecoder(new HpackDecoder.Scratch(), 64 << 10)
                .decode(
                        block,
                        0,
                        block.length,
                        (name, nameLength, value, length) ->
                                fields.add(new String(name, 0, nameLength, StandardCharsets.ISO_8859_1) + ": "
                                        + new String(value, 0, length, StandardCharsets.ISO_8859_1)));
        return fields;
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 103, 200, 204, 206, 301, 304, 400, 404, 431, 500, 503, 599})
    void writesEveryStatus(int status) throws HpackException {
        encoder.status(status, out);
        assertThat(decoded()).containsExactly(":status: " + status);
    }

    @Test
    void writesNamesInLowerCaseAndKnownOnesByIndex() throws HpackException {
        field("Content-Type", "text/plain");
        assertThat(out.size()).isEqualTo(2 + 1 + "text/plain".length());
        field("X-Custom-NAME", "");
        field("A-Name-That-Is-Longer-Than-Any-That-The-Static-Table-Has", "v".repeat(5000));
        assertThat(decoded())
                .containsExactly(
                        "content-type: text/plain",
                        "x-custom-name: ",
                        "a-name-that-is-longer-than-any-that-the-static-table-has: " + "v".repeat(5000));
    }

    @Test
    void findsEveryNameOfTheStaticTable() throws HpackException {
        for (int index = 15; index <= StaticTable.SIZE; index++) {
            var name = new String(StaticTable.get(index).name(), StandardCharsets.US_ASCII);
            out.clear();
            field(name, "x");
            assertThat(decoded()).containsExactly(name + ": x");
            assertThat(out.size()).as(name).isLessThanOrEqualTo(4);
        }
    }

    @Test
    void writesRequests() throws HpackException {
        var line = bytes("GETPOSTPUT/pathhost");
        encoder.method(line, 0, 3, out);
        encoder.method(line, 3, 7, out);
        encoder.method(line, 7, 10, out);
        encoder.scheme(false, out);
        encoder.scheme(true, out);
        encoder.path(line, 10, 15, out);
        encoder.authority(line, 15, 19, out);
        assertThat(decoded())
                .containsExactly(
                        ":method: GET",
                        ":method: POST",
                        ":method: PUT",
                        ":scheme: http",
                        ":scheme: https",
                        ":path: /path",
                        ":authority: host");
    }

    @Test
    void saysThatItUsesNoTableOnceThePeerLimitsIt() {
        encoder.tableLimited();
        encoder.begin(out);
        encoder.begin(out);
        assertThat(out.filled().toArray(ValueLayout.JAVA_BYTE)).containsExactly(0x20);
    }
}
