package io.evenkeel.dataplane.http2.hpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By the examples of RFC 7541 Appendix C, and what must not be decoded. */
class HpackDecoderTests {

    private final HpackDecoder decoder = new HpackDecoder(new HpackDecoder.Scratch(), 32 << 10);

    private List<String> decode(String hex) throws HpackException {
        var bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        var fields = new ArrayList<String>();
        decoder.decode(
                bytes,
                0,
                bytes.length,
                (name, nameLength, value, length) ->
                        fields.add(new String(name, 0, nameLength, StandardCharsets.ISO_8859_1) + ": "
                                + new String(value, 0, length, StandardCharsets.ISO_8859_1)));
        return fields;
    }

    @Test
    void decodesEachFormOfAField() throws HpackException {
        assertThat(decode("400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572"))
                .containsExactly("custom-key: custom-header");
        assertThat(decode("040c 2f73 616d 706c 652f 7061 7468")).containsExactly(":path: /sample/path");
        assertThat(decode("1008 7061 7373 776f 7264 0673 6563 7265 74")).containsExactly("password: secret");
        assertThat(decode("82")).containsExactly(":method: GET");
        assertThat(decode("be")).containsExactly("custom-key: custom-header");
    }

    @Test
    void decodesRequestsThatReferToEarlierOnes() throws HpackException {
        assertThat(decode("8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d"))
                .containsExactly(":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com");
        assertThat(decode("8286 84be 5808 6e6f 2d63 6163 6865"))
                .containsExactly(
                        ":method: GET",
                        ":scheme: http",
                        ":path: /",
                        ":authority: www.example.com",
                        "cache-control: no-cache");
        assertThat(decode("8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65"))
                .containsExactly(
                        ":method: GET",
                        ":scheme: https",
                        ":path: /index.html",
                        ":authority: www.example.com",
                        "custom-key: custom-value");
    }

    @Test
    void decodesTheSameInHuffmanCode() throws HpackException {
        assertThat(decode("8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff"))
                .containsExactly(":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com");
        assertThat(decode("8286 84be 5886 a8eb 1064 9cbf")).endsWith("cache-control: no-cache");
        assertThat(decode("8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf"))
                .endsWith("custom-key: custom-value");
    }

    @Test
    void forgetsTheOldestFieldsOfASmallTable() throws HpackException {
        // The example with a table of 256 bytes, which its responses do not fit into.
        decode("3fe101");
        assertThat(decode("4803 3330 3258 0770 7269 7661 7465 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133"
                        + "2032 303a 3133 3a32 3120 474d 546e 1768 7474 7073 3a2f 2f77 7777 2e65 7861 6d70"
                        + "6c65 2e63 6f6d"))
                .containsExactly(
                        ":status: 302",
                        "cache-control: private",
                        "date: Mon, 21 Oct 2013 20:13:21 GMT",
                        "location: https://www.example.com");
        assertThat(decode("4803 3330 37c1 c0bf"))
                .containsExactly(
                        ":status: 307",
                        "cache-control: private",
                        "date: Mon, 21 Oct 2013 20:13:21 GMT",
                        "location: https://www.example.com");
        assertThat(decode("88c1 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3220 474d"
                        + "54c0 5a04 677a 6970 7738 666f 6f3d 4153 444a 4b48 514b 425a 584f 5157 454f 5049"
                        + "5541 5851 5745 4f49 553b 206d 6178 2d61 6765 3d33 3630 303b 2076 6572 7369 6f6e 3d31"))
                .containsExactly(
                        ":status: 200",
                        "cache-control: private",
                        "date: Mon, 21 Oct 2013 20:13:22 GMT",
                        "location: https://www.example.com",
                        "content-encoding: gzip",
                        "set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1");
        assertThatThrownBy(() -> decode("c1")).isInstanceOf(HpackException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "80, index 0",
        "be, index beyond both tables",
        "ffffffff7f, index too large for everyone",
        "40, name missing",
        "400a6375, name cut off",
        "0001610562, value cut off",
        "823fe11f, table size within a block",
        "3fe21f, table larger than allowed",
        "00 8287ff 00, name with a Huffman padding of ten bits",
        "00 81fe 00, name with a Huffman padding of zeros",
        "00 84ffffffff 00, name with the end of all strings",
        "7fffffffff0f, integer without end"
    })
    void refusesWhatHasNoMeaning(String hex, String what) {
        assertThatThrownBy(() -> decode(hex)).as(what).isInstanceOf(HpackException.class);
    }

    @Test
    void takesATableSizeBeforeTheFirstField() throws HpackException {
        assertThat(decode("203fe11f82")).containsExactly(":method: GET");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 127, 128, 4000})
    void keepsFieldsOfAnyLength(int length) throws HpackException {
        var literal = new StringBuilder("40 01 61 ");
        literal.append(length < 127 ? "%02x".formatted(length) : "7f" + leb128(length - 127));
        literal.append("62".repeat(length));
        assertThat(decode(literal.toString())).containsExactly("a: " + "b".repeat(length));
        assertThat(decode("be")).containsExactly("a: " + "b".repeat(length));
    }

    private static String leb128(int value) {
        return value < 128 ? "%02x".formatted(value) : "%02x%02x".formatted(value % 128 + 128, value / 128);
    }

    @Test
    void keepsFieldsOverManyRounds() throws HpackException {
        for (int round = 0; round < 1000; round++) {
            var value = "%04x".formatted(round);
            decode("40 01 61 04" + HexFormat.of().formatHex(value.getBytes(StandardCharsets.US_ASCII)));
            assertThat(decode("be")).containsExactly("a: " + value);
            if (round >= 100) {
                // 62 is the newest; 100 fields before it another one is still known.
                assertThat(decode("ff23")).containsExactly("a: %04x".formatted(round - 100));
            }
        }
    }

    @Test
    void readsABlockThatIsTooLargeToItsEnd() throws HpackException {
        decode("40 01 61 7f 80 1e" + "62".repeat(127 + 128 * 30));
        var many = "be".repeat(20);
        assertThat(decode(many + "400163 0164")).hasSizeLessThan(20);
        assertThat(decoder.isTooLarge()).isTrue();
        assertThat(decode("be")).containsExactly("c: d");
        assertThat(decoder.isTooLarge()).isFalse();
    }
}
