package io.evenkeel.dataplane.http.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AsciiTests {

    private static final int LENGTH = 27;

    @Test
    void textEndsAtTheFirstControlOtherThanTab() {
        assertEnd(Ascii::endOfText, c -> (c < ' ' && c != '\t') || c == 0x7f);
    }

    @Test
    void printableEndsAtTheFirstControlOrByteBeyondAscii() {
        assertEnd(Ascii::endOfPrintable, c -> c < ' ' || c > 0x7e);
    }

    @Test
    void finds() {
        assertEnd((bytes, from, limit) -> Ascii.indexOf(bytes, from, limit, '#'), c -> c == '#');
    }

    /** Every value at every place, alone and before every other value, among bytes that lie at the edges of the ranges. */
    private static void assertEnd(Search search, IntPredicate ends) {
        for (int filler : IntStream.of(' ', '~', 'a').toArray()) {
            for (int c = 0; c < 256; c++) {
                for (int at = 0; at < LENGTH; at++) {
                    assertEnd(search, ends, filler, c, at);
                }
            }
        }
    }

    private static void assertEnd(Search search, IntPredicate ends, int filler, int c, int at) {
        var bytes = new byte[LENGTH];
        Arrays.fill(bytes, (byte) filler);
        bytes[at] = (byte) c;
        for (int next : new int[] {'\t', '\r', 0x20, 0x21, 0x7f, 0x80, 0xff}) {
            if (at + 1 < LENGTH) {
                bytes[at + 1] = (byte) next;
            }
            int expected = IntStream.range(0, LENGTH)
                    .filter(i -> ends.test(bytes[i] & 0xff))
                    .findFirst()
                    .orElse(LENGTH);
            var segment = Wire.offHeap(bytes, 0, LENGTH);
            assertThat(search.from(segment, 1, LENGTH + 1) - 1)
                    .as("%x then %x at %d among %x", c, next, at, filler)
                    .isEqualTo(expected);
        }
    }

    private interface Search {
        int from(MemorySegment bytes, int from, int limit);
    }
}
