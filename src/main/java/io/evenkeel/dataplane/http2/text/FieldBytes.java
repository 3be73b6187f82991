package io.evenkeel.dataplane.http2.text;

import io.evenkeel.dataplane.http.memory.Block;
import java.util.Arrays;

/** The bytes of a field, which grow as they come, and what they may be: RFC 9113 §8.2.1. */
final class FieldBytes {

    private static final byte NAME = 1;
    private static final byte TOKEN = 2;
    private static final byte VALUE = 4;
    private static final byte VISIBLE = 8;
    private static final byte[] CLASSES = classes();

    private byte[] bytes = new byte[128];
    private int length;
    private boolean isSet;

    private static byte[] classes() {
        var classes = new byte[256];
        for (int c = 0; c < classes.length; c++) {
            boolean isUpper = c >= 'A' && c <= 'Z';
            boolean isToken =
                    isUpper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
            boolean isVisible = c > ' ' && c < 0x7f;
            int bits = isToken ? TOKEN : 0;
            bits |= isToken && !isUpper ? NAME : 0;
            bits |= isVisible ? VISIBLE : 0;
            bits |= isVisible || c == ' ' || c == '\t' || c >= 0x80 ? VALUE : 0;
            classes[c] = (byte) bits;
        }
        return classes;
    }

    private static boolean areAll(byte what, byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if ((CLASSES[bytes[i] & 0xff] & what) == 0) {
                return false;
            }
        }
        return true;
    }

    /** A token without capital letters. */
    static boolean isName(byte[] bytes, int length) {
        return length > 0 && areAll(NAME, bytes, length);
    }

    static boolean isToken(byte[] bytes, int length) {
        return length > 0 && areAll(TOKEN, bytes, length);
    }

    /** No control but tab, no white space at either end. */
    static boolean isValue(byte[] bytes, int length) {
        return length == 0 || (areAll(VALUE, bytes, length) && !isSpace(bytes[0]) && !isSpace(bytes[length - 1]));
    }

    /** Neither controls nor white space: what may stand in a start line. */
    static boolean isVisible(byte[] bytes, int length) {
        return length > 0 && areAll(VISIBLE, bytes, length);
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t';
    }

    /** The number that the bytes say, up to 18 digits; -1 when they say none. */
    static long number(byte[] bytes, int length) {
        if (length == 0 || length > 18) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return -1;
            }
            number = number * 10 + bytes[i] - '0';
        }
        return number;
    }

    void clear() {
        length = 0;
        isSet = false;
    }

    boolean isSet() {
        return isSet;
    }

    int length() {
        return length;
    }

    void set(byte[] source, int sourceLength) {
        length = 0;
        add(source, sourceLength);
    }

    void add(byte[] source, int sourceLength) {
        if (bytes.length - length < sourceLength) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + sourceLength));
        }
        System.arraycopy(source, 0, bytes, length, sourceLength);
        length += sourceLength;
        isSet = true;
    }

    boolean is(byte[] other, int otherLength) {
        return Arrays.equals(bytes, 0, length, other, 0, otherLength);
    }

    boolean startsWith(char ascii) {
        return length > 0 && bytes[0] == ascii;
    }

    void appendTo(Block out) {
        out.append(bytes, length);
    }
}
