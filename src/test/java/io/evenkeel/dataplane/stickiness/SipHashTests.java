package io.evenkeel.dataplane.stickiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors that the authors publish: key 00 to 0f, message 00, 00 01, 00 01 02 and so on. */
class SipHashTests {

    private static final ByteBuffer KEY = ByteBuffer.wrap(HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f"))
            .order(ByteOrder.LITTLE_ENDIAN);

    private final SipHash hash = new SipHash(KEY.getLong(0), KEY.getLong(8));

    private static MemorySegment message(int length) {
        var bytes = new byte[length + 3];
        for (int i = 0; i < length; i++) {
            bytes[i + 1] = (byte) i;
        }
        return MemorySegment.ofArray(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 310e0edd47db6f72",
        "1, fd67dc93c539f874",
        "7, 37d1018bf50002ab",
        "8, 6224939a79f5f593",
        "9, b0e4a90bdf82009e",
        "15, e545be4961ca29a1",
        "16, db9bc2577fcc2a3f"
    })
    void isWhatItsAuthorsSay(int length, String expected) {
        var bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(hash.of(message(length), 1, length + 1));
        assertThat(HexFormat.of().formatHex(bytes.array())).isEqualTo(expected);
    }

    @Test
    void isTheSameOfTwoNumbers() {
        assertThat(hash.of(0x0706050403020100L, 0x0f0e0d0c0b0a0908L)).isEqualTo(hash.of(message(16), 1, 17));
    }

    @Test
    void isAnotherUnderAnotherKey() {
        assertThat(new SipHash(KEY.getLong(0), 1).of(1, 2)).isNotEqualTo(hash.of(1, 2));
        assertThat(new SipHash(1, KEY.getLong(8)).of(1, 2)).isNotEqualTo(hash.of(1, 2));
    }
}
