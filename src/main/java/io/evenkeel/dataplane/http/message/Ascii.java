package io.evenkeel.dataplane.http.message;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Character classes of RFC 9110 §5.6 and comparisons over off-heap bytes. Ranges are [start, end). */
public final class Ascii {

    static final int CR = '\r';
    static final int LF = '\n';

    private static final byte TOKEN = 1;
    private static final byte TEXT = 2;
    private static final byte PRINTABLE = 4;
    private static final byte HOST = 8;
    private static final byte[] CLASSES = classes();

    private static final ValueLayout.OfLong EIGHT = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = ONES << 7;
    private static final long SPACES = ' ' * ONES;
    private static final long DELETES = 0x7f * ONES;

    private Ascii() {}

    private static byte[] classes() {
        var classes = new byte[256];
        for (int c = 0; c < 256; c++) {
            boolean letterOrDigit = isDigit(c) || (lower(c) >= 'a' && lower(c) <= 'z');
            boolean printable = c >= 0x20 && c <= 0x7e;
            int bits = printable ? PRINTABLE | TEXT : 0;
            bits |= c == '\t' || c >= 0x80 ? TEXT : 0;
            bits |= letterOrDigit || "!#$%&'*+-.^_`|~".indexOf(c) >= 0 ? TOKEN : 0;
            bits |= letterOrDigit || "-._~".indexOf(c) >= 0 ? HOST : 0;
            classes[c] = (byte) bits;
        }
        return classes;
    }

    public static int at(MemorySegment bytes, int index) {
        return bytes.get(ValueLayout.JAVA_BYTE, index) & 0xff;
    }

    /** The index of the first byte that {@link #isText} refuses, or the limit. */
    static int endOfText(MemorySegment bytes, int from, int limit) {
        int at = from;
        while (at + Long.BYTES <= limit) {
            long controls = controls(bytes.get(EIGHT, at));
            if (controls == 0) {
                at += Long.BYTES;
                continue;
            }
            at += first(controls);
            if (at(bytes, at) != '\t') {
                return at;
            }
            at++;
        }
        while (at < limit && isText(at(bytes, at))) {
            at++;
        }
        return at;
    }

    /** The index of the first byte that {@link #isPrintable} refuses, or the limit. */
    static int endOfPrintable(MemorySegment bytes, int from, int limit) {
        int at = from;
        for (; at + Long.BYTES <= limit; at += Long.BYTES) {
            long eight = bytes.get(EIGHT, at);
            long others = controls(eight) | (eight & HIGH_BITS);
            if (others != 0) {
                return at + first(others);
            }
        }
        while (at < limit && isPrintable(at(bytes, at))) {
            at++;
        }
        return at;
    }

    /** The index of the first such byte, or the limit. */
    public static int indexOf(MemorySegment bytes, int from, int limit, char wanted) {
        int at = from;
        for (; at + Long.BYTES <= limit; at += Long.BYTES) {
            long matches = zeros(bytes.get(EIGHT, at) ^ (wanted * ONES));
            if (matches != 0) {
                return at + first(matches);
            }
        }
        while (at < limit && at(bytes, at) != wanted) {
            at++;
        }
        return at;
    }

    // The high bit of the lowest zero byte; higher bits may be set though their bytes are not zero.
    private static long zeros(long eight) {
        return (eight - ONES) & ~eight & HIGH_BITS;
    }

    // Likewise for bytes below a space, and for DEL.
    private static long controls(long eight) {
        return ((eight - SPACES) & ~eight & HIGH_BITS) | zeros(eight ^ DELETES);
    }

    private static int first(long highBits) {
        return Long.numberOfTrailingZeros(highBits) / Byte.SIZE;
    }

    static boolean isToken(int c) {
        return (CLASSES[c] & TOKEN) != 0;
    }

    /** What a field value or reason phrase may hold: no control but tab. */
    static boolean isText(int c) {
        return (CLASSES[c] & TEXT) != 0;
    }

    static boolean isPrintable(int c) {
        return (CLASSES[c] & PRINTABLE) != 0;
    }

    /** The unreserved characters of RFC 3986, all that names of hosts are made of. */
    static boolean isHostName(int c) {
        return (CLASSES[c] & HOST) != 0;
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    public static boolean isSpace(int c) {
        return c == ' ' || c == '\t';
    }

    /** 0..15, or -1 if not a hexadecimal digit. */
    static int hexDigit(int c) {
        if (isDigit(c)) {
            return c - '0';
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
    }

    static byte[] bytes(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }

    public static boolean equals(MemorySegment bytes, int start, int end, byte[] expected) {
        if (end - start != expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (at(bytes, start + i) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    static boolean equalsIgnoringCase(MemorySegment bytes, int start, int end, byte[] lowerCase) {
        if (end - start != lowerCase.length) {
            return false;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            if (lower(at(bytes, start + i)) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    static boolean equalsIgnoringCase(MemorySegment bytes, int start, int end, int otherStart, int otherEnd) {
        if (end - start != otherEnd - otherStart) {
            return false;
        }
        for (int i = 0; i < end - start; i++) {
            if (lower(at(bytes, start + i)) != lower(at(bytes, otherStart + i))) {
                return false;
            }
        }
        return true;
    }
}
